//! The pages of articles: the list, one article in both languages, its way to readers and back, its versions, and what
//! stands beside it.

use axum::http::StatusCode;
use desk::access::Audience;
use desk::clock::DAY;
use desk::knowledge::{self, NewArticle, NewFeedback, Reader, Texts, Writing, Written};
use desk::words::Lang;
use desk::{ArticleId, PassageId, PersonId};

use super::company::{Answer, Company};

/// Begun by Cedar: a title and three passages, the last in English alone.
pub(super) fn drafted(company: &Company) -> ArticleId {
    let passages = vec![
        Texts::new(
            "## Steps\n\nPress **Connect**.",
            "## Étapes\n\nAppuyez sur **Se connecter**.",
        ),
        Texts::new("Wait for the dot.", "Attendez le point."),
        Texts::new("> Ask us.", ""),
    ];
    let title = Texts::new("Connect to the VPN", "Se connecter au RPV");
    let new = NewArticle::new(title, passages, Audience::Public);
    let saved = company.as_person(company.cedar, move |tx, cx| knowledge::draft(tx, cx, &new));
    saved.unwrap().article
}

/// Read and published by Larch.
pub(super) fn published(company: &Company) -> ArticleId {
    let id = drafted(company);
    publish(company, company.larch, id);
    id
}

pub(super) fn publish(company: &Company, by: PersonId, id: ArticleId) {
    let done = company.as_person(by, move |tx, cx| {
        let (_, text) = knowledge::latest(tx, cx, id)?;
        knowledge::publish(tx, cx, id, text.version.saves)
    });
    done.unwrap();
}

pub(super) fn rewritten(company: &Company, by: PersonId, id: ArticleId, passage: i64, texts: Texts) {
    let writing = Writing {
        passages: vec![Written {
            passage: PassageId(passage),
            texts,
            en_was: None,
            fr_was: None,
        }],
        note: None,
    };
    company
        .as_person(by, move |tx, cx| knowledge::write(tx, cx, id, &writing))
        .unwrap();
}

