//! The forms of a ticket: done with an Undo, or the same page again with everything still in it.

use axum::http::StatusCode;
use desk::tickets::{self, Status};
use desk::{TicketNumber, access::Viewer};

use super::company::Company;

fn status(company: &Company, number: TicketNumber) -> Status {
    let cx = company.desk.context(Viewer::desk(company.admin), None);
    company
        .desk
        .read_now(move |r| tickets::find_visible(r, &cx, number))
        .unwrap()
        .status
}

fn event_of(location: &str) -> &str {
    location.split("done=").nth(1).unwrap()
}

#[tokio::test]
async fn a_reply_waits_and_can_be_taken_back() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let fields = [("body", None, "Try *this*."), ("then", None, "usual")];
    let sent = company
        .send(
            company.cedar,
            &format!("/tickets/{number}/replies?view=unassigned"),
            &fields,
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(
        sent.location()
            .starts_with(&format!("/tickets/{number}?view=unassigned&done="))
    );
    assert_eq!(
        status(&company, number),
        Status::Pending,
        "the big button waits for the requester"
    );
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Try <em>this</em>.") && page.has("class=\"toast\""));
    let event = event_of(sent.location());
    let undone = company
        .post(company.cedar, &format!("/tickets/{number}/undo"), &[("event", event)])
        .await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(status(&company, number), Status::New);
    assert!(
        !company
            .get(company.cedar, &format!("/tickets/{number}"))
            .await
            .has("Try <em>this</em>.")
    );
}

#[tokio::test]
async fn a_note_leaves_the_status_alone() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let fields = [("body", None, "For us"), ("then", None, "usual")];
    company
        .send(company.cedar, &format!("/tickets/{number}/notes"), &fields)
        .await;
    assert_eq!(status(&company, number), Status::New);
    let fields = [("body", None, "Walked through it"), ("then", None, "solved")];
    company
        .send(company.cedar, &format!("/tickets/{number}/calls"), &fields)
        .await;
    assert_eq!(status(&company, number), Status::Solved);
}

#[tokio::test]
async fn an_event_of_another_ticket_cannot_be_undone_here() {
    let company = Company::new();
    let (one, two) = (
        company.open(company.payroll, "One", |_| {}),
        company.open(company.payroll, "Two", |_| {}),
    );
    let taken = company
        .post(
            company.cedar,
            &format!("/tickets/{one}/assignee"),
            &[("assignee", "me")],
        )
        .await;
    let event = event_of(taken.location()).to_string();
    let wrong = company
        .post(company.cedar, &format!("/tickets/{two}/undo"), &[("event", &event)])
        .await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let right = company
        .post(company.cedar, &format!("/tickets/{one}/undo"), &[("event", &event)])
        .await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    let twice = company
        .post(company.cedar, &format!("/tickets/{one}/undo"), &[("event", &event)])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "it says why");
    assert!(twice.has("Somebody has changed it since"));
}

#[tokio::test]
async fn a_refused_form_comes_back_whole() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let fields = [
        ("body", None, "Said <much> & more"),
        ("minutes", None, "9999"),
        ("then", None, "usual"),
    ];
    let refused = company
        .send(company.cedar, &format!("/tickets/{number}/calls"), &fields)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Give the minutes as a number from 0 to 1440."));
    assert!(
        refused.has("Said &#60;much&#62; &#38; more</textarea>"),
        "the words are kept"
    );
    assert!(
        refused.has("value=\"9999\"") && refused.has("data-kind=\"call\" data-home=\"call\""),
        "and so is the kind"
    );
    let long = "x".repeat(251);
    let refused = company
        .post(company.larch, &format!("/tickets/{number}/edit"), &[("subject", &long)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("C’est trop long. 250 caractères suffisent.") && refused.has(&long));
    assert!(refused.has("<dialog class=\"sheet\" id=\"edit\" aria-labelledby=\"edit-title\" open>"));
    assert_eq!(status(&company, number), Status::New);
}

#[tokio::test]
async fn a_ticket_walks_through_its_states() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let steps = [
        ("pend", Status::Pending),
        ("resume", Status::Open),
        ("hold", Status::OnHold),
        ("close", Status::Closed),
        ("reopen", Status::Open),
    ];
    for (what, becomes) in steps {
        let answer = company
            .post(
                company.cedar,
                &format!("/tickets/{number}/status"),
                &[("do", what), ("waiting_for", "parts")],
            )
            .await;
        assert_eq!(
            (answer.status, status(&company, number)),
            (StatusCode::SEE_OTHER, becomes),
            "{what}"
        );
        if what == "hold" {
            assert!(company.get(company.cedar, "/inbox/waiting").await.has(">parts<"));
        }
    }
    let solved = company
        .post(
            company.cedar,
            &format!("/tickets/{number}/solution"),
            &[("cause", "Dust"), ("steps", "1. Clean")],
        )
        .await;
    let page = company.get(company.cedar, solved.location()).await;
    assert!(page.has("Dust") && page.has("<li>Clean</li>") && page.has("The promise was kept."));
    let late = company
        .post(company.cedar, &format!("/tickets/{number}/status"), &[("do", "pend")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn fields_tags_links_and_watching() {
    let company = Company::new();
    let (number, other) = (
        company.open(company.payroll, "VPN drops", |_| {}),
        company.open(company.registry, "Scanner", |_| {}),
    );
    let path = |verb: &str| format!("/tickets/{number}/{verb}");
    company
        .post(
            company.cedar,
            &path("edit"),
            &[("impact", "all"), ("urgency", "high"), ("priority", "")],
        )
        .await;
    company.post(company.cedar, &path("tags"), &[("tag", "#VPN")]).await;
    company
        .post(
            company.cedar,
            &path("links"),
            &[("other", &other.to_string()), ("link", "cause")],
        )
        .await;
    company.post(company.cedar, &path("watch"), &[]).await;
    let page = company.get(company.cedar, &path("")[..path("").len() - 1]).await;
    assert!(page.has("You changed Priority from Normal to Urgent"));
    assert!(page.has("name=\"tag\" value=\"vpn\"") && page.has(&format!("Cause #{other}")) && page.has("/unwatch?"));
    let wrong = company
        .post(company.cedar, &path("edit"), &[("impact", "galaxy")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let requester = company
        .post(
            company.cedar,
            &path("assignee"),
            &[("assignee", &company.payroll.to_string())],
        )
        .await;
    assert_eq!(requester.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_given_to_a_private_team_is_gone_from_sight() {
    let company = Company::new();
    let number = company.open(company.payroll, "A private matter", |_| {});
    let given = company
        .post(
            company.cedar,
            &format!("/tickets/{number}/edit?view=unassigned"),
            &[("team", &company.private.to_string())],
        )
        .await;
    assert_eq!(
        (given.status, given.location()),
        (StatusCode::SEE_OTHER, "/inbox/unassigned")
    );
    assert_eq!(
        company.get(company.cedar, &format!("/tickets/{number}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company.get(company.larch, &format!("/tickets/{number}")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let forged = company
        .forged(company.cedar, &format!("/tickets/{number}/assignee"), "assignee=me")
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(status(&company, number), Status::New);
}
