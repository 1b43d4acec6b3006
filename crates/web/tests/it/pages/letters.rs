//! The ledger by hand: a held letter is found, filed on a ticket, refused where it cannot go, or set aside.

use axum::http::StatusCode;
use db::args;
use desk::mailboxes::{MailboxFields, Way, boxes, intake};
use desk::{LetterId, MailboxId, TicketNumber};

use super::company::{Answer, Company};

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
    assert!(french.has("Sa date est illisible.") && french.has("Mettre de côté"));
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

/// Where the one toast of a page goes, and the event it names.
fn toast(page: &Answer) -> (String, String) {
    let form = page
        .body
        .split("data-controller=\"undo\"")
        .nth(1)
        .expect("a toast with Undo");
    let part = |before: &str| {
        form.split(before)
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .replace("&#38;", "&")
    };
    (part(" action=\""), part("name=\"event\" value=\""))
}

#[tokio::test]
async fn what_was_set_aside_is_brought_back_to_the_list_it_stood_in() {
    let company = Company::new();
    let (one, two) = (held(&company, None, OWNER), held(&company, None, None));
    let list = "/letters?state=held&q=marzi";
    let shown = company.get(company.cedar, list).await;
    assert!(
        shown.has(&format!("/letters/{one}?state=held&#38;q=marzi")),
        "a letter knows its list"
    );
    assert_eq!(shown.body.matches(&format!("\"/letters/{one}?")).count(), 1, "one link");
    let letter = company
        .get(company.cedar, &format!("/letters/{one}?state=held&q=marzi"))
        .await;
    assert!(
        letter.has("href=\"/letters?state=held&#38;q=marzi\""),
        "and the way back"
    );
    let body = format!("letter={one}&letter={two}");
    let done = company
        .post_form(company.cedar, "/letters/dismiss?state=held&q=marzi", &body)
        .await;
    assert!(
        done.location().starts_with("/letters?state=held&q=marzi&done="),
        "{}",
        done.location()
    );
    let said = company.get(company.cedar, done.location()).await;
    assert!(said.has("2 letters were set aside"));
    let (action, event) = toast(&said);
    let back = company.post(company.cedar, &action, &[("event", &event)]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let list = company.get(company.cedar, back.location()).await;
    assert!(list.has("2 letters are back as they were") && list.has(&format!("/letters/{two}")));
    let stranger = company.post(company.larch, &action, &[("event", &event)]).await;
    assert_eq!(
        stranger.status,
        StatusCode::CONFLICT,
        "whoever did not do it cannot take it back"
    );
}

#[tokio::test]
async fn a_release_is_taken_back_on_the_page_of_the_letter() {
    let company = Company::new();
    let letter = held(&company, None, OWNER);
    let at = format!("/letters/{letter}/release?state=held");
    let done = company.post(company.cedar, &at, &[("how", "new")]).await;
    let page = company.get(company.cedar, done.location()).await;
    assert!(
        page.has("The letter was let in.") && page.has("Being read"),
        "{}",
        page.body
    );
    let (action, event) = toast(&page);
    let id = letter.to_string();
    let fields = [("event", event.as_str()), ("letter", id.as_str())];
    let back = company.post(company.cedar, &action, &fields).await;
    assert_eq!(back.location(), format!("/letters/{letter}?state=held"));
    assert!(company.get(company.cedar, back.location()).await.has("Set it aside"));
    let again = company.post(company.cedar, &action, &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("Somebody has changed it since"));
}

#[tokio::test]
async fn a_letter_that_cannot_move_says_why_beside_the_number() {
    let company = Company::new();
    let letter = held(&company, None, OWNER);
    let at = format!("/letters/{letter}/move");
    let not_filed = company.post(company.cedar, &at, &[("ticket", "#999999")]).await;
    assert_eq!(not_filed.status, StatusCode::CONFLICT);
    assert!(not_filed.has("Let it in first"));
    let wrong = company.post(company.cedar, &at, &[("ticket", "soon")]).await;
    assert!(wrong.has("There is no such ticket") && wrong.has("value=\"soon\""));
}

#[tokio::test]
async fn the_files_of_a_held_letter_are_had_byte_for_byte() {
    let company = Company::new();
    let bytes = "<script>alert(1)</script>\r\n";
    let coded = data_encoding::BASE64.encode(bytes.as_bytes());
    let sha256 = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(bytes));
    let letter = company
        .as_person(company.admin, move |tx, cx| {
            let raw = format!(
                "From: <owner@elsewhere.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n\
                 --b\r\nContent-Type: text/html; name=\"a.html\"\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment\r\n\r\n{coded}\r\n--b--\r\n"
            );
            let to = ["help@desk.example".to_string()];
            let id = intake::keep(
                tx,
                cx.now,
                Way::Smtp,
                None,
                "owner@elsewhere.example",
                &to,
                raw.as_bytes(),
            )?;
            let listed = format!("[{{\"name\":\"a.html\",\"bytes\":27,\"sha256\":\"{sha256}\"}}]");
            let set =
                "UPDATE letter SET state = 'held', reason = 'letter-reason-stranger', attachments = $2 WHERE id = $1";
            tx.exec(set, &args![id, listed])?;
            Ok(id)
        })
        .unwrap();
    let at = format!("/letters/{letter}/files/0");
    assert!(company.get(company.cedar, &format!("/letters/{letter}")).await.has(&at));
    let file = company.get(company.cedar, &at).await;
    assert_eq!(file.body, bytes);
    assert_eq!(
        file.header("content-type"),
        "application/octet-stream",
        "never what its sender called it"
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=\"a.html\"")
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("sandbox"));
    for none in ["1", "x", "-1"] {
        let at = format!("/letters/{letter}/files/{none}");
        assert_eq!(
            company.get(company.cedar, &at).await.status,
            StatusCode::NOT_FOUND,
            "{none}"
        );
    }
}

#[tokio::test]
async fn an_empty_ledger_says_what_will_stand_in_it() {
    let company = Company::new();
    assert!(
        company
            .get(company.admin, "/letters")
            .await
            .has("There is no mailbox yet")
    );
    held(&company, None, OWNER);
    assert!(
        company
            .get(company.admin, "/letters?state=bounce")
            .await
            .has("No letters here.")
    );
    let odd = company.get(company.admin, "/letters?before=soon&state=held").await;
    assert_eq!(odd.status, StatusCode::OK, "an odd address still names the ledger");
}
