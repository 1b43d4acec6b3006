//! The ledger by hand: a held letter is found, filed on a ticket, refused where it cannot go, or set aside.

use axum::http::StatusCode;
use db::args;
use desk::mailboxes::{MailboxFields, Way, boxes, intake};
use desk::{LetterId, MailboxId, TicketNumber};

use super::company::Company;

/// A letter that waits, as a stranger with somebody's key would send it.
fn held(company: &Company, ticket: Option<TicketNumber>, sender: Option<&'static str>) -> LetterId {
    company
        .as_person(company.admin, move |tx, cx| {
            let address = "help@desk.example";
            let mailbox: Option<MailboxId> = tx.maybe("SELECT id FROM mailbox WHERE address = $1", &args![address])?;
            let mailbox = match mailbox {
                Some(id) => id,
                None => boxes::add(tx, cx, &MailboxFields::new(address))?,
            };
            let raw = b"From: <owner@elsewhere.example>\r\nSubject: Marzipan\r\n\r\nSweet words.\r\n";
            let to = [address.to_string()];
            let id = intake::keep(
                tx,
                cx.now,
                Way::Smtp,
                Some(mailbox),
                "owner@elsewhere.example",
                &to,
                raw,
            )?;
            tx.exec(
                "UPDATE letter SET state = 'held', reason = 'letter-reason-stranger', ticket = $2, sender = $3,
                   subject = 'Marzipan', findings = '{\"defects\":[[\"defect-bad-date\",\"\"]]}' WHERE id = $1",
                &args![id, ticket, sender],
            )?;
            Ok(id)
        })
        .unwrap()
}

const OWNER: Option<&str> = Some("owner@elsewhere.example");

#[tokio::test]
async fn a_held_letter_is_shown_in_both_languages_with_what_was_found_in_it() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let letter = held(&company, Some(number), OWNER);
    let list = company.get(company.cedar, "/letters").await;
    assert!(list.has("Marzipan") && list.has(&format!("/letters/{letter}")));
    let page = company.get(company.cedar, &format!("/letters/{letter}")).await;
    assert!(page.has("Its date cannot be read.") && page.has("takes no part in that ticket"));
    assert!(page.has("File it on its ticket") && page.has("Set it aside") && page.has("help@desk.example"));
    let french = company.get(company.larch, &format!("/letters/{letter}")).await;
    assert!(french.has("Sa date ne peut être lue.") && french.has("Le mettre de côté"));
    let ticket = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(ticket.has("A letter of owner@elsewhere.example waits") && ticket.has(&format!("/letters/{letter}")));
}

#[tokio::test]
async fn what_was_typed_stays_when_a_letter_cannot_go_there() {
    let company = Company::new();
    let letter = held(&company, None, OWNER);
    let at = format!("/letters/{letter}/release");
    for typed in ["#999999", "soon", ""] {
        let refused = company
            .post(company.cedar, &at, &[("how", "on"), ("ticket", typed)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(
            refused.has("There is no such ticket") && refused.has(&format!("value=\"{typed}\"")),
            "{typed}"
        );
    }
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let typed = format!("#{number}");
    let done = company
        .post(company.cedar, &at, &[("how", "on"), ("ticket", &typed)])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, done.location()).await;
    assert!(page.has(&format!("/tickets/{number}")) && page.has("Being read"));
}

#[tokio::test]
async fn letters_are_set_aside_together_and_found_again_by_their_words() {
    let company = Company::new();
    let (one, two) = (held(&company, None, OWNER), held(&company, None, None));
    let silent = company.get(company.cedar, &format!("/letters/{two}")).await;
    assert!(!silent.has("Make it a new ticket"), "nobody could be asked");
    let body = format!("letter={one}&letter={two}&letter=999999");
    let done = company.post_form(company.cedar, "/letters/dismiss", &body).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(!company.get(company.cedar, "/letters").await.has("Marzipan"));
    let aside = company.get(company.cedar, "/letters?state=refused").await;
    assert!(aside.has("needs no ticket"));
    for words in ["marzi", "owner@elsewhere.example"] {
        let found = company.get(company.cedar, &format!("/letters?q={words}")).await;
        assert!(found.has(&format!("/letters/{one}")), "{words}");
    }
    assert!(
        company
            .get(company.cedar, "/letters?q=nougat")
            .await
            .has("No letter here has")
    );
}
