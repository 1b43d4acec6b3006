//! The inbox: order, groups, chips, pages, and nothing sent twice.

use axum::http::StatusCode;
use desk::clock::{HOUR, MINUTE};
use desk::tickets::{self, Priority};

use super::company::Company;

fn at(page: &str, words: &str) -> usize {
    page.find(words)
        .unwrap_or_else(|| panic!("{words:?} is not on the page"))
}

#[tokio::test]
async fn what_needs_me_stands_first_and_says_how_late() {
    let company = Company::new();
    let urgent = |new: &mut tickets::NewTicket| new.priority = Some(Priority::Urgent);
    let low = |new: &mut tickets::NewTicket| new.priority = Some(Priority::Low);
    let later = company.open(company.payroll, "New starter on Monday", low);
    company.open(company.registry, "Label printer prints blank", urgent);
    // Read, so that only the hour decides where it stands.
    company
        .as_person(company.cedar, move |tx, cx| tickets::mark_read(tx, cx, later))
        .unwrap();
    company.desk.clock().advance(HOUR + 12 * MINUTE);
    let page = company.get(company.cedar, "/inbox/unassigned").await;
    assert_eq!(page.status, StatusCode::OK);
    let (now, printer) = (
        at(&page.body, "Needs you now"),
        at(&page.body, "Label printer prints blank"),
    );
    let (group, starter) = (at(&page.body, ">Later<"), at(&page.body, "New starter on Monday"));
    assert!(now < printer && printer < group && group < starter);
    assert!(page.has("12\u{a0}min late"));
    assert_eq!(
        page.body.matches("tk is-new").count(),
        1,
        "only the one nobody read is new"
    );
}

#[tokio::test]
async fn pages_follow_each_other_and_lose_nobody() {
    let company = Company::new();
    for number in 0..53 {
        company.open(company.payroll, &format!("Printer {number:02}."), |_| {});
    }
    let first = company.get(company.cedar, "/inbox/unassigned").await;
    let link = first
        .body
        .split("href=\"")
        .filter_map(|p| p.split('"').next())
        .find(|h| h.contains("after="));
    let second = company.get(company.cedar, &link.unwrap().replace("&amp;", "&")).await;
    for number in 0..53 {
        let words = format!("Printer {number:02}.");
        assert_ne!(first.has(&words), second.has(&words), "{words} stands on one page");
    }
    let wrong = company.get(company.cedar, "/inbox/unassigned?after=x").await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_empty_inbox_says_so_and_points_on() {
    let company = Company::new();
    company.open(company.payroll, "VPN drops", |_| {});
    let page = company.get(company.cedar, "/inbox/mine").await;
    assert!(page.has("Nothing needs you.") && page.has("href=\"/inbox/unassigned\">See the one unassigned"));
    let whole = company.get(company.cedar, "/inbox").await;
    assert_eq!((whole.status, whole.location()), (StatusCode::SEE_OTHER, "/inbox/mine"));
    assert_eq!(
        company.get(company.cedar, "/inbox/nothing").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company.get(company.payroll, "/inbox/mine").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_private_ticket_is_in_no_list_and_no_count_of_others() {
    let company = Company::new();
    let team = company.private;
    company.open(company.payroll, "A private matter", move |new| new.team = Some(team));
    let others = company.get(company.cedar, "/inbox/everyone").await;
    assert!(!others.has("A private matter") && others.has("aria-label=\"0 tickets\""));
    assert!(!others.has("aria-label=\"1 ticket\""));
    let member = company.get(company.larch, "/inbox/everyone").await;
    assert!(member.has("A private matter") && member.has("aria-label=\"1 billet\""));
}
