//! A reply that did not arrive: said on the ticket with a way to send it again, on a page of its own.

use axum::http::StatusCode;
use desk::TicketNumber;
use desk::mailboxes::{MailboxFields, boxes, outbox};

use super::company::{Answer, Company};

/// A reply of Cedar's that the other server refused.
fn failed(company: &Company) -> (TicketNumber, i64) {
    company
        .as_person(company.admin, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
        })
        .unwrap();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company.reply(company.cedar, number, "Please restart it.");
    let message = company
        .as_person(company.admin, |tx, cx| {
            let (id, message): (i64, i64) = tx.one("SELECT id, message FROM outgoing WHERE kind = 'reply'", &[])?;
            outbox::failed_for_good(tx, cx, desk::OutgoingId(id), "550 5.1.1 no <such> user")?;
            Ok(message)
        })
        .unwrap();
    (number, message)
}

fn link_of(page: &Answer) -> String {
    let (_, rest) = page
        .body
        .split_once("/resend?")
        .expect("there is a way to send it again");
    format!("/resend?{}", rest.split('"').next().unwrap().replace("&amp;", "&"))
}

#[tokio::test]
async fn a_reply_that_failed_is_sent_again_from_its_own_page_in_both_languages() {
    let company = Company::new();
    let (number, message) = failed(&company);
    let ticket = format!("/tickets/{number}");
    let page = company.get(company.larch, &ticket).await;
    assert!(page.has("550 5.1.1 no &#60;such&#62; user") || page.has("550 5.1.1 no &lt;such&gt; user"));
    assert!(page.has("Renvoyer"));
    let page = company.get(company.cedar, &ticket).await;
    let form = company.get(company.cedar, &format!("{ticket}{}", link_of(&page))).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.has("payroll@cedar.example") && form.has("550 5.1.1") && form.has("Send again"));
    assert!(!form.has("no <such>"));
    let to = |address: &'static str| {
        let m = message.to_string();
        let (company, at) = (&company, format!("{ticket}/resend"));
        async move { company.post(company.cedar, &at, &[("m", &m), ("to", address)]).await }
    };
    let refused = to("help@desk.example").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("an address of the desk itself") && refused.has("value=\"help@desk.example\""));
    let sent = to("payroll@larch.example").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("leaves again in a moment") && page.has("sent the reply again, to payroll@larch.example"));
    assert!(!page.has("Not delivered"), "its newest letter waits");
    let twice = to("payroll@larch.example").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.has("There is nothing to send again"));
}

#[tokio::test]
async fn a_ticket_without_a_failed_letter_says_nothing_of_it() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(!page.has("/resend"));
    let none = company
        .get(company.cedar, &format!("/tickets/{number}/resend?m=1"))
        .await;
    assert_eq!(none.status, StatusCode::CONFLICT);
}
