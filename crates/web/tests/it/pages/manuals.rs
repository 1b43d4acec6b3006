//! Pages of attached manuals in the search and in the palette: the file, the page, and the article they belong to.

use axum::http::StatusCode;
use desk::access::Audience;
use desk::finding;
use desk::knowledge::{self, NewArticle, Texts};
use desk::tickets::NewFile;
use desk::{ArticleFileId, ArticleId, Text};

use super::company::Company;

/// An article with a manual of two pages, the second about a gasket.
async fn manual(company: &Company, audience: Audience) -> (ArticleId, ArticleFileId) {
    let file = NewFile {
        name: "press <1>.pdf".into(),
        mime: "application/pdf".into(),
        bytes: 8,
        sha256: company.desk.files().put(b"a manual").unwrap(),
        content_id: None,
    };
    let title = Texts::new("The printing press", "La presse");
    let new = NewArticle::new(title, vec![Texts::new("See the manual.", "Voir le manuel.")], audience);
    let found = company.as_person(company.admin, move |tx, cx| {
        let id = knowledge::draft(tx, cx, &new)?.article;
        let saves = knowledge::latest(tx, cx, id)?.1.version.saves;
        knowledge::publish(tx, cx, id, saves)?;
        let file = knowledge::attach(tx, cx, id, &file)?.0;
        let pages = [Text::from("Contents"), Text::from("Replace the gasket <now> & then.")];
        knowledge::keep_text(tx, cx, file, &pages, None)?;
        Ok((id, file))
    });
    finding::catch_up(&company.desk).await.unwrap();
    found.unwrap()
}

#[tokio::test]
async fn a_page_of_a_manual_is_found_with_its_number_and_its_article() {
    let company = Company::new();
    let (id, file) = manual(&company, Audience::Internal).await;
    let page = company.get(company.cedar, "/search?q=gaskets").await;
    assert!(page.has("In attached manuals") && page.has("page 2"), "{}", page.body);
    assert!(page.has(&format!("href=\"/kb/files/{file}#page=2\"")));
    assert!(page.has(&format!("href=\"/kb/{id}\">The printing press")));
    assert!(page.has("<mark>gasket</mark>") && page.has("No ticket has these words"));
    assert!(
        !page.has("<now>") && !page.has("press <1>"),
        "a stranger's words are escaped"
    );
    let french = company.get(company.larch, "/search?q=gasket").await;
    assert!(french.has("Dans les manuels joints") && french.has("La presse"));
    let none = company.get(company.cedar, "/search?q=marzipan").await;
    assert!(
        !none.has("In attached manuals") && none.has("Nothing was found"),
        "the control"
    );
}

#[tokio::test]
async fn the_palette_leads_to_the_article_while_the_word_is_typed_and_requesters_find_nothing() {
    let company = Company::new();
    let (id, _) = manual(&company, Audience::Internal).await;
    let choices = company.get(company.cedar, "/palette?q=gask").await;
    assert!(choices.has(&format!("data-href=\"/kb/{id}\"")), "{}", choices.body);
    assert!(choices.has("page 2") && choices.has("The printing press"));
    let people = company.get(company.cedar, "/palette?q=%40gask").await;
    assert!(!people.has("/kb/"), "people alone");
    for path in ["/search?q=gasket", "/palette?q=gasket"] {
        let answer = company.get(company.payroll, path).await;
        assert!(answer.status != StatusCode::OK && !answer.has("press"), "{path}");
    }
}

#[tokio::test]
async fn the_words_of_a_file_are_looked_for_again_when_asked() {
    let company = Company::new();
    let (id, file) = manual(&company, Audience::Internal).await;
    let (edit, again) = (format!("/kb/{id}/edit"), format!("/kb/files/{file}/read-again"));
    let page = company.get(company.cedar, &edit).await;
    assert!(
        page.has(&again) && page.has("press &#60;1&#62;.pdf again"),
        "{}",
        page.body
    );
    for _ in 0..2 {
        let asked = company.post(company.cedar, &again, &[]).await;
        assert_eq!(
            asked.location(),
            format!("{edit}#files"),
            "twice is as once: {}",
            asked.body
        );
    }
    let waits = company.get(company.cedar, &edit).await;
    assert!(!waits.has(&again), "what waits is not asked for again");
    let requester = company.post(company.payroll, &again, &[]).await;
    assert_eq!(requester.status, StatusCode::NOT_FOUND);
}
