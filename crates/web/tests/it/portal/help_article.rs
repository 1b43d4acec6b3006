//! An article on the portal: what its readers say, its pictures and files, hostile words, and what stands first.

use axum::http::StatusCode;
use desk::access::Audience;
use desk::knowledge::{self, PublicTitle};
use desk::words::Lang;

use super::help::{VPN, attached, draft, index, publish, published, see, vpn};
use super::stand::{LANGUAGES, Stand};

#[tokio::test]
async fn readers_say_whether_it_helped_and_may_say_otherwise() {
    let stand = Stand::new();
    let id = vpn(&stand);
    let place = format!("/fr/help/{id}-se-connecter-au-rpv");
    let said = |stand: &Stand| stand.as_person(stand.cedar, move |tx, cx| knowledge::said(tx, cx, id, 9));
    for (who, count) in [(None, 1), (Some(stand.payroll), 2)] {
        let mut browser = who.map_or_else(|| stand.browser(), |who| stand.signed_in(who));
        let yes = browser.post(&format!("{place}/said"), &[("helped", "yes")]).await;
        assert_eq!(yes.location(), format!("{place}?said=yes#said"));
        let page = browser.get(&format!("{place}?said=yes")).await;
        assert!(page.is_said() && page.has("Merci.") && page.has("Finalement, cela n’a pas aidé"));
        let no = [("helped", "no"), ("words", "Il manque <b>une</b> étape.")];
        let no = browser.post(&format!("{place}/said"), &no).await;
        assert_eq!(no.location(), format!("{place}?said=no&told=yes#said"));
        let all = said(&stand);
        assert_eq!((all.len(), all[0].helped, all[0].language), (count, false, Lang::Fr));
        assert_eq!(all[0].words.0, "Il manque <b>une</b> étape.");
        assert_eq!(all[0].person, who);
    }
    let long = "x".repeat(2_001);
    let back = stand
        .browser()
        .post(&format!("{place}/said"), &[("helped", "no"), ("words", &long)])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        back.has(&long) && back.has("id=\"words-wrong\"") && back.is_said(),
        "nothing typed is lost"
    );
    assert_eq!(
        stand.browser().forged(&format!("{place}/said")).await.status,
        StatusCode::FORBIDDEN
    );
    let mut last = StatusCode::OK;
    for _ in 0..25 {
        last = stand
            .browser()
            .post(&format!("{place}/said"), &[("helped", "no")])
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn pictures_and_files_leave_as_downloads_that_nothing_runs_in() {
    let stand = Stand::new();
    let id = draft(
        &stand,
        Audience::Public,
        ("Scanner", "Numériseur"),
        ("![tray](file:1) and [this](file:9)", "x"),
    );
    let picture = attached(&stand, id, "tray.png", "image/png", b"png");
    let page = attached(&stand, id, "a \"page\".html", "text/html", b"<script>alert(1)</script>");
    assert_eq!(
        see(&stand, &format!("/en/help/files/{picture}")).await.status,
        StatusCode::NOT_FOUND,
        "a draft"
    );
    publish(&stand, id);
    let article = see(&stand, &format!("/en/help/{id}-scanner")).await;
    let shown = format!("src=\"/en/help/files/{picture}\"");
    assert!(
        article.has(&shown) && article.has("loading=\"lazy\""),
        "{}",
        article.body
    );
    assert!(article.has(&format!("href=\"/en/help/files/{page}\"")) && article.has("a &#34;page&#34;.html"));
    assert!(
        !article.has(&format!("href=\"/en/help/files/{picture}\"")),
        "a picture is not said twice"
    );
    let file = see(&stand, &format!("/en/help/files/{picture}")).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (StatusCode::OK, "image/png")
    );
    let tag = [("if-none-match", file.header("etag"))];
    let kept = stand
        .browser()
        .get_with(&format!("/en/help/files/{picture}"), &tag)
        .await;
    assert_eq!(kept.status, StatusCode::NOT_MODIFIED);
    let hostile = see(&stand, &format!("/fr/help/files/{page}")).await;
    assert_eq!(hostile.header("content-type"), "application/octet-stream");
    assert!(
        hostile
            .header("content-disposition")
            .starts_with("attachment; filename=\"a _page_.html\"")
    );
    assert!(
        hostile
            .header("content-security-policy")
            .starts_with("sandbox; default-src 'none'")
    );
    assert_eq!(hostile.header("x-content-type-options"), "nosniff");
    stand.write(move |tx, cx| knowledge::detach(tx, cx, picture));
    let gone = stand
        .browser()
        .get_with(&format!("/en/help/files/{picture}"), &tag)
        .await;
    assert_eq!(
        gone.status,
        StatusCode::NOT_FOUND,
        "taken away, whatever the browser has kept"
    );
}