/// Presses, and looks at the page one is led to.
pub(super) async fn presses(company: &Company, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = company.post(who, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    company.get(who, answer.location()).await
}

pub(super) fn value_of(page: &Answer, name: &str) -> String {
    let begins = format!("name=\"{name}\" value=\"");
    let rest = page.body.split(&begins).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("no {name} in {}", page.body));
    rest.split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn an_empty_desk_offers_its_solved_tickets_and_is_for_staff_alone() {
    let company = Company::new();
    let ticket = company.open(company.payroll, "VPN drops", |_| {});
    let empty = company.get(company.cedar, "/kb").await;
    assert!(
        empty.has("Write the first from a solved ticket") && !empty.has("VPN drops"),
        "it is not solved"
    );
    company
        .as_person(company.cedar, move |tx, cx| {
            desk::tickets::solve(
                tx,
                cx,
                ticket,
                &desk::tickets::Solution {
                    cause: "Driver.".into(),
                    steps: "Renew it.".into(),
                    helped: String::new(),
                },
            )
        })
        .unwrap();
    let first = company.get(company.larch, "/kb").await;
    assert!(first.has("VPN drops") && first.has(&format!("action=\"/tickets/{ticket}/article\"")));
    assert!(first.has("Connaissances") && first.has("aria-current=\"page\""));
    assert_eq!(company.get(company.payroll, "/kb").await.status, StatusCode::NOT_FOUND);
    let id = drafted(&company);
    for path in ["", "/edit", "/versions", "/export"] {
        let path = format!("/kb/{id}{path}");
        assert_eq!(company.get(company.cedar, &path).await.status, StatusCode::OK, "{path}");
        assert_eq!(
            company.get(company.payroll, &path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(company.get(company.cedar, "/kb/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_tab_holds_what_it_says() {
    let company = Company::new();
    let id = drafted(&company);
    let holds = async |tab: &str| {
        let page = company.get(company.larch, &format!("/kb?which={tab}")).await;
        page.has(&format!("href=\"/kb/{id}\""))
    };
    assert!(holds("all").await && holds("drafts").await && holds("lagging").await);
    assert!(!holds("published").await && !holds("retired").await && !holds("review").await);
    publish(&company, company.larch, id);
    assert!(holds("published").await && !holds("drafts").await && !holds("due").await);
    company.desk.clock().advance(160 * DAY);
    assert!(holds("due").await, "six months after it was published, a month before");
    presses(
        &company,
        company.cedar,
        &format!("/kb/{id}/deed"),
        &[("deed", "retire")],
    )
    .await;
    assert!(holds("retired").await && !holds("all").await);
}

#[tokio::test]
async fn both_languages_stand_side_by_side_and_a_gap_is_shown() {
    let company = Company::new();
    let id = published(&company);
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(page.has("<h1>Connect to the VPN</h1>") && page.has("<h1>Se connecter au RPV</h1>"));
    assert!(page.has("<strong>Connect</strong>") && page.has("<strong>Se connecter</strong>"));
    assert!(page.has("Version 1, published") && page.has("one passage to review"));
    assert!(page.has("There is no French text here yet.") && page.has(&format!("/kb/{id}/edit#p3-fr")));
    let french = company.get(company.larch, &format!("/kb/{id}?lang=fr")).await;
    assert!(french.has("Version 1, publiée") && french.has("class=\"pair is-fr\""));
}

#[tokio::test]
async fn what_lags_is_marked_with_its_day_and_can_be_up_to_date_as_it_is() {
    let company = Company::new();
    let id = published(&company);
    rewritten(
        &company,
        company.cedar,
        id,
        2,
        Texts::new("Wait for the green dot.", "Attendez le point."),
    );
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(page.has("The English text changed on Nov 17, 2026") && page.has("class=\"stale\""));
    assert!(
        page.has("Wait for the <ins>green </ins>dot."),
        "what changed is shown: {}",
        page.body
    );
    assert!(page.has(&format!("/kb/{id}/edit#p2-fr")) && page.has("Readers see version 1"));
    let french = company.get(company.larch, &format!("/kb/{id}")).await;
    assert!(french.has("Le texte anglais a changé le 17 nov. 2026"));
    let fields = [("deed", "as-it-is"), ("passage", "2"), ("lang", "fr")];
    let after = presses(&company, company.cedar, &format!("/kb/{id}/deed"), &fields).await;
    assert!(!after.has("class=\"stale\""));
    let again = company.post(company.cedar, &format!("/kb/{id}/deed"), &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn hostile_words_in_an_article_are_words() {
    let company = Company::new();
    let id = drafted(&company);
    let bad = "<script>alert(1)</script> <img src=x onerror=alert(2)> [go](javascript:alert(3)) \
               [mail](data:text/html,x) <a href=\"https://example.org\" onclick=\"x()\">fine</a>\n\n**strong**";
    rewritten(&company, company.cedar, id, 1, Texts::new(bad, bad));
    rewritten(
        &company,
        company.cedar,
        id,
        0,
        Texts::new("<img src=x onerror=alert(4)>", "Titre"),
    );
    for path in ["", "/edit", "/versions", "?lang=fr"] {
        let page = company.get(company.cedar, &format!("/kb/{id}{path}")).await;
        assert_eq!(page.status, StatusCode::OK);
        for harm in [
            "<script>alert",
            "<img src=x",
            "href=\"javascript:",
            "href=\"data:",
            "onclick=\"x",
        ] {
            assert!(!page.has(harm), "{harm} at {path}");
        }
    }
    // Control: what is harmless is Markdown, and the words are on the page, so harm would have been seen.
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(page.has("<strong>strong</strong>") && page.has("fine"));
    assert!(page.has("&#60;img src=x onerror=alert(4)&#62;"));
}

#[tokio::test]
async fn an_article_goes_from_draft_to_readers_and_each_step_can_be_taken_back() {
    let company = Company::new();
    let id = drafted(&company);
    let deed = format!("/kb/{id}/deed");
    let own = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(!own.has("value=\"publish\"") && own.has("Somebody who did not write in it"));
    let refused = company
        .post(company.cedar, &deed, &[("deed", "publish"), ("seen", "1")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let larch = company.larch.to_string();
    let asked = presses(&company, company.cedar, &deed, &[("deed", "ask"), ("reviewer", &larch)]).await;
    assert!(asked.has("In review") && asked.has("Waits for Larch") && asked.has("class=\"toast\""));
    let back = presses(
        &company,
        company.cedar,
        &format!("/kb/{id}/undo"),
        &[("event", &value_of(&asked, "event"))],
    )
    .await;
    assert!(!back.has("Waits for Larch") && !back.has("class=\"toast\""));
    presses(&company, company.cedar, &deed, &[("deed", "ask"), ("reviewer", &larch)]).await;
    let without = company
        .post(company.larch, &deed, &[("deed", "back"), ("words", " ")])
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    presses(
        &company,
        company.larch,
        &deed,
        &[("deed", "back"), ("words", "Which <dot>?")],
    )
    .await;
    let sent_back = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(sent_back.has("Sent back by Larch") && sent_back.has("Which &#60;dot&#62;?"));
    presses(&company, company.cedar, &deed, &[("deed", "ask")]).await;
    let read = company.get(company.larch, &format!("/kb/{id}")).await;
    let seen = value_of(&read, "seen");
    presses(&company, company.larch, &deed, &[("deed", "approve"), ("seen", &seen)]).await;
    let live = presses(&company, company.cedar, &deed, &[("deed", "publish"), ("seen", &seen)]).await;
    assert!(live.has("Version 1, published") && live.has("Cedar published a version"));
    let retired = presses(&company, company.cedar, &deed, &[("deed", "retire")]).await;
    assert!(retired.has("This article is retired.") && !retired.has(&format!("href=\"/kb/{id}/edit\"")));
    assert!(
        presses(&company, company.cedar, &deed, &[("deed", "return")])
            .await
            .has("Version 1, published")
    );
}

#[tokio::test]
async fn a_text_that_changed_since_it_was_read_is_not_published() {
    let company = Company::new();
    let id = drafted(&company);
    let read = company.get(company.larch, &format!("/kb/{id}")).await;
    let seen = value_of(&read, "seen");
    rewritten(
        &company,
        company.cedar,
        id,
        2,
        Texts::new("Do not wait.", "N’attendez pas."),
    );
    let late = company
        .post(
            company.larch,
            &format!("/kb/{id}/deed"),
            &[("deed", "publish"), ("seen", &seen)],
        )
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("N’attendez pas."), "the page shows what it says now");
}

#[tokio::test]
async fn only_what_one_did_oneself_is_taken_back_and_only_of_that_article() {
    let company = Company::new();
    let (id, other) = (drafted(&company), drafted(&company));
    let asked = presses(&company, company.cedar, &format!("/kb/{id}/deed"), &[("deed", "ask")]).await;
    let event = value_of(&asked, "event");
    for (who, article) in [(company.larch, id), (company.cedar, other)] {
        let answer = company
            .post(who, &format!("/kb/{article}/undo"), &[("event", &event)])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn care_is_changed_and_a_day_is_the_day_that_was_chosen() {
    let company = Company::new();
    let id = published(&company);
    let larch = company.larch.to_string();
    let fields = [
        ("audience", "internal"),
        ("owner", larch.as_str()),
        ("review_at", "2026-12-04"),
        ("topic", ""),
    ];
    let page = presses(&company, company.cedar, &format!("/kb/{id}/care"), &fields).await;
    assert!(
        page.has("Staff only") && page.has("Larch") && page.has("Dec 4, 2026, 1") && page.has("value=\"2026-12-04\"")
    );
    let wrong = [
        ("audience", "internal"),
        ("owner", "999"),
        ("review_at", "soon"),
        ("topic", ""),
    ];
    let refused = company.post(company.cedar, &format!("/kb/{id}/care"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_readers_said_and_looked_for_stands_beside_it() {
    let company = Company::new();
    let id = published(&company);
    let said = NewFeedback {
        helped: false,
        words: "Which <dot>?".into(),
        language: Lang::En,
    };
    company
        .as_person(company.payroll, move |tx, cx| {
            knowledge::say(tx, cx, id, Reader::Person, &said)
        })
        .unwrap();
    let counted = company.get(company.cedar, &format!("/kb/{id}?q=tunnel+lost")).await;
    assert_eq!(
        counted.location(),
        format!("/kb/{id}"),
        "a search that ended here is counted once"
    );
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(page.has("tunnel lost") && page.has("Which &#60;dot&#62;?") && page.has("0 of 1 readers said yes."));
    let ticket = company.open(company.payroll, "VPN drops", |_| {});
    let number = ticket.to_string();
    let linked = presses(
        &company,
        company.cedar,
        &format!("/kb/{id}/deed"),
        &[("deed", "link"), ("ticket", &number)],
    )
    .await;
    assert!(linked.has(&format!("href=\"/tickets/{ticket}\"")));
    let none = company
        .post(
            company.cedar,
            &format!("/kb/{id}/deed"),
            &[("deed", "link"), ("ticket", "99999")],
        )
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn versions_are_compared_word_by_word_and_an_old_one_is_taken_up_again() {
    let company = Company::new();
    let id = published(&company);
    rewritten(
        &company,
        company.cedar,
        id,
        2,
        Texts::new("Wait for the <b>green</b> dot.", "Attendez le point."),
    );
    publish(&company, company.larch, id);
    let page = company.get(company.cedar, &format!("/kb/{id}/versions")).await;
    assert!(page.has("From version 1 to version 2") && page.has("<ins>") && page.has("&#60;b&#62;"));
    assert!(page.has("3 passages are the same.") && page.has("Larch published a version"));
    let taken = presses(
        &company,
        company.cedar,
        &format!("/kb/{id}/restore"),
        &[("version", "1")],
    )
    .await;
    assert!(taken.has("Wait for the dot.") && taken.has("Readers see version 2"));
    let twice = company
        .post(company.cedar, &format!("/kb/{id}/restore"), &[("version", "1")])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn articles_are_found_and_what_is_found_nowhere_is_remembered() {
    let company = Company::new();
    let id = published(&company);
    desk::finding::catch_up(&company.desk).await.unwrap();
    let found = company.get(company.cedar, "/kb?q=connect").await;
    assert!(found.has(&format!("href=\"/kb/{id}?q=connect\"")) && found.has("<mark>"));
    let everywhere = company.get(company.cedar, "/search?q=connect").await;
    assert!(everywhere.has(&format!("href=\"/kb/{id}?q=connect\"")));
    let palette = company.get(company.cedar, "/palette?q=conn").await;
    assert!(palette.has(&format!("data-href=\"/kb/{id}\"")));
    let none = company.get(company.cedar, "/kb?q=projector+lamp").await;
    assert!(none.has("Nothing is written about “projector lamp” yet.") && none.has("/kb/new?title=projector"));
    let list = company.get(company.larch, "/kb").await;
    assert!(list.has("projector lamp") && list.has("Recherches sans résultat"));
}

#[tokio::test]
async fn an_administrator_says_whose_word_is_enough() {
    let company = Company::new();
    let id = drafted(&company);
    let fields = [("publish", "own"), ("remind_days", "7")];
    let saved = presses(&company, company.admin, "/admin/knowledge", &fields).await;
    assert!(saved.has("value=\"own\" selected") && saved.has("value=\"7\""));
    assert!(
        company
            .get(company.cedar, &format!("/kb/{id}"))
            .await
            .has("value=\"publish\"")
    );
    let wrong = [("publish", "own"), ("remind_days", "400")];
    let refused = company.post(company.admin, "/admin/knowledge", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        company.get(company.cedar, "/admin/knowledge").await.status,
        StatusCode::NOT_FOUND
    );
}
