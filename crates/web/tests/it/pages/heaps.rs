//! What the brake holds, above the list of what waits: let in or set aside all at once, and taken back.

use axum::http::StatusCode;
use db::args;
use desk::MailboxId;
use desk::mailboxes::{MailboxFields, Way, boxes, intake};

use super::company::{Answer, Company};

const ROBOT: &str = "robot+a@monitor.example";

fn mailbox(company: &Company, address: &'static str) -> MailboxId {
    company
        .as_person(company.admin, move |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new(address))
        })
        .unwrap()
}

/// So many letters as the brake holds them.
fn held(company: &Company, mailbox: MailboxId, sender: &'static str, letters: usize) {
    let hold = move |tx: &mut db::Write, cx: &desk::Context| {
        for n in 0..letters {
            let raw = format!("From: <{sender}>\r\nSubject: Alarm {n}\r\n\r\nIt is hot.\r\n");
            let to = ["help@desk.example".to_string()];
            let id = intake::keep(tx, cx.now, Way::Smtp, Some(mailbox), sender, &to, raw.as_bytes())?;
            tx.exec(
                "UPDATE letter SET state = 'held', reason = 'letter-reason-storm', sender = $2, subject = 'Alarm'
                 WHERE id = $1",
                &args![id, sender],
            )?;
        }
        Ok(())
    };
    company.as_person(company.admin, hold).unwrap();
}

/// Where the toast of a page goes, and the event it names.
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
            .to_string()
    };
    (
        part(" action=\"").replace("&#38;", "&"),
        part("name=\"event\" value=\""),
    )
}

async fn decides(company: &Company, deed: &str, mailbox: MailboxId, sender: &str) -> Answer {
    let path = format!("/letters/heap/{deed}?state=held");
    let fields = [("sender", sender), ("mailbox", &mailbox.to_string())];
    company.post(company.cedar, &path, &fields).await
}

#[tokio::test]
async fn a_heap_is_let_in_or_set_aside_at_once_and_taken_back() {
    let company = Company::new();
    let mailbox = mailbox(&company, "help@desk.example");
    let list = "/letters?state=held";
    assert!(
        !company.get(company.cedar, list).await.has("Very many letters at once"),
        "the control"
    );
    held(&company, mailbox, ROBOT, 4);
    held(&company, mailbox, "script@requester.example", 2);
    let shown = company.get(company.cedar, list).await;
    assert!(shown.has("Very many letters at once") && shown.has(ROBOT) && shown.has("4 letters"));
    assert!(!shown.has("Allow very many tickets"), "that is the administrators'");
    for (deed, said) in [
        ("release", "4 letters were let in."),
        ("dismiss", "4 letters were set aside."),
    ] {
        let done = decides(&company, deed, mailbox, ROBOT).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{deed}");
        let told = company.get(company.cedar, done.location()).await;
        assert!(told.has(said) && !told.has("like them wait"), "{deed}");
        assert!(
            !told.has("4 letters ·") && told.has("2 letters"),
            "the other heap stays: {deed}"
        );
        let (action, event) = toast(&told);
        let back = company.post(company.cedar, &action, &[("event", &event)]).await;
        let back = company.get(company.cedar, back.location()).await;
        assert!(back.has("4 letters are back as they were") && back.has(ROBOT), "{deed}");
    }
}

#[tokio::test]
async fn the_rest_of_a_very_high_heap_stays_with_its_buttons() {
    let company = Company::new();
    let mailbox = mailbox(&company, "help@desk.example");
    held(&company, mailbox, ROBOT, 502);
    let done = decides(&company, "dismiss", mailbox, ROBOT).await;
    let told = company.get(company.cedar, done.location()).await;
    assert!(told.has("500 letters were set aside. 2 more like them wait."));
    assert!(told.has("/letters/heap/release") && told.has("2 letters"));
    assert!(!told.has("left=2"), "it goes no further than the toast");
    let rest = decides(&company, "dismiss", mailbox, ROBOT).await;
    let told = company.get(company.cedar, rest.location()).await;
    assert!(told.has("2 letters were set aside.") && !told.has("/letters/heap/release"));
    let gone = decides(&company, "dismiss", mailbox, ROBOT).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.has("Somebody has decided about these letters meanwhile."));
}

#[tokio::test]
async fn heaps_keep_to_their_mailbox_and_lead_an_administrator_to_the_exemptions() {
    let company = Company::new();
    let (one, two) = (
        mailbox(&company, "help@desk.example"),
        mailbox(&company, "hilfe@desk.example"),
    );
    held(&company, one, ROBOT, 3);
    held(&company, two, ROBOT, 2);
    let of = |mailbox: MailboxId| format!("/letters?state=held&mailbox={mailbox}");
    let shown = company.get(company.cedar, &of(two)).await;
    assert!(shown.has("2 letters") && !shown.has("3 letters"));
    for other in ["/letters?state=all", "/letters?state=held&q=alarm"] {
        assert!(
            !company.get(company.cedar, other).await.has("/letters/heap/"),
            "{other}"
        );
    }
    decides(&company, "dismiss", two, ROBOT).await;
    assert!(
        company.get(company.cedar, &of(one)).await.has("3 letters"),
        "the other mailbox's stay"
    );
    let shown = company.get(company.admin, "/letters").await;
    let path = format!("/admin/channels/{one}?sender=robot%2Ba%40monitor.example");
    assert!(shown.has(&format!("{path}#brake")), "{}", shown.body);
    assert!(
        company
            .get(company.admin, &path)
            .await
            .has(&format!("value=\"{ROBOT}\""))
    );
    // Without a sender it would be whatever is held.
    let all = company
        .post(company.cedar, "/letters/heap/dismiss", &[("sender", "")])
        .await;
    assert_eq!(all.status, StatusCode::CONFLICT);
    assert!(company.get(company.cedar, &of(one)).await.has("3 letters"));
}
