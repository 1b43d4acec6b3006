//! Nothing typed is lost: not by an undo, not by a session that ended, not by an order that was chosen.

use axum::http::StatusCode;
use desk::TicketNumber;

use super::company::{Answer, Company};

async fn undone(company: &Company, number: TicketNumber, written: &Answer) -> Answer {
    let event = written.location().split("done=").nth(1).unwrap();
    let path = format!("/tickets/{number}/undo?view=unassigned");
    let undone = company.post(company.cedar, &path, &[("event", event)]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    undone
}

#[tokio::test]
async fn words_that_were_taken_back_stand_in_the_composer() {
    let company = Company::new();
    for (verb, kind) in [
        ("replies", "reply"),
        ("notes", "note"),
        ("calls", "call"),
        ("visits", "visit"),
    ] {
        let number = company.open(company.payroll, "VPN drops", |_| {});
        let fields = [
            ("body", None, "Try <this> first."),
            ("minutes", None, "7"),
            ("then", None, "usual"),
        ];
        let written = company
            .send(company.cedar, &format!("/tickets/{number}/{verb}"), &fields)
            .await;
        let back = undone(&company, number, &written).await;
        let page = company.get(company.cedar, back.location()).await;
        assert!(
            page.has("Try &#60;this&#62; first.</textarea>"),
            "{verb}: the words are back"
        );
        assert!(
            page.has(&format!("data-kind=\"{kind}\" data-home=\"{kind}\" data-returned=")),
            "{verb}: as what they were"
        );
        assert!(!page.has("id=\"refused\""), "{verb}: nothing was refused");
        let others = company.get(company.larch, back.location()).await;
        assert!(!others.has("Try &#60;this"), "{verb}: only for whoever wrote them");
        let plain = company.get(company.cedar, &format!("/tickets/{number}")).await;
        assert!(!plain.has("Try &#60;this"), "{verb}: only where the undo led");
    }
}

#[tokio::test]
async fn an_undo_that_took_no_words_back_brings_none() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let taken = company
        .post(
            company.cedar,
            &format!("/tickets/{number}/assignee"),
            &[("assignee", "me")],
        )
        .await;
    let back = undone(&company, number, &taken).await;
    assert_eq!(back.location(), format!("/tickets/{number}?view=unassigned"));
    // A message that still stands is not offered as one that was taken back.
    let fields = [("body", None, "For us")];
    company
        .send(company.cedar, &format!("/tickets/{number}/notes"), &fields)
        .await;
    let cx = company.desk.context(desk::access::Viewer::desk(company.admin), None);
    let message = company
        .desk
        .write_now(move |tx| desk::tickets::detail(tx, &cx, number))
        .unwrap()
        .messages
        .last()
        .unwrap()
        .id;
    let page = company
        .get(company.cedar, &format!("/tickets/{number}?back={message}"))
        .await;
    assert!(!page.has("For us</textarea>") && !page.has("data-returned"));
}

#[tokio::test]
async fn the_chosen_order_goes_along_to_a_ticket_and_back() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let usual = company.get(company.cedar, "/inbox/everyone").await;
    assert!(usual.has("href=\"/inbox/everyone?order=newest\">Sort by newest</a>"));
    let list = company.get(company.cedar, "/inbox/everyone?order=newest").await;
    assert!(list.has("href=\"/inbox/everyone\">Sort by next due</a>"));
    let address = format!("/tickets/{number}?view=everyone&#38;order=newest");
    assert!(list.has(&address), "{}", list.body);
    let page = company.get(company.cedar, &address.replace("&#38;", "&")).await;
    assert!(page.has("class=\"strong cut\" href=\"/inbox/everyone?order=newest\""));
    let taken = company
        .post(
            company.cedar,
            &format!("/tickets/{number}/assignee?view=everyone&order=newest"),
            &[("assignee", "me")],
        )
        .await;
    assert!(
        taken
            .location()
            .starts_with(&format!("/tickets/{number}?view=everyone&order=newest&done="))
    );
}

#[tokio::test]
async fn what_stays_inside_is_not_called_sent() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let note = company
        .get(company.cedar, &format!("/tickets/{number}?kind=note"))
        .await;
    assert!(note.has("<span data-slot=\"solve\">Add and solve</span>"));
    let reply = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(reply.has("<span data-slot=\"solve\">Send and solve</span>"));
    assert!(reply.has("data-kind=\"note\"") && reply.has("data-solve=\"Add and solve\""));
    assert_eq!(reply.body.matches("<h1").count(), 1, "one page, one title");
}

