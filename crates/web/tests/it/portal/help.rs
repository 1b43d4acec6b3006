//! The help pages: who is shown what, addresses, languages, and what a search does.

use axum::http::StatusCode;
use desk::access::Audience;
use desk::knowledge::{self, NewArticle, Search, Texts};
use desk::tickets::NewFile;
use desk::words::Lang;
use desk::{ArticleFileId, ArticleId, Time, finding};

use super::stand::{Answer, Browser, Stand};

/// Title and one passage, each in English and in French.
pub(super) fn draft(stand: &Stand, audience: Audience, title: (&str, &str), words: (&str, &str)) -> ArticleId {
    let new = NewArticle::new(
        Texts::new(title.0, title.1),
        vec![Texts::new(words.0, words.1)],
        audience,
    );
    stand.write(move |tx, cx| Ok(knowledge::draft(tx, cx, &new)?.article))
}

pub(super) fn publish(stand: &Stand, id: ArticleId) {
    stand.write(move |tx, cx| {
        let seen = knowledge::latest(tx, cx, id)?.1.version.saves;
        knowledge::publish(tx, cx, id, seen)
    });
}

pub(super) fn published(stand: &Stand, audience: Audience, title: (&str, &str), words: (&str, &str)) -> ArticleId {
    let id = draft(stand, audience, title, words);
    publish(stand, id);
    id
}

pub(super) fn vpn(stand: &Stand) -> ArticleId {
    let words = ("Wait for the green dot.", "Attendez le point vert.");
    published(
        stand,
        Audience::Public,
        ("Connect to the VPN", "Se connecter au RPV"),
        words,
    )
}

pub(super) async fn index(stand: &Stand) {
    finding::catch_up(&stand.desk).await.unwrap();
}

pub(super) const VPN: [(&str, &str); 2] = [("en", "connect-to-the-vpn"), ("fr", "se-connecter-au-rpv")];

pub(super) async fn see(stand: &Stand, path: &str) -> Answer {
    stand.browser().get(path).await
}

#[tokio::test]
async fn an_article_stands_under_its_number_and_any_other_words_lead_there_for_good() {
    let stand = Stand::new();
    let id = vpn(&stand);
    for (lang, slug) in VPN {
        let right = format!("/{lang}/help/{id}-{slug}");
        let page = see(&stand, &right).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.is_said() && page.body.matches("<h1").count() == 1);
        assert!(page.has(&format!("rel=\"canonical\" href=\"https://desk.example{right}\"")));
        for (other, slug) in VPN {
            let link = format!("hreflang=\"{other}\" href=\"https://desk.example/{other}/help/{id}-{slug}\"");
            assert!(page.has(&link), "{link} in {}", page.body);
        }
        assert!(page.has("hreflang=\"x-default\"") && page.has("<meta name=\"description\" content=\""));
        let other = if lang == "en" { VPN[1] } else { VPN[0] };
        let switch = format!("<a class=\"link lang\" href=\"/{}/help/{id}-{}\"", other.0, other.1);
        assert!(page.has(&switch), "{switch}");
        for wrong in [format!("{id}"), format!("{id}-old-title"), format!("KB-{id}")] {
            let away = see(&stand, &format!("/{lang}/help/{wrong}")).await;
            assert_eq!(away.status, StatusCode::MOVED_PERMANENTLY, "{wrong}");
            assert_eq!(away.header("location"), right);
            assert_eq!(
                away.header("cache-control"),
                "no-store",
                "a browser that keeps it for good would turn in a circle once the title comes back"
            );
        }
    }
    let page = see(&stand, "/en/help/1-connect-to-the-vpn").await;
    let again = [("if-none-match", page.header("etag"))];
    let kept = stand.browser().get_with("/en/help/1-connect-to-the-vpn", &again).await;
    assert_eq!((kept.status, kept.bytes), (StatusCode::NOT_MODIFIED, 0));
}

