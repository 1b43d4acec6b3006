//! Fetching over POP3 from a real dovecot: the same promises as over IMAP, with less to hold on to.

use crate::line::line_to;
use crate::taking::{Taker, USER, Watching, account, counts, empty, fill, flags, letter, until, visit};
use mail::fetch::{Account, Afterwards, Event, FetchError, LeftBecause, Login, Place, Taken, Tls, Way};
use std::sync::Arc;
use testmail::Dovecot;

fn pop3(dovecot: &Dovecot, afterwards: Afterwards) -> Account {
    account(dovecot, Way::Pop3, afterwards)
}

#[tokio::test]
async fn kept_letters_are_deleted_and_only_those() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned(), "three".to_owned()]);
    let account = pop3(&dovecot, Afterwards::Delete);
    for verdict in [Taken::Later, Taken::Full] {
        let (taker, _events) = Taker::saying(&account, move |_| verdict);
        let visited = visit(&account, Place::default(), &taker).await;
        assert_eq!((counts(&visited), visited.stopped), ((3, 1, 0), Some(verdict)));
        assert_eq!(flags(&dovecot, "").len(), 3);
    }
    let (taker, _events) = Taker::saying(&account, |count| if count < 2 { Taken::Kept } else { Taken::Full });
    assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (3, 3, 2));
    assert_eq!(flags(&dovecot, "").len(), 1);
    assert!(taker.kept.lock().unwrap()[0].raw.ends_with(&letter("one")));
    assert_eq!(taker.subjects(), ["one", "two"]);
}

#[tokio::test]
async fn letters_that_stay_are_known_by_name() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
    let account = pop3(&dovecot, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (2, 2, 2));
    fill(&dovecot, ["three".to_owned()]);
    assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (1, 1, 1));
    assert_eq!(taker.subjects(), ["one", "two", "three"]);
    assert_eq!(flags(&dovecot, "").len(), 3);
    assert_eq!(
        *taker.listed.lock().unwrap(),
        3,
        "all names are told, so that others are forgotten"
    );
    // Without that knowledge all come again.
    let (stranger, _events) = Taker::new(&account);
    assert_eq!(counts(&visit(&account, Place::default(), &stranger).await), (3, 3, 3));
}

#[tokio::test]
async fn a_line_that_breaks_after_keeping_deletes_nothing() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
    let account = pop3(&dovecot, Afterwards::Delete);
    let (address, cut) = line_to(account.port).await;
    let fragile = Account {
        port: address.port(),
        ..account.clone()
    };
    let (taker, _events) = Taker::saying(&fragile, move |count| {
        if count == 1 {
            cut.send(true).unwrap();
        }
        Taken::Kept
    });
    let broken = visit(&fragile, Place::default(), &taker).await;
    assert!(matches!(broken.failed, Some(FetchError::Line(_))), "{broken:?}");
    assert_eq!(broken.kept, 2);
    let (after, _events) = Taker::new(&account);
    assert_eq!(counts(&visit(&account, Place::default(), &after).await), (2, 2, 2));
    assert_eq!(taker.marks(), after.marks(), "the taker can see that they are the same");
    assert_eq!(flags(&dovecot, "").len(), 0);
}

#[tokio::test]
async fn refusals_settings_and_tls() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned()]);
    let mut account = pop3(&dovecot, Afterwards::MoveTo("Done".to_owned()));
    let (taker, _events) = Taker::new(&account);
    let visited = visit(&account, Place::default(), &taker).await;
    assert!(matches!(visited.failed, Some(FetchError::Setting(_))), "{visited:?}");
    account = pop3(&dovecot, Afterwards::MarkSeen);
    account.login = Login::Password {
        user: USER.to_owned(),
        password: "wrong".to_owned(),
    };
    let visited = visit(&account, Place::default(), &taker).await;
    assert!(matches!(visited.failed, Some(FetchError::SignIn(_))), "{visited:?}");
    for (tls, port) in [(Tls::Implicit, dovecot.pop3s_port), (Tls::StartTls, dovecot.pop3_port)] {
        let mut account = Account {
            tls,
            port,
            ..pop3(&dovecot, Afterwards::MarkSeen)
        };
        let (taker, _events) = Taker::new(&account);
        let stranger = visit(&account, Place::default(), &taker).await;
        assert!(matches!(&stranger.failed, Some(FetchError::Line(words)) if words.contains("certificate")));
        account.roots = vec![dovecot.certificate.clone()];
        assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (1, 1, 1));
    }
}

#[tokio::test]
async fn many_letters_and_a_heavy_one() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, (0..300).map(|n| format!("letter {n}")));
    let heavy = [
        letter("heavy"),
        ".0123456789abcdef\r\n".repeat(20 * 1024 * 1024 / 19).into_bytes(),
    ]
    .concat();
    dovecot.deliver(USER, &[&heavy]);
    let mut account = pop3(&dovecot, Afterwards::Delete);
    account.largest = 1024 * 1024;
    let (taker, _events) = Taker::new(&account);
    let visited = visit(&account, Place::default(), &taker).await;
    assert_eq!(counts(&visited), (301, 300, 300));
    assert!(matches!(visited.left[0].why, LeftBecause::TooLarge(size) if size > 20_000_000));
    account.largest = 35 * 1024 * 1024;
    assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (1, 1, 1));
    assert!(taker.kept.lock().unwrap()[300].raw.ends_with(&heavy));
    empty(&dovecot);
}

#[tokio::test]
async fn the_mailbox_is_asked_again_and_again() {
    let Some(dovecot) = Dovecot::start() else { return };
    let account = pop3(&dovecot, Afterwards::Delete);
    let (taker, mut events) = Taker::new(&account);
    let taker = Arc::new(taker);
    let watching = Watching::begin(&taker);
    until(&mut events, |event| matches!(event, Event::Visited(_))).await;
    fill(&dovecot, ["asked".to_owned()]);
    until(
        &mut events,
        |event| matches!(event, Event::Visited(visited) if visited.kept == 1),
    )
    .await;
    watching.end().await;
    assert_eq!(taker.subjects(), ["asked"]);
}