#[tokio::test]
async fn the_draft_of_a_new_ticket_is_one_persons() {
    let company = Company::new();
    for person in [company.cedar, company.larch] {
        let page = company.get(person, "/tickets/new").await;
        assert!(page.has(&format!("data-draft-key-value=\"{person}:new\"")));
    }
}

#[tokio::test]
async fn files_speak_for_themselves_and_nothing_says_nothing() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let path = format!("/tickets/{number}/replies");
    let sent = company
        .send(
            company.cedar,
            &path,
            &[("body", None, ""), ("files", Some("form.txt"), "x")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(company.get(company.cedar, sent.location()).await.has("form.txt"));
    let empty = company.send(company.cedar, &path, &[("body", None, " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("aria-invalid=\"true\" aria-describedby=\"refused\""));
}

#[tokio::test]
async fn people_who_were_found_are_not_nothing() {
    let company = Company::new();
    desk::finding::catch_up(&company.desk).await.unwrap();
    let found = company.get(company.cedar, "/search?q=payroll").await;
    assert!(found.has("id=\"found-people\""), "{}", found.body);
    assert!(found.has("No ticket has these words.") && !found.has("Nothing was found"));
    let none = company.get(company.cedar, "/search?q=zzzzqqqq").await;
    assert!(none.has("Nothing was found"));
}

#[tokio::test]
async fn what_is_left_runs_on_with_the_clock() {
    let company = Company::new();
    let urgent = |new: &mut desk::tickets::NewTicket| new.priority = Some(desk::tickets::Priority::Urgent);
    let number = company.open(company.registry, "Label printer prints blank", urgent);
    let list = company.get(company.cedar, "/inbox/unassigned").await;
    assert!(
        list.has("data-when=\"left\" data-late=\"{time} late\""),
        "{}",
        list.body
    );
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("data-left=\"{time} left\" data-late=\"{time} late\""));
}

/// The newest message a page says it has shown.
fn seen_on(page: &Answer) -> String {
    let rest = page.body.split("name=\"seen\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_string()
}

async fn say(company: &Company, number: TicketNumber, kind: &str, seen: &str) -> Answer {
    let fields = [("body", None, "Restart the laptop"), ("seen", None, seen)];
    company
        .send(company.cedar, &format!("/tickets/{number}/{kind}"), &fields)
        .await
}

#[tokio::test]
async fn a_reply_stops_once_when_somebody_answered_meanwhile() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let opened = seen_on(&company.get(company.cedar, &format!("/tickets/{number}")).await);
    company.reply(company.larch, number, "Restart the client, please.");
    let stopped = say(&company, number, "replies", &opened).await;
    assert_eq!(stopped.status, StatusCode::CONFLICT);
    assert!(stopped.has("Somebody answered while you wrote.") && stopped.has("Restart the client, please."));
    assert!(stopped.has("Restart the laptop</textarea>"), "the words are kept");
    let note = say(&company, number, "notes", &opened).await;
    assert_eq!(note.status, StatusCode::SEE_OTHER, "a note tells the requester nothing");
    let again = seen_on(&stopped);
    let sent = say(&company, number, "replies", &again).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "it stops once");
    let own = say(&company, number, "replies", &again).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "one's own words stop nobody");
}

#[tokio::test]
async fn a_bulk_that_is_refused_brings_back_what_was_chosen() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let form = format!("t={number}&deed=tag&tag=two%2C+words");
    let refused = company.post_form(company.cedar, "/inbox/everyone/bulk", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let frame = "/inbox/deeds?deed=tag&tag=two%2C+words";
    assert!(refused.has(&frame.replace('&', "&#38;")), "{}", refused.body);
    let deeds = company.get(company.cedar, frame).await;
    assert!(
        deeds.has("value=\"tag\" selected") && deeds.has("value=\"two, words\""),
        "{}",
        deeds.body
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_said_on_a_page() {
    let company = Company::new();
    let looks = [
        "/counter?left=abc",
        "/tickets/new?person=abc",
        "/inbox/views/abc/edit",
        "/reports/volume?team=1&team=2",
    ];
    for path in looks {
        let page = company.get(company.cedar, path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            page.has("class=\"gate\"") && !page.has("deserialize") && !page.has("Cannot parse"),
            "{path}"
        );
    }
    let sent = company
        .post_form(company.cedar, "/me/preferences", "language=en&language=fr")
        .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        sent.has("Nothing was changed.") && !sent.has("duplicate"),
        "{}",
        sent.body
    );
}
