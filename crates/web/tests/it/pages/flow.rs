//! Putting a ticket away on its page and in the list: what is offered, what is said, what is refused.

use axum::http::StatusCode;
use desk::clock::DAY;
use desk::tickets::{self, MessageKind};
use desk::{TicketNumber, drafts};

use super::company::{Answer, Company};

#[tokio::test]
async fn the_page_offers_the_next_mornings_in_the_readers_language() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("id=\"snooze\"") && page.has("value=\"2026-11-18T08:00\"") && page.has("Tomorrow morning"));
    assert!(page.has("data-key=\"s\"") && page.has("title=\"Snooze (s)\""));
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(page.has("Demain matin") && page.has("La semaine prochaine"));
    assert!(
        company
            .get(company.cedar, "/me/keys/sheet")
            .await
            .has("<dt>Snooze</dt><dd><kbd>s</kbd></dd>")
    );
}

#[tokio::test]
async fn a_snoozed_ticket_says_until_when_and_is_woken_by_one_press() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company
        .as_person(company.cedar, move |tx, cx| tickets::take(tx, cx, number))
        .unwrap();
    let row = format!("/tickets/{number}?");
    assert!(company.get(company.cedar, "/inbox/mine").await.has(&row));
    let sent = company
        .post_form(
            company.cedar,
            &format!("/tickets/{number}/snooze"),
            "at=2026-11-18T08%3A00",
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Snoozed until Nov 18, 2026, 08:00. The promise runs on."));
    assert!(page.has(&format!("#{number} is snoozed.")) && page.has("You snoozed it until Nov 18, 2026, 08:00"));
    assert!(!company.get(company.cedar, "/inbox/mine").await.has(&row));
    let waiting = company.get(company.cedar, "/inbox/waiting").await;
    assert!(waiting.has(&row) && waiting.has("Back Wed 08:00"));
    assert!(
        company
            .get(company.cedar, "/inbox/everyone?standing=snoozed")
            .await
            .has(&row)
    );
    let woken = company
        .post_form(company.cedar, &format!("/tickets/{number}/wake"), "")
        .await;
    assert_eq!(woken.status, StatusCode::SEE_OTHER);
    assert!(company.get(company.cedar, "/inbox/mine").await.has(&row));
    let again = company
        .post_form(company.cedar, &format!("/tickets/{number}/wake"), "")
        .await;
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

/// The composer's form, by Cedar.
async fn said(company: &Company, to: &str, fields: &[(&str, &str)]) -> Answer {
    let parts: Vec<(&str, Option<&str>, &str)> = fields.iter().map(|(name, text)| (*name, None, *text)).collect();
    company.send(company.cedar, to, &parts).await
}

fn ask_of(company: &Company) -> TicketNumber {
    company.open(company.payroll, "VPN drops", |_| {})
}

#[tokio::test]
async fn a_reply_is_planned_from_the_send_menu_and_stands_on_the_ticket() {
    let company = Company::new();
    let number = ask_of(&company);
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("name=\"at\" value=\"2026-11-18T08:00\"") && page.has("Send later"));
    let to = format!("/tickets/{number}/replies");
    let fields = [("body", "It is **mended**."), ("at", "2026-11-18T08:00"), ("until", "")];
    let sent = said(&company, &to, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Will be sent Nov 18, 2026, 08:00") && page.has("<strong>mended</strong>"));
    assert!(page.has("You planned a reply for Nov 18, 2026, 08:00") && page.has("leaves at its time."));
    assert!(page.has("planned/send") && page.has("planned/edit"));
    let theirs = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(theirs.has("Sera envoyée le 18 nov. 2026") && theirs.has("planned/cancel"));
    assert!(
        !theirs.has("planned/send") && !theirs.has("planned/edit"),
        "only its author sends it"
    );
    company.desk.clock().advance(DAY);
    desk::jobs::run_due(&company.desk).await.unwrap();
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("<strong>mended</strong>") && !page.has("Will be sent"));
}

