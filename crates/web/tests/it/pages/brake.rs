//! The brake of a mailbox on its page: how many tickets an hour, and who may open very many.

use axum::http::StatusCode;
use desk::mailboxes::{MailboxFields, boxes};

use super::company::Company;

fn mailbox(company: &Company) -> String {
    let add = |tx: &mut db::Write, cx: &desk::Context| boxes::add(tx, cx, &MailboxFields::new("help@desk.example"));
    let id = company.as_person(company.admin, add).unwrap();
    format!("/admin/channels/{id}")
}

#[tokio::test]
async fn a_number_an_hour_is_kept_refused_where_it_stands_and_taken_away() {
    let company = Company::new();
    let page = mailbox(&company);
    let brake = format!("{page}/brake");
    for typed in ["very many", "0", "10001"] {
        let refused = company.post(company.admin, &brake, &[("most_an_hour", typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(
            refused.has("from 1 to 10,000") && refused.has("#most_an_hour"),
            "{typed}"
        );
        assert!(
            refused.has(&format!("value=\"{typed}\"")),
            "what was typed stays: {typed}"
        );
    }
    let kept = |number: &'static str| {
        let page = page.clone();
        let company = &company;
        async move {
            company
                .get(company.admin, &page)
                .await
                .has(&format!("size=\"6\" value=\"{number}\""))
        }
    };
    assert!(!kept("75").await, "the control");
    let saved = company.post(company.admin, &brake, &[("most_an_hour", " 75 ")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(kept("75").await);
    company.post(company.admin, &brake, &[("most_an_hour", "")]).await;
    assert!(!kept("75").await, "any number again");
}

#[tokio::test]
async fn a_sender_is_exempt_removed_and_put_back_by_the_undo() {
    let company = Company::new();
    let page = mailbox(&company);
    let exempt = format!("{page}/brake/exempt");
    let refused = company.post(company.admin, &exempt, &[("sender", "a b")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("or a domain such as example.org") && refused.has("value=\"a b\"") && refused.has("Nobody yet")
    );
    let saved = company
        .post(company.admin, &exempt, &[("sender", "Alerts+a@Monitor.example")])
        .await;
    assert!(saved.location().ends_with("#brake"));
    let remove = [("sender", "alerts+a@monitor.example")];
    let there = "<span>alerts+a@monitor.example</span>";
    assert!(company.get(company.admin, &page).await.has(there));
    let gone = company.post(company.admin, &format!("{exempt}/remove"), &remove).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let said = company
        .get(company.admin, gone.location().trim_end_matches("#brake"))
        .await;
    assert!(said.has("alerts+a@monitor.example was removed.") && !said.has(there));
    assert!(said.has("id=\"toast-admin\"") && said.has(&format!("action=\"{exempt}\"")));
    let twice = company.post(company.admin, &format!("{exempt}/remove"), &remove).await;
    assert_eq!(twice.location(), page, "twice is once");
    company.post(company.admin, &exempt, &remove).await;
    let back = company
        .get(company.admin, gone.location().trim_end_matches("#brake"))
        .await;
    assert!(back.has(there) && !back.has("was removed."), "nothing is left to undo");
}

#[tokio::test]
async fn whoever_is_no_administrator_finds_no_brake() {
    let company = Company::new();
    let page = mailbox(&company);
    for path in [
        "brake",
        "brake/exempt",
        "brake/exempt/remove",
        "fetch",
        "retire",
        "bring-back",
    ] {
        let answer = company.post(company.cedar, &format!("{page}/{path}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
