//! Putting a ticket away on its page and in the list: what is offered, what is said, what is refused.

use axum::http::StatusCode;
use desk::clock::DAY;
use desk::tickets;

use super::company::Company;

#[tokio::test]
async fn the_page_offers_the_next_mornings_in_the_readers_language() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("id=\"snooze\"") && page.has("value=\"2026-11-18T08:00\"") && page.has("Tomorrow morning"));
    assert!(page.has("data-key=\"s\"") && page.has("title=\"Snooze (s)\""));
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(page.has("Demain matin") && page.has("La semaine prochaine"));
    assert!(company.get(company.cedar, "/me/keys/sheet").await.has("<dt>Snooze</dt><dd><kbd>s</kbd></dd>"));
}

#[tokio::test]
async fn a_snoozed_ticket_says_until_when_and_is_woken_by_one_press() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company.as_person(company.cedar, move |tx, cx| tickets::take(tx, cx, number)).unwrap();
    let row = format!("/tickets/{number}?");
    assert!(company.get(company.cedar, "/inbox/mine").await.has(&row));
    let sent = company
        .post_form(company.cedar, &format!("/tickets/{number}/snooze"), "at=2026-11-18T08%3A00")
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Snoozed until Nov 18, 2026, 08:00. The promise runs on."));
    assert!(page.has(&format!("#{number} is snoozed.")) && page.has("You snoozed it until Nov 18, 2026, 08:00"));
    assert!(!company.get(company.cedar, "/inbox/mine").await.has(&row));
    let waiting = company.get(company.cedar, "/inbox/waiting").await;
    assert!(waiting.has(&row) && waiting.has("Back Wed 08:00"));
    assert!(company.get(company.cedar, "/inbox/everyone?standing=snoozed").await.has(&row));
    let woken = company.post_form(company.cedar, &format!("/tickets/{number}/wake"), "").await;
    assert_eq!(woken.status, StatusCode::SEE_OTHER);
    assert!(company.get(company.cedar, "/inbox/mine").await.has(&row));
    let again = company.post_form(company.cedar, &format!("/tickets/{number}/wake"), "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_time_that_has_passed_is_refused_beside_its_field_and_stays_typed() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let to = format!("/tickets/{number}/snooze");
    let refused = company.post_form(company.cedar, &to, "until=2026-11-17T10%3A00").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("That time has passed. Choose a later one.") && refused.has("value=\"2026-11-17T10:00\""));
    assert!(refused.has("aria-describedby=\"snooze-until-wrong\""));
    let refused = company.post_form(company.larch, &to, "until=hier").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("Indiquez un jour et une heure."));
    let refused = company.post_form(company.cedar, &to, "until=2028-01-01T08%3A00").await;
    assert!(refused.has("That is more than a year away."));
}

#[tokio::test]
async fn the_job_brings_it_back_and_the_history_says_why() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let away = move |tx: &mut db::Write, cx: &desk::Context| tickets::snooze(tx, cx, number, cx.now.plus(DAY));
    company.as_person(company.cedar, away).unwrap();
    company.desk.clock().advance(DAY);
    desk::jobs::run_due(&company.desk).await.unwrap();
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("It came back: its time had come") && !page.has("Snoozed until Nov"));
    company.as_person(company.cedar, away).unwrap();
    let answer = tickets::Answer {
        author: company.payroll,
        channel: tickets::Channel::Portal,
        body: "Any news?".into(),
        quoted: String::new(),
        html: None,
        files: Vec::new(),
        letter: None,
        subject: String::new(),
    };
    company
        .as_person(company.payroll, move |tx, cx| tickets::receive(tx, cx, number, &answer))
        .unwrap();
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(page.has("Le billet est revenu plus tôt"));
}

#[tokio::test]
async fn several_are_put_away_from_the_list() {
    let company = Company::new();
    let first = company.open(company.payroll, "VPN drops", |_| {});
    let second = company.open(company.payroll, "A mouse squeaks", |_| {});
    let deeds = company.get(company.cedar, "/inbox/deeds").await;
    assert!(deeds.has("value=\"snooze:tomorrow\""));
    let body = format!("t={first}&t={second}&deed=snooze%3Atomorrow");
    let done = company.post_form(company.cedar, "/inbox/everyone/bulk", &body).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let list = company.get(company.cedar, "/inbox/everyone?standing=snoozed").await;
    assert!(list.has("VPN drops") && list.has("A mouse squeaks"));
}
