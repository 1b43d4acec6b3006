//! Every page in both languages and both themes: complete, safe and light.

use axum::http::StatusCode;
use desk::tickets::{self, Edit, LinkKind, NewMessage, Priority, Solution};
use desk::{PersonId, TicketNumber};

use super::company::{Answer, Company};

/// A ticket on which everything happened that a page can tell of.
fn full(company: &Company) -> TicketNumber {
    let number = company.open(company.payroll, "VPN drops every few minutes", |new| {
        new.html = Some("<p onclick=\"x()\">It <b>drops</b></p><script>x()</script>".into());
    });
    let (other, third) = (
        company.open(company.registry, "Scanner", |_| {}),
        company.open(company.payroll, "VPN again", |_| {}),
    );
    let new = NewMessage {
        body: "Third one since **client 5.2**.".into(),
        minutes: Some(6),
        ..NewMessage::default()
    };
    let larch = company.larch;
    company
        .as_person(company.cedar, move |tx, cx| {
            tickets::note(tx, cx, number, &new)?;
            tickets::log_call(tx, cx, number, &new)?;
            tickets::log_visit(tx, cx, number, &new)?;
            tickets::reply(tx, cx, number, &new)?;
            let edit = Edit {
                priority: Some(Some(Priority::High)),
                subject: Some("VPN".into()),
                ..Edit::default()
            };
            tickets::edit(tx, cx, number, &edit)?;
            tickets::assign(tx, cx, number, larch)?;
            tickets::release(tx, cx, number)?;
            tickets::take(tx, cx, number)?;
            tickets::tag(tx, cx, number, "vpn")?;
            tickets::watch(tx, cx, number)?;
            tickets::link(tx, cx, number, other, LinkKind::Related)?;
            tickets::merge(tx, cx, third, number)?;
            tickets::pend(tx, cx, number)?;
            tickets::resume(tx, cx, number)?;
            tickets::hold(tx, cx, number, "the network team")?;
            let solution = Solution {
                cause: "Power saving".into(),
                steps: "1. Off".into(),
                helped: "The log".into(),
            };
            tickets::solve(tx, cx, number, &solution)?;
            tickets::reopen(tx, cx, number)?;
            tickets::close(tx, cx, number)?;
            tickets::reopen(tx, cx, number)
        })
        .unwrap();
    number
}

pub(super) fn check(page: &Answer, path: &str, tag: &str) {
    let body = &page.body;
    assert!(
        page.has(&format!("<html lang=\"{tag}\"")) || path.contains("/people?"),
        "{path}: the language is not set"
    );
    // A key without a sentence shows between brackets.
    for piece in body.split('[').skip(1) {
        let key = piece.split(']').next().unwrap();
        let is_key = key.contains('-') && key.chars().all(|c| c.is_ascii_lowercase() || "-_".contains(c));
        assert!(!is_key, "{path} in {tag}: no sentence for {key}");
    }
    for bad in [" style=", " onclick", " onload", "<script>", "javascript:"] {
        assert!(!body.contains(bad), "{path}: {bad}");
    }
    let elements = body
        .split('<')
        .skip(1)
        .filter(|p| p.starts_with(|c: char| c.is_ascii_alphabetic()))
        .count();
    assert!(elements < 1500, "{path}: {elements} elements");
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages_and_themes() {
    let company = Company::new();
    let number = full(&company);
    for at in 0..55 {
        company.open(company.payroll, &format!("Printer {at}"), |_| {});
    }
    let ticket = format!("/tickets/{number}?view=everyone");
    let paths = [
        "/inbox/mine",
        "/inbox/unassigned",
        "/inbox/waiting",
        "/inbox/everyone",
        "/inbox/everyone?order=newest",
        "/tickets/new",
        "/tickets/new/people?q=payroll",
        &ticket,
    ];
    let people: [(PersonId, &str, bool); 2] = [(company.cedar, "en-CA", false), (company.larch, "fr-CA", true)];
    for (person, tag, dark) in people {
        for path in paths {
            let page = company.get(person, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            check(&page, path, tag);
            assert_eq!(
                page.has("data-theme=\"dark\""),
                dark && !path.contains("/people?"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn a_sentence_that_is_missing_would_be_seen() {
    let page = |body: &str| Answer {
        status: StatusCode::OK,
        headers: axum::http::HeaderMap::default(),
        body: body.into(),
    };
    let caught = |body: &'static str| {
        let page = page(body);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&page, "/", "en-CA"))).is_err()
    };
    assert!(!caught("<html lang=\"en-CA\"><p>fine [1]</p>"));
    assert!(caught("<html lang=\"en-CA\"><p>[view-mine]</p>"));
    assert!(caught("<html lang=\"en-CA\"><p style=\"color:red\">"));
    assert!(caught("<html lang=\"fr-CA\">"));
}

#[tokio::test]
async fn every_action_says_what_it_did_in_both_languages() {
    let company = Company::new();
    let number = full(&company);
    for person in [company.cedar, company.larch] {
        let page = company.get(person, &format!("/tickets/{number}?all=true")).await;
        let events = company
            .desk
            .read_now(move |r| desk::events::history(r, &[number]))
            .unwrap();
        let mine = events.into_iter().filter(|e| e.actor == Some(company.cedar));
        for event in mine.filter(|_| person == company.cedar) {
            let told = company
                .get(person, &format!("/tickets/{number}?done={}", event.id))
                .await;
            assert!(told.has("class=\"toast\""), "{:?} says nothing", event.kind);
            check(&told, "toast", "en-CA");
        }
        assert!(page.has("vpn"));
    }
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(
        page.has("Priorité\u{a0}: Normale devient Élevée, par Cedar"),
        "the history of a field in French"
    );
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("You changed Priority from Normal to High"));
    assert!(page.has("the network team"), "what a ticket waited for");
}
