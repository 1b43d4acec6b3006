//! A mailbox with a server of its own for sending: signed in to with a password or with what its provider granted, told
//! when it does not let us in, and never at the price of a letter.

use std::time::Duration;

use desk::access::Role;
use desk::clock::{DAY, SECOND};
use desk::mailboxes::sending::{self, Sending, SendingFields, SignsInWith};
use desk::mailboxes::sources::{self, Fault, Protection};
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{Carrier, Runner};
use desk::*;
use mail::outbound::{Relay, Roots, Tls};
use testmail::Submission;

use super::connecting::{Provider, desk_with, finish, state_for};
use super::desk::{SUPPORT, TestDesk, each};

fn way(port: u16, secret: &str) -> SendingFields {
    SendingFields {
        host: "127.0.0.1".into(),
        port: Some(i64::from(port)),
        protection: Protection::None,
        sign_in: SignsInWith::Password,
        user_name: SUPPORT.into(),
        secret: secret.into(),
    }
}

fn set(d: &TestDesk, admin: PersonId, fields: SendingFields) {
    let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
    d.write(move |tx| sending::set(tx, &cx, &vault, MailboxId(1), &fields));
}

fn state(d: &TestDesk, admin: PersonId) -> Sending {
    let cx = d.as_person(admin);
    d.read(move |r| sending::find(r, &cx, MailboxId(1))).unwrap()
}

fn alarm(d: &TestDesk, admin: PersonId) -> Option<Alarm> {
    let cx = d.as_person(admin);
    let all = d.read(move |r| watch::alarms(r, &cx));
    all.into_iter().next().map(|(_, alarm)| alarm)
}

fn relay(port: u16) -> Carrier {
    Carrier::Relay(Relay {
        host: "127.0.0.1".to_string(),
        port,
        tls: Tls::None,
        login: None,
        roots: Roots::default(),
        hello_name: "localhost".to_string(),
        timeout: Duration::from_secs(20),
        patience: Duration::from_secs(20),
    })
}

/// The runner works until this query gives the number.
fn runs(d: &TestDesk, carrier: Option<Carrier>, sql: &'static str, wanted: i64) {
    d.advance(10 * SECOND);
    let runner = Runner::new(d.desk.clone(), carrier);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    d.wait(async {
        let running = tokio::spawn(runner.run(stopped));
        super::moving::until(d, sql, wanted).await;
        stop.send(true).unwrap();
        running.await.unwrap();
    });
}

const SENT: &str = "SELECT count(*) FROM outgoing WHERE state = 'sent'";
const WAITS: &str = "SELECT count(*) FROM outgoing WHERE state = 'waiting' AND words LIKE '%535%'";

#[test]
fn a_mailbox_hands_its_letters_to_its_own_server_and_the_others_to_the_desks() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        d.mailbox(&desk::mailboxes::MailboxFields::new("sales@desk.example"));
        let (own, desks) = (
            Submission::start(&["quiet rivers"]).unwrap(),
            Submission::start(&[]).unwrap(),
        );
        set(d, admin, way(own.port, "quiet rivers"));
        let sealed = state(d, admin).secret.unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"quiet"), "the password is sealed");
        d.writes("ana@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        d.writes(
            "bo@requester.example",
            "sales@desk.example",
            "Subject: Order",
            "Two of them.",
        );
        runs(d, Some(relay(desks.port)), SENT, 2);
        let (own, desks) = (own.letters(), desks.letters());
        assert_eq!((own.len(), desks.len()), (1, 1));
        assert_eq!(own[0].signed_in, format!(" {SUPPORT} quiet rivers"));
        assert_eq!(
            (own[0].from.as_str(), own[0].to.as_str()),
            (SUPPORT, "ana@requester.example")
        );
        assert_eq!(
            (desks[0].from.as_str(), desks[0].signed_in.as_str()),
            ("", ""),
            "nobody is answered"
        );
        assert!(state(d, admin).well_at.is_some());
    });
}

#[test]
fn without_a_server_of_the_desk_only_that_mailboxs_letters_leave() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        d.mailbox(&desk::mailboxes::MailboxFields::new("sales@desk.example"));
        let own = Submission::start(&["quiet rivers"]).unwrap();
        set(d, admin, way(own.port, "quiet rivers"));
        d.writes("ana@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        d.writes(
            "bo@requester.example",
            "sales@desk.example",
            "Subject: Order",
            "Two of them.",
        );
        runs(d, None, SENT, 1);
        let waits = "SELECT count(*) FROM job WHERE kind = 'send_letter' AND attempts = 0";
        assert_eq!((own.letters().len(), d.count(waits)), (1, 1));
    });
}

