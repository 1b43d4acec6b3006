//! Files: kept with the words, given out only to those who may read the words.

use axum::http::StatusCode;

use super::company::Company;

fn file_of(page: &str) -> String {
    let at = page.find("href=\"/files/").expect("a file on the page");
    page[at + 6..].split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn a_file_is_read_by_those_who_may_read_its_words() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let path = format!("/tickets/{number}");
    let parts = [
        ("body", None, "See the file"),
        ("files", Some("relevé \u{202e}1.txt"), "line one"),
    ];
    assert_eq!(
        company
            .send(company.cedar, &format!("{path}/replies"), &parts)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let page = company.get(company.larch, &path).await;
    assert!(
        page.has("relevé 1.txt") && page.has("8\u{a0}o"),
        "name and size, in French"
    );
    let file = file_of(&page.body);
    let got = company.get(company.cedar, &file).await;
    assert_eq!((got.status, got.body.as_str()), (StatusCode::OK, "line one"));
    assert!(
        got.header("content-disposition")
            .starts_with("attachment; filename=\"relev_ 1.txt\"; filename*=UTF-8''relev%C3%A9%201")
    );
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert!(got.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(
        company.get(company.payroll, &file).await.status,
        StatusCode::OK,
        "the requester's own reply"
    );
    assert_eq!(
        company.get(company.registry, &file).await.status,
        StatusCode::NOT_FOUND,
        "somebody else's"
    );
}

#[tokio::test]
async fn a_file_of_a_note_is_never_for_requesters() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let parts = [
        ("body", None, "Inside"),
        ("files", Some("log.html"), "<script>x</script>"),
    ];
    company
        .send(company.cedar, &format!("/tickets/{number}/notes"), &parts)
        .await;
    let file = file_of(&company.get(company.cedar, &format!("/tickets/{number}")).await.body);
    let got = company.get(company.cedar, &file).await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "text/plain"));
    assert_eq!(company.get(company.payroll, &file).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        company.get(company.payroll, "/files/999").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company.get(company.payroll, "/files/x").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_file_too_large_is_refused_and_the_words_come_back() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let large = "x".repeat(desk::files::LARGEST + 1);
    let parts = [
        ("body", None, "See the film"),
        ("files", Some("film.mp4"), large.as_str()),
    ];
    let refused = company
        .send(company.cedar, &format!("/tickets/{number}/replies"), &parts)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("25 MiB fit") && refused.has("See the film</textarea>"));
    let beyond = "x".repeat(28 * 1024 * 1024);
    let parts = [
        ("body", None, "See the film"),
        ("files", Some("film.mp4"), beyond.as_str()),
    ];
    let refused = company
        .send(company.cedar, &format!("/tickets/{number}/replies"), &parts)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("See the film</textarea>"));
}
