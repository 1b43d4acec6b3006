//! The log of changes on its pages: one line, a plan, its approval and its end, the calendar, and what a ticket is told.

use axum::http::StatusCode;
use desk::changes::{self, NewChange, Risk};
use desk::clock::HOUR;
use desk::people::{self, NewPerson};
use desk::services::{self, NewService};
use desk::words::Both;
use desk::{ChangeNumber, ServiceId};

use super::company::{Company, NOW};

pub(super) fn service(company: &Company, en: &str, fr: &str) -> ServiceId {
    let new = NewService {
        name: Both::new(en, fr),
        shown: true,
        ..NewService::default()
    };
    company
        .as_person(company.admin, move |tx, cx| services::add(tx, cx, &new))
        .unwrap()
}

fn planned(company: &Company, title: &str, risk: Risk, services: Vec<ServiceId>) -> ChangeNumber {
    let new = NewChange {
        title: title.into(),
        risk: Some(risk),
        back_out: "Load the old ones.".into(),
        begins_at: Some(NOW.plus(HOUR)),
        ends_at: Some(NOW.plus(3 * HOUR)),
        services,
        ..NewChange::default()
    };
    company
        .as_person(company.cedar, move |tx, cx| changes::open(tx, cx, &new))
        .unwrap()
        .number
}

