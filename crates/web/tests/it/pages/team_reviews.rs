//! Reviews as pages: a lead picks and fills, the person reads, and to everybody else they are not there.

use axum::http::StatusCode;
use desk::access::Role;
use desk::people::{self, NewPerson};
use desk::tickets::{self, Solution};
use desk::{PersonId, TicketNumber, teams};

use super::company::Company;

/// A lead of the private team, and a ticket of it that Larch solved.
fn led(company: &Company) -> (PersonId, TicketNumber) {
    let private = company.private;
    let lead = company
        .as_person(company.admin, move |tx, cx| {
            let lead = people::add(
                tx,
                cx,
                &NewPerson::new("Tamarack", "tamarack@desk.example", Role::Supervisor),
            )?;
            teams::join(tx, cx, private, lead)?;
            teams::lead(tx, cx, private, lead, true)?;
            Ok(lead)
        })
        .unwrap();
    let number = company.open(company.payroll, "Payslip", |new| new.team = Some(private));
    company
        .as_person(company.larch, move |tx, cx| {
            tickets::solve(tx, cx, number, &Solution::default())
        })
        .unwrap();
    (lead, number)
}

const ALL: [(&str, &str); 6] = [
    ("understood", "yes"),
    ("right", "yes"),
    ("plain", "partly"),
    ("recorded", "no"),
    ("kept", "none"),
    ("words", "Write the cause down."),
];

#[tokio::test]
async fn a_lead_fills_what_the_person_reads_and_nobody_else_finds() {
    let company = Company::new();
    let (lead, number) = led(&company);
    let picked = company
        .post(lead, "/team/qa/pick", &[("ticket", &number.to_string())])
        .await;
    assert_eq!(picked.status, StatusCode::SEE_OTHER, "{}", picked.body);
    let path = picked.location().to_string();
    assert_eq!(
        company.get(company.larch, &path).await.status,
        StatusCode::NOT_FOUND,
        "not filled yet"
    );
    let half = company
        .post(lead, &path, &[("understood", "yes"), ("words", "Half a word")])
        .await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        half.has("value=\"yes\" checked") && half.has("Half a word"),
        "what was typed stays: {}",
        half.body
    );
    assert!(half.has("href=\"#right\"") && !half.has("href=\"#understood\""));
    assert_eq!(company.post(lead, &path, &ALL).await.status, StatusCode::SEE_OTHER);
    let read = company.get(company.larch, &path).await;
    assert!(
        read.has("Write the cause down.") && read.has("En partie"),
        "{}",
        read.body
    );
    assert!(!read.has("<form class=\"form card"), "he reads and does not fill");
    assert!(company.get(company.larch, "/team/qa").await.has(&path));
    for who in [company.admin, company.cedar, company.payroll] {
        assert_eq!(company.get(who, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(company.post(who, &path, &ALL).await.status, StatusCode::NOT_FOUND);
    }
    let admin = company.get(company.admin, "/team/qa").await;
    assert!(
        admin.status == StatusCode::OK && !admin.has(&path),
        "nor is it in a list"
    );
}

#[tokio::test]
async fn what_is_put_aside_comes_back_and_a_rule_that_was_ended_too() {
    let company = Company::new();
    let (lead, number) = led(&company);
    let picked = company
        .post(lead, "/team/qa/pick", &[("ticket", &number.to_string())])
        .await;
    let path = picked.location().to_string();
    let dropped = company.post(lead, &format!("{path}/drop"), &[]).await;
    let toast = company.get(lead, dropped.location()).await;
    assert!(toast.has(&format!("action=\"{path}/restore\"")) && toast.has("data-controller=\"undo\""));
    company.post(lead, &format!("{path}/restore"), &[]).await;
    assert!(company.get(lead, &path).await.has("name=\"understood\""));
    let team = company.private.to_string();
    let wrong = company
        .post(
            lead,
            "/team/qa/rules",
            &[("team", &team), ("how", "weekly"), ("many", "99")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.has("value=\"99\"") && wrong.has("value=\"weekly\" selected"),
        "{}",
        wrong.body
    );
    let right = [("team", team.as_str()), ("how", "weekly"), ("many", "2")];
    assert_eq!(
        company.post(lead, "/team/qa/rules", &right).await.status,
        StatusCode::SEE_OTHER
    );
    let page = company.get(lead, "/team/qa").await;
    assert!(page.has("2 a week for each person"), "{}", page.body);
    let ended = company.post(lead, "/team/qa/rules/1/end", &[]).await;
    let toast = company.get(lead, ended.location()).await;
    assert!(
        !toast.has("2 a week for each person") && toast.has("action=\"/team/qa/rules/1/resume\""),
        "{}",
        toast.body
    );
    company.post(lead, "/team/qa/rules/1/resume", &[]).await;
    assert!(company.get(lead, "/team/qa").await.has("2 a week for each person"));
}