#[test]
fn a_closed_door_is_told_and_the_letters_wait_until_it_opens() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let server = Submission::start(&["new word"]).unwrap();
        set(d, admin, way(server.port, "old word"));
        d.writes("ana@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        runs(d, None, WAITS, 1);
        assert!(server.refused()[0].contains("old word") && server.letters().is_empty());
        let old = state(d, admin);
        assert_eq!(
            (old.fault, alarm(d, admin)),
            (Some(Fault::SignIn), Some(Alarm::Sending))
        );
        assert!(old.words.contains("535"), "{}", old.words);
        // Far longer than a letter is tried that others refuse.
        d.advance(9 * DAY);
        let refused = i64::try_from(server.refused().len()).unwrap();
        runs(d, None, "SELECT attempts FROM outgoing", refused + 1);
        assert_eq!(d.count(WAITS), 1, "it is not given up");

        set(d, admin, way(server.port, "new word"));
        assert_eq!(alarm(d, admin), None);
        // What an attempt under the old password says comes late.
        let now = d.desk.now();
        let late = |way: Sending| d.write(move |tx| sending::failed(tx, &way, now, Fault::SignIn, "535 late"));
        late(old);
        assert_eq!(state(d, admin).words, "");
        // The control: under these settings it counts.
        late(state(d, admin));
        assert_eq!(state(d, admin).words, "535 late");
        runs(d, None, SENT, 1);
        assert_eq!(server.letters().len(), 1, "once");
        assert_eq!(state(d, admin).failing_since, None);
    });
}

#[test]
fn a_mailbox_of_a_provider_sends_with_the_token_it_renews() {
    let provider = Provider::answering(vec![
        (
            "200 OK",
            r#"{"access_token":"at-1","expires_in":3600,"refresh_token":"rt-1"}"#,
        ),
        ("200 OK", r#"{"access_token":"at-2","expires_in":3600}"#),
        (
            "200 OK",
            r#"{"access_token":"at-3","expires_in":3600,"refresh_token":"rt-3"}"#,
        ),
    ]);
    let server = Submission::start(&["Bearer at-3"]).unwrap();
    let (d, admin) = desk_with(&provider, 1);
    set(
        &d,
        admin,
        SendingFields {
            sign_in: SignsInWith::Connected,
            secret: String::new(),
            ..way(server.port, "")
        },
    );
    let state_word = state_for(&d, admin);
    finish(&d, admin, &state_word).unwrap();
    d.writes("ana@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
    d.writes("bo@requester.example", SUPPORT, "Subject: Screen", "It is dark.");
    runs(&d, None, SENT, 2);
    let letters = server.letters();
    assert_eq!(
        (letters.len(), provider.asked().len()),
        (2, 3),
        "both with one new token"
    );
    assert_eq!(letters[0].signed_in.trim(), format!("user={SUPPORT} auth=Bearer at-3"));
    assert!(
        server.refused()[0].contains("at-2"),
        "what was not taken was renewed at once"
    );
    assert!(
        provider.asked()[2].contains("refresh_token=rt-1"),
        "{:?}",
        provider.asked()
    );
    assert_eq!(alarm(&d, admin), None);
    let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
    let source = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
    assert_eq!(sources::Grant::of(&vault, &source).unwrap().refresh_token, "rt-3");
}

#[test]
fn microsoft_is_asked_for_sending_only_where_it_is_used() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
        let fields = sources::SourceFields {
            sign_in: sources::SignIn::Microsoft,
            client: "our-application".into(),
            ..sources::SourceFields::new("outlook.office365.com", SUPPORT, "our-secret")
        };
        d.write(move |tx| sources::set(tx, &cx, &vault, MailboxId(1), &fields));
        let asked = || {
            let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
            d.read(move |r| {
                let source = sources::find(r, &cx, MailboxId(1))?.ok_or(Error::NotFound)?;
                desk::mailboxes::connecting::consent(r, &cx, &vault, &source)
            })
        };
        assert!(!asked().contains("SMTP.Send"));
        let cx = d.as_person(admin);
        let usual = d.read(move |r| {
            let mailbox = desk::mailboxes::boxes::find(r, MailboxId(1))?;
            let source = sources::find(r, &cx, MailboxId(1))?;
            Ok(SendingFields::usual(&mailbox, source.as_ref()))
        });
        assert_eq!(
            (usual.host.as_str(), usual.sign_in),
            ("smtp.office365.com", SignsInWith::Connected)
        );
        set(d, admin, usual);
        assert_eq!(state(d, admin).port, 587);
        assert!(asked().contains("SMTP.Send"));
    });
}
