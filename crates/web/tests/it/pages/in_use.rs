//! A mailbox on its page and in the list: fetched at once, out of use and back; what its door turned away.

use axum::http::StatusCode;
use db::args;
use desk::mailboxes::{DeskReceiver, MailboxFields, boxes};
use desk::{MailboxId, Vault};
use mail::smtp::{Receiver, Refusal};

use super::company::{Answer, Company};

fn add(company: &Company, address: &'static str) -> MailboxId {
    company
        .as_person(company.admin, move |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new(address))
        })
        .unwrap()
}

fn fetched(company: &Company, id: MailboxId) {
    use desk::mailboxes::sources::{self, Afterwards, Protection, Protocol, SignIn, SourceFields};
    let fields = SourceFields {
        protocol: Protocol::Imap,
        host: "mail.example.org".into(),
        port: None,
        protection: Protection::Implicit,
        sign_in: SignIn::Password,
        user_name: "help".into(),
        client: String::new(),
        tenant: String::new(),
        secret: "two quiet rivers".into(),
        folder: "INBOX".into(),
        afterwards: Afterwards::Seen,
        move_to: String::new(),
        active: true,
        renew_by: None,
    };
    let set =
        move |tx: &mut db::Write, cx: &desk::Context| sources::set(tx, cx, &Vault::with_key(&[7; 32]), id, &fields);
    company.as_person(company.admin, set).unwrap();
}

async fn does(company: &Company, path: &str) -> Answer {
    let done = company.post(company.admin, path, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}");
    company.get(company.admin, done.location()).await
}

#[tokio::test]
async fn a_mailbox_is_looked_into_at_once_where_it_is_fetched() {
    let company = Company::new();
    let id = add(&company, "help@desk.example");
    let page = format!("/admin/channels/{id}");
    let fetch = format!("{page}/fetch");
    assert!(!company.get(company.admin, &page).await.has("Fetch now"), "the control");
    assert!(
        !does(&company, &fetch).await.has("looks into this mailbox"),
        "nothing to fetch"
    );
    fetched(&company, id);
    assert!(company.get(company.admin, &page).await.has("Fetch now"));
    assert!(
        does(&company, &fetch)
            .await
            .has("looks into this mailbox within seconds")
    );
    let asked = "SELECT count(*) FROM source WHERE asked_at IS NOT NULL";
    let asked: i64 = company
        .as_person(company.admin, move |tx, _| Ok(tx.one(asked, &[])?))
        .unwrap();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_server_that_marks_nothing_or_numbers_anew_is_told_with_what_to_do() {
    let company = Company::new();
    let id = add(&company, "help@desk.example");
    fetched(&company, id);
    let page = format!("/admin/channels/{id}");
    let set = |sql: &'static str| {
        company
            .as_person(company.admin, move |tx, cx| Ok(tx.exec(sql, &args![id, cx.now])?))
            .unwrap();
    };
    assert!(
        !company.get(company.admin, &page).await.has("Numbered anew"),
        "the control"
    );
    set("UPDATE source SET renumbered_at = $2 WHERE mailbox = $1");
    let shown = company.get(company.admin, &page).await;
    assert!(
        shown.has("gave all letters new numbers") && shown.has("You need do nothing") && shown.has("Numbered anew")
    );
    set("UPDATE source SET unsettled = 3, words = 'NO read-only', well_at = $2 WHERE mailbox = $1");
    let shown = company.get(company.admin, &page).await;
    assert!(shown.has("refuses to mark") && shown.has("NO read-only") && shown.has("3 letters that are kept here"));
    assert!(
        shown.has("may mark, move and delete") && !shown.has("[mailbox-"),
        "every sentence is there"
    );
}

#[tokio::test]
async fn a_mailbox_goes_out_of_use_and_comes_back_but_never_the_last_one() {
    let company = Company::new();
    let id = add(&company, "help@desk.example");
    let (page, retire) = (format!("/admin/channels/{id}"), format!("/admin/channels/{id}/retire"));
    let refused = company.post(company.admin, &retire, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.has("This is the last mailbox in use") && refused.has("help@desk.example"));
    add(&company, "hilfe@desk.example");
    let out = does(&company, &retire).await;
    assert!(out.has("help@desk.example is out of use.") && out.has("data-controller=\"undo\""));
    assert!(out.has("Put back in use") && !out.has("Take out of use"));
    let list = company.get(company.admin, "/admin/channels").await;
    let (table, apart) = list.body.split_once("Mailboxes out of use").expect("they stand apart");
    assert!(!table.contains("help@desk.example") && apart.contains("help@desk.example"));
    assert!(table.contains("hilfe@desk.example"));
    // Nothing new is begun with it, and what it received is still looked for.
    let of = |page: &Answer| page.body.matches("help@desk.example</option>").count();
    let words = "/admin/templates/words?kind=solved&language=en";
    assert_eq!(of(&company.get(company.admin, words).await), 0);
    assert!(
        !company
            .get(company.admin, "/admin/templates")
            .await
            .has("help@desk.example")
    );
    let letters = company.get(company.cedar, "/letters").await;
    assert!(letters.has("help@desk.example (out of use)") && letters.has("hilfe@desk.example</option>"));
    // Twice is once.
    assert!(does(&company, &retire).await.has("Put back in use"));
    let back = does(&company, &format!("{page}/bring-back")).await;
    assert!(back.has("help@desk.example is in use again.") && back.has(&format!("action=\"{retire}\"")));
    assert_eq!(of(&company.get(company.admin, words).await), 1, "the control");
    let audit = company.get(company.admin, "/admin/audit").await;
    assert!(audit.has("Mailbox taken out of use") && audit.has("Mailbox back in use"));
    assert_eq!(
        audit
            .body
            .matches(&format!("href=\"{page}\">help@desk.example"))
            .count(),
        3
    );
}

#[tokio::test]
async fn what_the_doors_turned_away_is_told_in_words_with_how_often() {
    let company = Company::new();
    let none = company.get(company.admin, "/admin/channels").await;
    assert!(none.has("Nothing was turned away") && !none.has("No such mailbox here"));
    let door = DeskReceiver::new(company.desk.clone());
    for _ in 0..3 {
        door.turned_away(Refusal::Recipient, [192, 0, 2, 10].into());
    }
    let told = company.get(company.admin, "/admin/channels").await;
    assert!(told.has("No such mailbox here") && told.has("3 times") && told.has("192.0.2.10"));
}
