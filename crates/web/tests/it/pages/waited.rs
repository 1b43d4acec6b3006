//! Words that waited and meet what has happened meanwhile: a merge, a newer message, a night in a drawer, another person
//! at the same browser. None are lost, none are said twice.

use axum::http::StatusCode;
use desk::clock::{DAY, HOUR};
use desk::tickets::{self, Status};
use desk::{PersonId, TicketNumber};

use super::company::{Answer, Company};

async fn say(company: &Company, by: PersonId, to: &str, fields: &[(&str, &str)]) -> Answer {
    let parts: Vec<_> = fields.iter().map(|(name, value)| (*name, None, *value)).collect();
    company.send(by, to, &parts).await
}

async fn shown(company: &Company, number: TicketNumber, words: &str) -> usize {
    let page = company.get(company.cedar, &format!("/tickets/{number}?all=true")).await;
    page.body.matches(&format!("<p>{words}</p>")).count()
}

/// The second was merged into the first.
fn merged(company: &Company) -> (TicketNumber, TicketNumber) {
    let kept = company.open(company.payroll, "VPN drops", |_| {});
    let gone = company.open(company.payroll, "VPN drops again", |_| {});
    company
        .as_person(company.larch, move |tx, cx| tickets::merge(tx, cx, gone, kept))
        .unwrap();
    (kept, gone)
}

