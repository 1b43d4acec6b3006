//! Articles and files: pictures and attachments, Markdown out and in, and an article of a solved ticket.

use axum::http::StatusCode;
use desk::tickets::{self, Solution};

use super::company::Company;
use super::kb::{drafted, published};

#[tokio::test]
async fn a_file_is_attached_handed_out_and_taken_away() {
    let company = Company::new();
    let id = drafted(&company);
    let sent = company
        .send(
            company.cedar,
            &format!("/kb/{id}/files"),
            &[("files", Some("steps <1>.txt"), "the words")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let edit = company.get(company.cedar, &format!("/kb/{id}/edit")).await;
    assert!(edit.has("href=\"/kb/files/1\"") && edit.has("(file:1)") && !edit.has("steps <1>"));
    let file = company.get(company.larch, "/kb/files/1").await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "the words"));
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(
        company.get(company.payroll, "/kb/files/1").await.status,
        StatusCode::NOT_FOUND
    );
    let gone = company.post(company.cedar, "/kb/files/1/remove", &[]).await;
    let page = company.get(company.cedar, gone.location()).await;
    assert!(!page.has("href=\"/kb/files/1\"") && page.has("class=\"toast\""));
}

#[tokio::test]
async fn what_goes_out_as_markdown_comes_in_again_as_the_same_article() {
    let company = Company::new();
    let id = published(&company);
    let file = company.get(company.cedar, &format!("/kb/{id}/export")).await;
    assert!(file.has("title-en: \"Connect to the VPN\"") && file.has("Attendez le point."));
    assert!(
        file.header("content-disposition")
            .contains("KB-1-connect-to-the-vpn.md")
    );
    let all = company.get(company.cedar, "/kb/export").await;
    assert!(all.status == StatusCode::OK && all.body.starts_with("PK") && all.has("KB-1-connect-to-the-vpn.md"));
    let changed = file.body.replace("Attendez le point.", "Attendez le point vert.");
    let parts = [
        ("files", Some("same.md"), file.body.as_str()),
        ("files", Some("KB-1.md"), changed.as_str()),
        ("files", Some("The lamp.md"), "Turn it off.\n"),
        ("files", Some("broken <x>.md"), "---\ntitle \"no colon\"\n---\n"),
    ];
    let answer = company.send(company.larch, "/kb/import", &parts).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.has("Rien de nouveau") && answer.has("Version suivante") && answer.has("KB-2"));
    assert!(answer.has("broken &#60;x&#62;.md") && answer.has("La ligne 2 du fichier n’a pas de deux-points."));
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(
        page.has("Attendez le point vert.") && page.has("Readers see version 1"),
        "it waits as a draft"
    );
    let nothing = company
        .send(company.larch, "/kb/import", &[("publishes", None, "yes")])
        .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_solved_ticket_becomes_an_article_and_what_names_somebody_is_told() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops for Registry", |_| {});
    let path = format!("/tickets/{number}/article");
    let early = company.post(company.cedar, &path, &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.has("This ticket is not solved yet."));
    assert!(
        !company
            .get(company.cedar, &format!("/tickets/{number}"))
            .await
            .has(&path)
    );
    let solution = Solution {
        cause: "Driver.".into(),
        steps: "Write to payroll@cedar.example, then renew it.".into(),
        helped: String::new(),
    };
    company
        .as_person(company.cedar, move |tx, cx| tickets::solve(tx, cx, number, &solution))
        .unwrap();
    assert!(
        company
            .get(company.cedar, &format!("/tickets/{number}"))
            .await
            .has(&path)
    );
    let drafted = company.post(company.cedar, &path, &[]).await;
    assert_eq!(drafted.status, StatusCode::CREATED, "{}", drafted.body);
    assert!(drafted.has("payroll@cedar.example") && drafted.has("href=\"/kb/1/edit\""));
    let article = company.get(company.cedar, "/kb/1").await;
    assert!(!article.has("payroll@cedar.example") && article.has("then renew it") && article.has("Staff only"));
    let again = company.post(company.larch, &path, &[]).await;
    assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, "/kb/1"));
    assert_eq!(
        company.post(company.payroll, &path, &[]).await.status,
        StatusCode::NOT_FOUND
    );
}