#[tokio::test]
async fn a_hostile_article_is_words() {
    let stand = Stand::new();
    let words = "# Top\n\n##### Deep\n\n<script>alert(1)</script><img src=x onerror=alert(1)>\n\n\
        [x](javascript:alert(1)) ![y](https://elsewhere.example/p.png) ![<img q](file:1) [self](kb:1) [none](kb:77)\n\n\
        <iframe src=//elsewhere.example></iframe><style>*{}</style><form action=/sign-out><button>b</button></form>";
    let title = "<script>alert(2)</script>\" onload=\"x";
    let id = published(&stand, Audience::Public, (title, title), (words, words));
    index(&stand).await;
    let place = see(&stand, &format!("/en/help/{id}"))
        .await
        .header("location")
        .to_string();
    for path in [
        place.as_str(),
        "/en/help",
        "/en",
        "/en/help?q=alert",
        "/en/ask/answers?q=alert",
        "/en/help/feed",
    ] {
        let page = see(&stand, path).await;
        assert!(
            page.status == StatusCode::OK && (page.has("alert(2)") || page.has("<mark>alert</mark>(2)")),
            "{path}: the control: it is shown"
        );
        for bad in [
            "<script>",
            "onerror=",
            "javascript:",
            "elsewhere.example",
            "<iframe",
            "<style",
            "sign-out\"",
            "\" onload",
        ] {
            assert!(!page.has(bad), "{bad} on {path}: {}", page.body);
        }
    }
    let page = see(&stand, &place).await;
    assert!(
        page.has("<h2>Top</h2>") && page.has("<h3>Deep</h3>"),
        "below the title, no level left out"
    );
    assert!(page.has("href=\"#\"") && page.has(&format!("href=\"{place}\"")));
}

#[tokio::test]
async fn what_helped_most_stands_first_and_the_first_page_leads_to_it() {
    let stand = Stand::new();
    for lang in LANGUAGES {
        let home = see(&stand, &format!("/{lang}")).await;
        assert!(
            home.has(&format!("action=\"/{lang}/ask\"")),
            "the control: nothing to find yet"
        );
    }
    let good = vpn(&stand);
    for n in 0..8 {
        published(
            &stand,
            Audience::Public,
            (&format!("Other {n}"), &format!("Autre {n}")),
            ("a", "b"),
        );
    }
    stand
        .browser()
        .post(&format!("/en/help/{good}/said"), &[("helped", "yes")])
        .await;
    for (lang, slug) in VPN {
        let home = see(&stand, &format!("/{lang}")).await;
        assert!(home.is_said() && home.has(&format!("action=\"/{lang}/help\"")));
        let first = home.body.split("aria-labelledby=\"often\"").nth(1).unwrap();
        assert!(
            first.find(slug).unwrap() < first.find("8").unwrap_or(usize::MAX),
            "{first}"
        );
        let list = see(&stand, &format!("/{lang}/help")).await;
        let useful = list.body.split("id=\"useful\"").nth(1).unwrap();
        let line = useful.split("<li>").nth(1).unwrap();
        assert!(line.contains(slug), "{line}");
    }
    let titles: Vec<PublicTitle> = stand.read(|r| knowledge::public_titles(r, None, 4));
    let last = titles.last().unwrap();
    let next = see(&stand, &format!("/en/help?after={}-{}", last.published_at.0, last.id)).await;
    assert!(next.has("Other 3") && !next.has("Other 6"), "{}", next.body);
}
