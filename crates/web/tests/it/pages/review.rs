//! Reviews on pages: a junior's reply is handed in, sent back, changed, approved and undone; who sees what of it.

use axum::http::StatusCode;
use desk::people::{self, Level};
use desk::reviews::{self, NewRule, What};
use desk::tickets::{self, Solution};

use super::company::Company;

fn supervised(company: &Company, what: What) {
    let junior = company.cedar;
    company
        .as_person(company.admin, move |tx, cx| {
            people::set_level(tx, cx, junior, Some(Level::Basic))?;
            let rule = NewRule {
                level: Some(Level::Basic),
                person: None,
                what,
                topic: None,
                reviewer: None,
            };
            reviews::add_rule(tx, cx, &rule)
        })
        .unwrap();
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.split(&mark).nth(1).expect("the field is there");
    rest.split('"').next().unwrap().to_string()
}

async fn handed_in(company: &Company, words: &str) -> (i64, String) {
    let number = company.open(company.payroll, "No printing", |_| ()).0;
    let reply = [("body", None, words), ("then", None, "usual")];
    let sent = company
        .send(company.cedar, &format!("/tickets/{number}/replies?view=mine"), &reply)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Handed in for a review.") && page.has("Waiting for a review by the team"));
    let link = page.body.split("href=\"/team/review/").nth(1).expect("a link to it");
    (number, format!("/team/review/{}", link.split('"').next().unwrap()))
}

async fn deed(company: &Company, who: desk::PersonId, path: &str, fields: &[(&str, &str)]) -> super::company::Answer {
    let page = company.get(who, path).await;
    let (revision, at) = (hidden(&page.body, "revision"), hidden(&page.body, "ticket_at"));
    let mut all = vec![("revision", revision.as_str()), ("ticket_at", at.as_str())];
    all.extend(fields);
    company.post(who, &format!("{path}/deed"), &all).await
}

#[tokio::test]
async fn a_juniors_reply_goes_back_once_and_is_sent_by_a_key() {
    let company = Company::new();
    supervised(&company, What::Reply);
    let (number, path) = handed_in(&company, "Tray is filled.").await;
    let list = company.get(company.admin, "/team/review").await;
    assert!(list.has("Reply of Cedar") && list.has("Your turn") && list.has("1 review waits for you"));
    let page = company.get(company.admin, &path).await;
    assert!(page.has("data-key=\"y\"") && page.has("Tray is filled.") && !page.has("Versions"));
    let mute = deed(&company, company.admin, &path, &[("deed", "back"), ("reason", " ")]).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mute.has("id=\"reason-help\"") && mute.has("aria-invalid"));
    let back = [("deed", "back"), ("reason", "Say which tray.")];
    assert_eq!(
        deed(&company, company.admin, &path, &back).await.status,
        StatusCode::SEE_OTHER
    );
    let mine = company.get(company.cedar, &path).await;
    assert!(mine.has("Say which tray.") && mine.has("Sent back by Office") && !mine.has("data-key=\"y\""));
    let again = [("deed", "again"), ("body", "Tray two is filled.")];
    deed(&company, company.cedar, &path, &again).await;
    let page = company.get(company.admin, &path).await;
    assert!(
        page.has("<ins>") && page.has("Tray two is filled."),
        "the difference is shown"
    );
    let yes = [("deed", "approve"), ("body", "Tray two is filled.")];
    let sent = deed(&company, company.admin, &path, &yes).await;
    assert!(sent.location().starts_with("/team/review?done="), "{}", sent.body);
    let ticket = company.get(company.payroll, &format!("/en/requests/{number}")).await;
    assert!(ticket.has("Tray two is filled."));
    let told = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(told.has("Office approved what you wrote"), "{}", told.body);
    let list = company.get(company.admin, sent.location()).await;
    assert!(list.has("Nothing waits for a review.") && list.has(&format!("action=\"{path}/undo\"")));
    let event = hidden(&list.body, "event");
    let undone = company
        .post(company.admin, &format!("{path}/undo"), &[("event", &event)])
        .await;
    assert_eq!(undone.location(), path);
    let ticket = company.get(company.payroll, &format!("/en/requests/{number}")).await;
    assert!(!ticket.has("Tray two is filled."), "taken back while its letter waited");
}