#[tokio::test]
async fn a_small_change_is_one_line_and_is_taken_back() {
    let company = Company::new();
    let empty = company.get(company.cedar, "/changes").await;
    assert!(empty.has("Write the first change above"));
    let fields = [("title", "Updated the driver <b>"), ("devices", "LT-04, PRN-2")];
    let kept = company.post(company.cedar, "/changes", &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let next = kept.location().to_string();
    let page = company.get(company.cedar, &next).await;
    assert!(page.has("C-1</a>") && page.has("Updated the driver &#60;b&#62;") && page.has("LT-04, PRN-2"));
    let event = next.split("done=").nth(1).unwrap().to_string();
    assert!(page.has(&format!("name=\"event\" value=\"{event}\"")));
    let french = company.get(company.larch, "/changes").await;
    assert!(french.has("Changements") && french.has("Fait"));
    let undone = company.post(company.cedar, "/changes/undo", &[("event", &event)]).await;
    assert_eq!(undone.location(), "/changes");
    assert!(!company.get(company.cedar, "/changes").await.has("Updated the driver"));
}

#[tokio::test]
async fn what_is_refused_comes_back_with_everything_typed() {
    let company = Company::new();
    let page = company
        .post(company.cedar, "/changes", &[("title", " "), ("devices", "LT-04")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("href=\"#title\"") && page.has("value=\"LT-04\"") && page.has("Write something here."));
    let fields = [
        ("title", "Firewall"),
        ("begins_at", "soon"),
        ("back_out", "Load the old ones."),
        ("owner", ""),
        ("risk", "medium"),
    ];
    let page = company.post(company.cedar, "/changes/new", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Give a day and a time.") && page.has("Load the old ones.</textarea>"));
    assert!(page.has("<option value=\"medium\" selected>"));
}

#[tokio::test]
async fn a_plan_is_approved_by_another_carried_out_and_linked_with_its_tickets() {
    let company = Company::new();
    let mail = service(&company, "Mail", "Courriel");
    let ticket = company.open(company.payroll, "Mail is slow", |_| ());
    let form = company
        .get(company.cedar, &format!("/changes/new?ticket={ticket}"))
        .await;
    assert!(form.has(&format!("name=\"ticket\" value=\"{ticket}\"")));
    let body = format!(
        "title=New+filters&risk=medium&back_out=The+old+ones.&begins_at=2026-11-18T18:00&ends_at=2026-11-18T19:00\
         &owner={}&services={mail}&notice_en=Short+pauses.&ticket={ticket}",
        company.cedar
    );
    let made = company.post_form(company.cedar, "/changes/new", &body).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let page = company.get(company.cedar, "/changes/1").await;
    assert!(page.has("C-1 New filters") && page.has("Mail") && page.has(&format!("#{ticket} Mail is slow")));
    let deed = |who, word: &'static str| {
        let company = &company;
        async move {
            company
                .post(who, "/changes/1/deed", &[("deed", word), ("decision", "Go on.")])
                .await
        }
    };
    let early = deed(company.cedar, "start").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.has("another person approves it first"));
    assert_eq!(deed(company.cedar, "ask").await.status, StatusCode::SEE_OTHER);
    assert!(!company.get(company.cedar, "/changes/1").await.has("value=\"approve\""));
    assert!(company.get(company.larch, "/changes/1").await.has("value=\"approve\""));
    let waiting = company.get(company.larch, "/changes?which=waiting").await;
    assert!(waiting.has("New filters"));
    for (who, word) in [
        (company.larch, "approve"),
        (company.cedar, "start"),
        (company.cedar, "done"),
    ] {
        assert_eq!(deed(who, word).await.status, StatusCode::SEE_OTHER, "{word}");
    }
    let page = company.get(company.larch, "/changes/1").await;
    assert!(page.has("Fait") && page.has("Go on.") && page.has("Larch"));
    let edit = company.get(company.cedar, "/changes/1/edit").await;
    assert!(edit.has("value=\"2026-11-18T18:00\"") && edit.has(&format!("<option value=\"{mail}\" selected>")));
}

#[tokio::test]
async fn the_calendar_marks_what_meets_on_one_service() {
    let company = Company::new();
    let mail = service(&company, "Mail", "Courriel");
    let one = planned(&company, "Certificates", Risk::Low, vec![mail]);
    let two = planned(&company, "Filters", Risk::Low, vec![mail]);
    let page = company.get(company.cedar, "/changes/calendar").await;
    assert!(page.has(&format!("same service: {}", one.shown())));
    assert!(page.has(&format!("same service: {}", two.shown())));
    assert!(page.has("calendar?day=2026-11-09") && page.has("calendar?day=2026-11-23"));
    let next = company.get(company.cedar, "/changes/calendar?day=2026-11-25").await;
    assert!(!next.has("Certificates") && next.has("No change that day."));
    let odd = company.get(company.cedar, "/changes/calendar?day=never").await;
    assert_eq!(odd.status, StatusCode::OK);
}

#[tokio::test]
async fn the_page_of_a_ticket_says_what_changed_before_it() {
    let company = Company::new();
    let new = NewChange {
        title: "Updated the driver".into(),
        devices: vec!["LT-04".into()],
        ..NewChange::default()
    };
    company
        .as_person(company.cedar, move |tx, cx| {
            changes::log(tx, cx, &new, Some(NOW.plus(-5 * HOUR)))
        })
        .unwrap();
    let ticket = company.open(company.payroll, "LT-04 prints nothing", |_| ());
    let page = company.get(company.cedar, &format!("/tickets/{ticket}")).await;
    assert!(page.has(&format!("src=\"/tickets/{ticket}/before\" loading=\"lazy\"")));
    let part = company.get(company.cedar, &format!("/tickets/{ticket}/before")).await;
    assert!(part.has(&format!("<turbo-frame id=\"before-{ticket}\"")));
    assert!(part.has("Updated the driver") && part.has("5 hours before") && part.has("same device"));
    let other = company.open(company.registry, "No sound", |_| ());
    let none = company.get(company.cedar, &format!("/tickets/{other}/before")).await;
    assert!(!none.has("Updated the driver") && none.has("Nothing in the 48 hours before"));
}

#[tokio::test]
async fn the_rule_of_the_house_is_the_administrators() {
    let company = Company::new();
    assert!(!company.get(company.cedar, "/changes").await.has("/changes/rule"));
    assert!(company.get(company.admin, "/changes").await.has("/changes/rule"));
    let set = |who| {
        let company = &company;
        async move {
            company
                .post(who, "/changes/rule", &[("approval", "never")])
                .await
                .status
        }
    };
    assert_eq!(set(company.cedar).await, StatusCode::NOT_FOUND);
    assert_eq!(set(company.admin).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_catalogue_is_kept_by_administrators_and_read_by_the_desk() {
    let company = Company::new();
    assert!(
        company
            .get(company.cedar, "/services")
            .await
            .has("No service is listed yet.")
    );
    let fields = [
        ("name_en", "Mail"),
        ("name_fr", ""),
        ("documents", "Manual https://docs.example.org/mail"),
        ("owner", ""),
        ("team", ""),
        ("shown", "yes"),
    ];
    let refused = company.post(company.admin, "/services", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("href=\"#name_fr\"") && refused.has("Manual https://docs.example.org/mail</textarea>"));
    let whole = fields.map(|(name, text)| (name, if name == "name_fr" { "Courriel" } else { text }));
    assert_eq!(
        company.post(company.cedar, "/services", &whole).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company.post(company.admin, "/services", &whole).await.location(),
        "/services"
    );
    let page = company.get(company.larch, "/services").await;
    assert!(page.has("Courriel") && page.has("En marche") && page.has("href=\"https://docs.example.org/mail\""));
    assert!(!page.has("/services/1/edit"));
    let retired = company.post(company.admin, "/services/1/retire", &[]).await;
    assert!(!company.get(company.larch, "/services").await.has("En marche"));
    let event = retired.location().split("done=").nth(1).unwrap().to_string();
    company
        .post(company.admin, "/services/undo", &[("event", &event)])
        .await;
    assert!(company.get(company.larch, "/services").await.has("En marche"));
}

#[tokio::test]
async fn a_change_of_high_risk_is_offered_to_a_supervisor_alone() {
    let company = Company::new();
    let new = NewPerson::new("Spruce", "spruce@desk.example", desk::access::Role::Supervisor);
    let spruce = company
        .as_person(company.admin, move |tx, cx| people::add(tx, cx, &new))
        .unwrap();
    let number = planned(&company, "Core switch", Risk::High, vec![]);
    let path = format!("/changes/{number}/deed");
    company.post(company.cedar, &path, &[("deed", "ask")]).await;
    let page = format!("/changes/{number}");
    assert!(!company.get(company.larch, &page).await.has("value=\"approve\""));
    assert!(company.get(spruce, &page).await.has("value=\"approve\""));
    let refused = company
        .post(company.larch, &path, &[("deed", "approve"), ("decision", "")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let without = company
        .post(spruce, &path, &[("deed", "refuse"), ("decision", "")])
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "a refusal has words");
}