#[tokio::test]
async fn words_for_a_ticket_merged_meanwhile_come_back_on_the_one_kept() {
    let company = Company::new();
    let (kept, gone) = merged(&company);
    for (verb, kind) in [("notes", "note"), ("replies", "reply"), ("visits", "visit")] {
        let path = format!("/tickets/{gone}/{verb}");
        let back = say(&company, company.cedar, &path, &[("body", "The marmot sleeps")]).await;
        assert_eq!(back.status, StatusCode::CONFLICT, "{verb}: no redirect");
        assert!(back.has("The marmot sleeps</textarea>"), "{verb}: the words are there");
        assert!(
            back.has(&format!("data-kind=\"{kind}\" data-home=\"{kind}\"")),
            "{verb}: as what they were"
        );
        assert!(back.has("It was merged into this ticket meanwhile"), "{verb}: and why");
        let to = |number| format!("action=\"/tickets/{number}/{verb}?");
        assert!(back.has(&to(kept)) && !back.has(&to(gone)), "{verb}: and go on there");
        let there = format!("/tickets/{kept}/{verb}");
        let again = say(&company, company.cedar, &there, &[("body", "The marmot sleeps")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(shown(&company, kept, "The marmot sleeps").await, 3);
    let read = company
        .get(company.cedar, &format!("/tickets/{gone}?view=everyone&done=5"))
        .await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "control: who only reads is led on");
    assert!(read.location().starts_with(&format!("/tickets/{kept}?")) && read.location().contains("&done=5"));
}

#[tokio::test]
async fn a_solution_for_a_ticket_merged_meanwhile_comes_back_too() {
    let company = Company::new();
    let (kept, gone) = merged(&company);
    let fields = [("cause", "An old client"), ("steps", "Renewed it"), ("helped", "")];
    let back = company
        .post(company.cedar, &format!("/tickets/{gone}/solution"), &fields)
        .await;
    assert_eq!(back.status, StatusCode::CONFLICT);
    assert!(back.has("An old client</textarea>") && back.has("Renewed it</textarea>"));
    assert!(back.has(&format!("action=\"/tickets/{kept}/solution?")));
    let (cedar, other) = (company.cedar, company.larch.0.to_string());
    let fields = [("body", "The marmot sleeps"), ("by", other.as_str())];
    let others = say(&company, cedar, &format!("/tickets/{gone}/notes"), &fields).await;
    assert_eq!(
        others.status,
        StatusCode::PRECONDITION_FAILED,
        "nor are another's words taken"
    );
}

#[tokio::test]
async fn a_key_outlasts_the_words_that_wait_under_it() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let notes = format!("/tickets/{number}/notes");
    let note = [("body", "Asked the supplier"), ("once", "k1")];
    let first = say(&company, company.cedar, &notes, &note).await;
    for pause in [25 * HOUR, 29 * DAY] {
        company.desk.clock().advance(pause);
        desk::jobs::run_due(&company.desk).await.unwrap();
        let again = say(&company, company.cedar, &notes, &note).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        assert_eq!(again.location(), first.location());
        assert_eq!(shown(&company, number, "Asked the supplier").await, 1);
    }
    company.desk.clock().advance(2 * DAY);
    desk::jobs::run_due(&company.desk).await.unwrap();
    say(&company, company.cedar, &notes, &note).await;
    assert_eq!(
        shown(&company, number, "Asked the supplier").await,
        2,
        "control: keys are swept in the end"
    );
}

/// What the page of a stop sends: the newest message it shows.
fn seen_on(page: &Answer) -> String {
    let rest = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_string()
}

#[tokio::test]
async fn a_planned_reply_that_was_stopped_is_still_planned_when_it_is_sent_anyway() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company.reply(company.larch, number, "Restart the client, please.");
    let path = format!("/tickets/{number}/replies");
    for (at, until) in [("2026-11-18T08:00", ""), ("own", "2026-11-18T09:30")] {
        let fields = [("body", "Tomorrow then"), ("seen", "1"), ("at", at), ("until", until)];
        let stopped = say(&company, company.cedar, &path, &fields).await;
        assert_eq!(stopped.status, StatusCode::CONFLICT);
        assert!(
            stopped.has(&format!("form=\"compose\" name=\"at\" value=\"{at}\"")),
            "{}",
            stopped.body
        );
        assert!(
            stopped.has("Send anyway, Wed") || stopped.has("Send anyway, tomorrow"),
            "its time stands on it"
        );
        let seen = seen_on(&stopped);
        let fields = [
            ("body", "Tomorrow then"),
            ("seen", seen.as_str()),
            ("at", at),
            ("until", until),
        ];
        let sent = say(&company, company.cedar, &path, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    let cx = company.desk.context(desk::access::Viewer::desk(company.admin), None);
    let (planned, detail) = company
        .desk
        .write_now(move |tx| Ok((tickets::planned(tx, &cx, number)?, tickets::detail(tx, &cx, number)?)))
        .unwrap();
    assert_eq!(planned.len(), 2);
    assert_eq!(detail.messages.len(), 2, "nothing has left");
}

async fn status(company: &Company, number: TicketNumber) -> Status {
    let cx = company.desk.context(desk::access::Viewer::desk(company.admin), None);
    let ticket = company.desk.write_now(move |tx| tickets::find_visible(tx, &cx, number));
    ticket.unwrap().status
}

#[tokio::test]
async fn words_that_come_late_solve_nothing_over_a_newer_message() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let opened = seen_on(&company.get(company.cedar, &format!("/tickets/{number}")).await);
    company.reply(company.larch, number, "Does it work now?");
    let path = format!("/tickets/{number}/visits");
    let fields = [
        ("body", "Was at the counter"),
        ("seen", opened.as_str()),
        ("then", "solved"),
        ("once", "k1"),
    ];
    for _ in 0..2 {
        let written = say(&company, company.cedar, &path, &fields).await;
        assert!(written.location().ends_with("&left=true"), "{}", written.location());
        let page = company.get(company.cedar, written.location()).await;
        assert!(page.has("id=\"left\"") && page.has("so the status was left as it is"));
    }
    assert_eq!(shown(&company, number, "Was at the counter").await, 1);
    assert_ne!(status(&company, number).await, Status::Solved);
    let seen = seen_on(&company.get(company.cedar, &format!("/tickets/{number}")).await);
    let fields = [("body", "It works"), ("seen", seen.as_str()), ("then", "solved")];
    let written = say(&company, company.cedar, &path, &fields).await;
    assert!(!written.location().contains("left"));
    assert_eq!(status(&company, number).await, Status::Solved, "control: nothing newer");
}

#[tokio::test]
async fn a_page_of_another_person_keeps_no_draft_here_and_its_words_wait_for_him() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let path = format!("/tickets/{number}/draft");
    let (cedar, larch) = (company.cedar.0.to_string(), company.larch.0.to_string());
    let draft = |by| [("kind", "note"), ("body", "The marmot sleeps"), ("by", by)];
    let others = company.post(company.cedar, &path, &draft(larch.as_str())).await;
    assert_eq!(
        (others.status, others.body.as_str()),
        (StatusCode::PRECONDITION_FAILED, "")
    );
    let page = format!("/tickets/{number}");
    assert!(!company.get(company.cedar, &page).await.has("The marmot sleeps"));
    company.post(company.cedar, &path, &draft(cedar.as_str())).await;
    assert!(company.get(company.cedar, &page).await.has("The marmot sleeps"));
    // A ticket the one who is signed in may not see: the words still wait for their writer.
    let private = company.private;
    let hidden = company.open(company.payroll, "In confidence", move |new| new.team = Some(private));
    let notes = format!("/tickets/{hidden}/notes");
    let note = |by| [("body", "The marmot sleeps"), ("by", by)];
    let others = say(&company, company.cedar, &notes, &note(larch.as_str())).await;
    assert_eq!(others.status, StatusCode::PRECONDITION_FAILED);
    assert!(!others.has("In confidence"));
    let own = say(&company, company.cedar, &notes, &note(cedar.as_str())).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND, "control");
}

#[tokio::test]
async fn a_note_made_of_a_stopped_reply_leaves_the_note_that_was_begun() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let draft = format!("/tickets/{number}/draft");
    for (kind, body) in [("note", "Half a note"), ("reply", "Restart it")] {
        company
            .post(company.cedar, &draft, &[("kind", kind), ("body", body)])
            .await;
    }
    let fields = [("body", "Restart it"), ("then", "instead")];
    say(&company, company.cedar, &format!("/tickets/{number}/notes"), &fields).await;
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("data-draft=\"Half a note\"") && !page.has("data-draft=\"Restart it\""));
}