#[tokio::test]
async fn nobody_else_sees_what_was_not_sent() {
    let company = Company::new();
    supervised(&company, What::Reply);
    let (number, path) = handed_in(&company, "A secret tray.").await;
    for who in [company.larch, company.payroll, company.registry] {
        let page = company.get(who, &path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        let yes = [
            ("deed", "approve"),
            ("revision", "0"),
            ("ticket_at", "0"),
            ("body", "x"),
        ];
        let sent = company.post(who, &format!("{path}/deed"), &yes).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        let undo = company.post(who, &format!("{path}/undo"), &[("event", "1")]).await;
        assert_eq!(undo.status, StatusCode::NOT_FOUND);
    }
    let portal = company.get(company.payroll, &format!("/en/requests/{number}")).await;
    assert!(portal.has("No printing") && !portal.has("secret tray"));
    let colleague = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(colleague.has("No printing") && !colleague.has("secret tray") && !colleague.has("/team/review/"));
    assert!(!company.get(company.larch, "/team/review").await.has("A secret"));
    let own = company.get(company.cedar, &path).await;
    assert!(own.has("A secret tray."), "the control");
}

#[tokio::test]
async fn a_stale_yes_is_stopped_and_keeps_what_was_typed() {
    let company = Company::new();
    supervised(&company, What::Reply);
    let (_, path) = handed_in(&company, "Done.").await;
    let page = company.get(company.admin, &path).await;
    let (revision, at) = (hidden(&page.body, "revision"), hidden(&page.body, "ticket_at"));
    deed(
        &company,
        company.cedar,
        &path,
        &[("deed", "again"), ("body", "Done now.")],
    )
    .await;
    let old = [
        ("deed", "approve"),
        ("revision", revision.as_str()),
        ("ticket_at", at.as_str()),
        ("body", "My own words."),
    ];
    let stopped = company.post(company.admin, &format!("{path}/deed"), &old).await;
    assert_eq!(stopped.status, StatusCode::CONFLICT);
    assert!(stopped.has("My own words.") && stopped.has("changed while you read"));
}

#[tokio::test]
async fn the_rules_are_made_taken_away_and_had_back() {
    let company = Company::new();
    assert_eq!(
        company.get(company.cedar, "/team/review/rules").await.status,
        StatusCode::NOT_FOUND
    );
    let empty = company.get(company.admin, "/team/review/rules").await;
    assert!(empty.has("No rule yet"));
    let cedar = format!("p{}", company.cedar);
    let himself = company.cedar.to_string();
    let wrong = [
        ("who", cedar.as_str()),
        ("what", "reply"),
        ("topic", ""),
        ("reviewer", &himself),
    ];
    let refused = company.post(company.admin, "/team/review/rules", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("would read their own words") && refused.has(&format!("value=\"{cedar}\" selected")));
    let right = [("who", "l1"), ("what", "reply"), ("topic", ""), ("reviewer", &himself)];
    let made = company.post(company.admin, "/team/review/rules", &right).await;
    let page = company.get(company.admin, made.location()).await;
    assert!(
        page.has("Everybody up to level 1") && page.has("Read by Cedar"),
        "{}",
        page.body
    );
    let id = page.body.split("name=\"remove\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_string();
    let gone = company
        .post(company.admin, "/team/review/rules", &[("remove", &id)])
        .await;
    let page = company.get(company.admin, gone.location()).await;
    assert!(page.has("No rule yet"));
    let event = hidden(&page.body, "event");
    company
        .post(company.admin, "/team/review/rules/undo", &[("event", &event)])
        .await;
    assert!(
        company
            .get(company.admin, "/team/review/rules")
            .await
            .has("Read by Cedar")
    );
}

#[tokio::test]
async fn a_level_stands_on_the_page_of_whoever_may_know_it() {
    let company = Company::new();
    let path = format!("/people/{}", company.cedar);
    let set = company
        .post(company.admin, &format!("{path}/level"), &[("level", "1")])
        .await;
    assert!(set.location().starts_with(&format!("{path}?level=")));
    let page = company.get(company.admin, set.location()).await;
    assert!(page.has("under supervision") && page.has("The level is set."));
    assert!(company.get(company.cedar, &path).await.has("<dd>1, basic"), "his own");
    let other = company.get(company.larch, &path).await;
    assert!(other.status == StatusCode::OK && !other.has("supervision") && !other.has("Niveau"));
    let event = hidden(&page.body, "event");
    let undone = company
        .post(company.admin, &format!("{path}/level/undo"), &[("event", &event)])
        .await;
    assert_eq!(undone.location(), path);
    assert!(!company.get(company.cedar, &path).await.has("<dd>1, basic"));
    let odd = company
        .post(company.admin, &format!("{path}/level"), &[("level", "9")])
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_french_senior_reads_a_solution_in_french() {
    let company = Company::new();
    supervised(&company, What::Solution);
    let larch = company.larch;
    company
        .as_person(company.admin, move |tx, cx| {
            people::set_level(tx, cx, larch, Some(Level::Advanced))
        })
        .unwrap();
    let number = company.open(company.payroll, "No printing", |_| ());
    let solution = Solution {
        steps: "Fill the tray.".into(),
        ..Solution::default()
    };
    let handed = company
        .as_person(company.cedar, move |tx, cx| reviews::solve(tx, cx, number, &solution))
        .unwrap();
    let page = company
        .get(company.larch, &format!("/team/review/{}", handed.review.unwrap()))
        .await;
    assert!(page.has("Solution de Cedar") && page.has("name=\"steps\"") && page.has("Approuver et envoyer"));
    let shown = company
        .as_person(company.cedar, move |tx, cx| tickets::find_visible(tx, cx, number))
        .unwrap();
    assert_ne!(shown.status, tickets::Status::Solved);
}