#[tokio::test]
async fn a_time_of_ones_own_is_taken_and_never_sends_at_once() {
    let company = Company::new();
    let number = ask_of(&company);
    let to = format!("/tickets/{number}/replies");
    let at_once = [("body", "Mended."), ("then", "usual"), ("until", "2026-11-19T09:15")];
    let refused = said(&company, &to, &at_once).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("You gave a time.") && refused.has("2026-11-19T09:15") && refused.has("Mended."));
    let own = [("body", "Mended."), ("at", "own"), ("until", "2026-11-19T09:15")];
    let sent = said(&company, &to, &own).await;
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("Will be sent Nov 19, 2026, 09:15"));
    let past = [("body", "Mended."), ("at", "own"), ("until", "2026-11-01T09:15")];
    assert!(said(&company, &to, &past).await.has("That time has passed."));
    // A note has no time of its own.
    let note = [("body", "For us."), ("at", "own"), ("until", "2026-11-19T09:15")];
    let noted = said(&company, &format!("/tickets/{number}/notes"), &note).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn edited_it_is_words_in_the_composer_again_and_cancelled_it_has_an_undo() {
    let company = Company::new();
    let number = ask_of(&company);
    let plan = move |tx: &mut db::Write, cx: &desk::Context| {
        let new = tickets::NewMessage {
            body: "Mended by the morning.".into(),
            ..tickets::NewMessage::default()
        };
        Ok(tickets::plan_reply(tx, cx, number, &new, cx.now.plus(DAY))?.1)
    };
    let id = company.as_person(company.cedar, plan).unwrap();
    let form = format!("planned={id}");
    let to = |what: &str| format!("/tickets/{number}/planned/{what}");
    assert_eq!(
        company.post_form(company.larch, &to("send"), &form).await.status,
        StatusCode::NOT_FOUND
    );
    let edited = company.post_form(company.cedar, &to("edit"), &form).await;
    let (path, _) = edited.location().split_once('#').unwrap();
    let page = company.get(company.cedar, path).await;
    assert!(page.has(">Mended by the morning.</textarea>") && page.has(&format!("data-returned=\"-{id}\"")));
    assert!(!page.has("Will be sent"));
    let id = company.as_person(company.cedar, plan).unwrap();
    let cancelled = company
        .post_form(company.larch, &to("cancel"), &format!("planned={id}"))
        .await;
    let page = company.get(company.larch, cancelled.location()).await;
    assert!(page.has("est annulée.") && page.has("/undo?"));
    let again = company
        .post_form(company.larch, &to("cancel"), &format!("planned={id}"))
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let kept = company
        .as_person(company.cedar, move |tx, cx| drafts::of_ticket(tx, cx, number))
        .unwrap();
    let replies: Vec<&str> = kept
        .iter()
        .filter(|draft| draft.kind == MessageKind::Reply)
        .map(|draft| draft.body.as_str())
        .collect();
    assert_eq!(replies, ["Mended by the morning."], "its author has his words again");
}

#[tokio::test]
async fn a_held_reply_says_why_and_leaves_by_hand() {
    let company = Company::new();
    let number = ask_of(&company);
    let new = tickets::NewMessage {
        body: "Mended.".into(),
        ..tickets::NewMessage::default()
    };
    let plan =
        move |tx: &mut db::Write, cx: &desk::Context| tickets::plan_reply(tx, cx, number, &new, cx.now.plus(DAY));
    let (_, id) = company.as_person(company.cedar, plan).unwrap();
    let answer = tickets::Answer {
        author: company.payroll,
        channel: tickets::Channel::Portal,
        body: "It got worse.".into(),
        quoted: String::new(),
        html: None,
        files: Vec::new(),
        letter: None,
        subject: String::new(),
    };
    let (_, newest) = company
        .as_person(company.payroll, move |tx, cx| tickets::receive(tx, cx, number, &answer))
        .unwrap();
    company.desk.clock().advance(DAY);
    desk::jobs::run_due(&company.desk).await.unwrap();
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("Held, not sent") && page.has("Somebody wrote after you planned it."));
    let to = format!("/tickets/{number}/planned/send");
    let blind = company
        .post_form(company.cedar, &to, &format!("planned={id}&seen=0"))
        .await;
    assert_eq!(blind.status, StatusCode::CONFLICT);
    let sent = company
        .post_form(company.cedar, &to, &format!("planned={id}&seen={newest}"))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(!page.has("Held, not sent") && page.has("leaves in a moment"));
}

#[tokio::test]
async fn the_split_page_shows_what_stays_and_takes_what_is_ticked() {
    let company = Company::new();
    let number = ask_of(&company);
    let answer = tickets::Answer {
        author: company.payroll,
        channel: tickets::Channel::Portal,
        body: "And the mouse squeaks.".into(),
        quoted: String::new(),
        html: None,
        files: Vec::new(),
        letter: None,
        subject: String::new(),
    };
    let (_, second) = company
        .as_person(company.payroll, move |tx, cx| tickets::receive(tx, cx, number, &answer))
        .unwrap();
    let path = format!("/tickets/{number}/split");
    assert!(
        company
            .get(company.cedar, &format!("/tickets/{number}"))
            .await
            .has(&format!("href=\"{path}?"))
    );
    let page = company.get(company.larch, &path).await;
    assert!(page.has("Scinder en deux billets") && page.has(&format!("Reste sur #{number}")));
    assert!(page.has(&format!("name=\"m\" value=\"{second}\"")) && page.has("And the mouse squeaks."));
    let nothing = company.post_form(company.cedar, &path, "subject=A+mouse+squeaks").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.has("Tick at least one message that goes.") && nothing.has("value=\"A mouse squeaks\""));
    let ticked = company
        .post_form(company.cedar, &path, &format!("m={second}&subject="))
        .await;
    assert!(ticked.has(&format!("value=\"{second}\" checked")) && ticked.has("aria-describedby=\"subject-wrong\""));
    let body = format!("m={second}&subject=A+mouse+squeaks&requester=");
    let done = company.post_form(company.cedar, &path, &body).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let new = company.get(company.cedar, done.location()).await;
    assert!(new.has(">A mouse squeaks</h1>") && new.has("And the mouse squeaks."));
    assert!(new.has(&format!("You split this ticket off #{number}")) && new.has("Split off a ticket from"));
    assert!(
        new.has(&format!("action=\"/tickets/{number}/undo?")),
        "one press takes it back"
    );
    let old = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(!old.has("And the mouse squeaks.") && old.has("off this ticket"));
}

#[tokio::test]
async fn one_message_cannot_be_split_and_the_page_says_so() {
    let company = Company::new();
    let number = ask_of(&company);
    let page = company.get(company.cedar, &format!("/tickets/{number}/split")).await;
    assert!(page.has("There is only one message") && !page.has("name=\"m\""));
}