/// Every way somebody may come upon an article without knowing its number: whether its words stand there.
async fn ways(stand: &Stand, browser: &mut Browser, word: &str) -> Vec<String> {
    let mut open = Vec::new();
    for path in [
        "/en".to_string(),
        "/fr".to_string(),
        "/en/help".to_string(),
        "/fr/help".to_string(),
        "/en/help/feed".to_string(),
        "/fr/help/feed".to_string(),
        "/sitemap.xml".to_string(),
        format!("/en/help?q={word}"),
        format!("/fr/help?q={word}"),
        format!("/en/ask/answers?q={word}"),
        format!("/fr/ask/answers?q={word}"),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        // What was typed comes back, so the rest of the title tells.
        if page.has("Quillwort") || page.has("quillwort") {
            open.push(path);
        }
    }
    let _ = stand;
    open
}

#[tokio::test]
async fn nothing_internal_no_draft_and_nothing_retired_is_found_by_any_way() {
    let stand = Stand::new();
    let title = ("Marzipan Quillwort", "Massepain Quillwort");
    let words = ("Marzipan stays dry.", "Le marzipan reste sec.");
    let internal = published(&stand, Audience::Internal, title, words);
    let unfinished = draft(&stand, Audience::Public, title, words);
    let retired = published(&stand, Audience::Public, title, words);
    index(&stand).await;
    let open = ways(&stand, &mut stand.browser(), "marzipan").await;
    assert_eq!(
        open.len(),
        11,
        "the control: one that is published is found by each way: {open:?}"
    );
    stand.write(move |tx, cx| knowledge::retire(tx, cx, retired));
    index(&stand).await;
    let file = attached(&stand, internal, "map.png", "image/png", b"x");
    for who in [None, Some(stand.payroll), Some(stand.cedar)] {
        let mut browser = who.map_or_else(|| stand.browser(), |who| stand.signed_in(who));
        let open = ways(&stand, &mut browser, "marzipan").await;
        assert!(open.is_empty(), "{who:?}: {open:?}");
        let absent = browser.get("/en/help/999").await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND);
        for id in [internal, unfinished, retired] {
            let page = browser.get(&format!("/en/help/{id}")).await;
            assert_eq!((page.status, &page.body), (StatusCode::NOT_FOUND, &absent.body), "{id}");
            let said = browser.post(&format!("/en/help/{id}/said"), &[("helped", "yes")]).await;
            assert_eq!(said.status, StatusCode::NOT_FOUND, "{id}");
            let ask = browser.get(&format!("/en/ask?about={id}")).await;
            assert!(!ask.has("Quillwort"), "{id}");
        }
        let file = browser.get(&format!("/en/help/files/{file}")).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_is_there_in_one_language_says_so_in_the_readers() {
    let stand = Stand::new();
    let id = published(
        &stand,
        Audience::Public,
        ("", "Brancher le quai"),
        ("", "Tirez le câble."),
    );
    let page = see(&stand, &format!("/en/help/{id}-brancher-le-quai")).await;
    assert!(page.has("<html lang=\"en-CA\"") && page.has("This article is in French only for now."));
    assert!(page.has("<h1 lang=\"fr-CA\">Brancher le quai</h1>") && page.has("lang=\"fr-CA\" dir=\"auto\"><p>Tirez"));
    assert!(page.has("rel=\"canonical\" href=\"https://desk.example/fr/help/") && !page.has("x-default"));
    let own = see(&stand, &format!("/fr/help/{id}-brancher-le-quai")).await;
    assert!(
        !own.has("class=\"notice\""),
        "the control: to a French reader nothing is missing"
    );
    let list = see(&stand, "/en/help").await;
    assert!(list.has("In French only") && list.has("lang=\"fr-CA\">Brancher le quai"));
    // A passage that lags, and one that is missing.
    let id = vpn(&stand);
    let new = Texts::new("Wait for the blue dot.", "Attendez le point vert.");
    write(&stand, id, 1, new);
    publish(&stand, id);
    let page = see(&stand, &format!("/fr/help/{id}-se-connecter-au-rpv")).await;
    assert!(page.has("La version anglaise de ce passage est plus récente."));
    assert!(page.has(&format!("href=\"/en/help/{id}-connect-to-the-vpn#p1\"")));
    assert!(
        !see(&stand, &format!("/en/help/{id}-connect-to-the-vpn"))
            .await
            .has("#p1")
    );
    write(&stand, id, 1, Texts::new("Wait for the blue dot.", ""));
    publish(&stand, id);
    let page = see(&stand, &format!("/fr/help/{id}-se-connecter-au-rpv")).await;
    assert!(page.has("lang=\"en-CA\" dir=\"auto\"><p>Wait for the blue") && page.has("qu’en anglais"));
}

fn write(stand: &Stand, id: ArticleId, passage: i64, texts: Texts) {
    stand.write(move |tx, cx| {
        let one = knowledge::Written {
            passage: desk::PassageId(passage),
            texts,
            en_was: None,
            fr_was: None,
        };
        let writing = knowledge::Writing {
            passages: vec![one],
            note: None,
        };
        knowledge::write(tx, cx, id, &writing).map(drop)
    });
}

#[tokio::test]
async fn a_search_finds_leads_on_and_what_it_did_is_counted() {
    let stand = Stand::new();
    let id = vpn(&stand);
    index(&stand).await;
    let found = see(&stand, "/en/help?q=green%20dot").await;
    let to = format!("/en/help/{id}-connect-to-the-vpn?q=green+dot#p1");
    assert!(
        found.has(&format!("href=\"{to}\"")) && found.has("<mark>green</mark>"),
        "{}",
        found.body
    );
    assert!(found.has("noindex") && found.has("href=\"/fr/help?q=green%20dot\""));
    let led = see(&stand, to.split('#').next().unwrap()).await;
    assert_eq!(led.location(), format!("/en/help/{id}-connect-to-the-vpn"));
    let counted = until(|| searches(&stand, Some(id))).await;
    assert_eq!(
        (counted[0].words.as_str(), counted[0].language),
        ("green dot", Lang::En)
    );
    let none = see(&stand, "/fr/help?q=girafe%20%3Cb%3E").await;
    assert!(none.is_said() && none.has("girafe &#60;b&#62;") && none.has("href=\"/fr/ask?q=girafe%20%3Cb%3E\""));
    let missed = until(|| searches(&stand, None)).await;
    assert!(missed[0].words.starts_with("girafe") && missed[0].language == Lang::Fr);
    let ask = see(&stand, "/fr/ask?q=girafe%20%3Cb%3E").await;
    assert!(ask.has("value=\"girafe &#60;b&#62;\""));
    // A page elsewhere puts no words into our lists; what follows it is counted, so the wait has an end.
    let elsewhere = [("sec-fetch-site", "cross-site")];
    stand.browser().get_with("/fr/help?q=zebres", &elsewhere).await;
    see(&stand, "/fr/help?q=okapi").await;
    let all = until(|| Some(searches(&stand, None)?).filter(|all| all.len() > 1)).await;
    assert!(all.iter().all(|one| !one.words.contains("zebre")), "{all:?}");
}

fn searches(stand: &Stand, id: Option<ArticleId>) -> Option<Vec<Search>> {
    let all = stand.as_person(stand.cedar, move |tx, cx| match id {
        Some(id) => knowledge::ended_searches(tx, cx, id, 9),
        None => knowledge::missed_searches(tx, cx, Time(0), 9),
    });
    Some(all).filter(|all| !all.is_empty())
}

async fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..100_000 {
        if let Some(found) = look() {
            return found;
        }
        tokio::task::yield_now().await;
    }
    panic!("it was never counted");
}

pub(super) fn attached(stand: &Stand, id: ArticleId, name: &str, mime: &str, bytes: &[u8]) -> ArticleFileId {
    let file = NewFile {
        name: name.into(),
        mime: mime.into(),
        bytes: i64::try_from(bytes.len()).unwrap(),
        sha256: stand.desk.files().put(bytes).unwrap(),
        content_id: None,
    };
    stand.write(move |tx, cx| Ok(knowledge::attach(tx, cx, id, &file)?.0))
}
