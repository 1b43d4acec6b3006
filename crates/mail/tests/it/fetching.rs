//! Fetching over IMAP from a real dovecot: nothing is marked before it is kept, nothing is lost by
//! whatever breaks, and what goes wrong is told apart.

use crate::line::line_to;
use crate::taking::{Taker, USER, counts, empty, fill, flags, imap, letter, visit};
use mail::fetch::{Account, Afterwards, FetchError, LeftBecause, Mark, Place, Taken, Tls};
use testmail::Dovecot;

#[tokio::test]
async fn letters_come_as_they_are_and_once() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    let first = visit(&account, Place::default(), &taker).await;
    assert_eq!(counts(&first), (2, 2, 2));
    assert_eq!((first.there, first.place.last), (2, 2));
    assert_eq!(flags(&dovecot, ""), ["S", "S"]);
    {
        let kept = taker.kept.lock().unwrap();
        assert!(
            kept[0].raw.ends_with(&letter("one")),
            "{}",
            String::from_utf8_lossy(&kept[0].raw)
        );
        assert!(kept[0].received.unwrap() > 1_500_000_000);
        assert_eq!(kept[1].place, first.place);
        assert_eq!(
            kept[1].mark,
            Mark::Imap {
                uidvalidity: first.place.uidvalidity,
                uid: 2
            }
        );
    }
    let again = visit(&account, first.place, &taker).await;
    assert_eq!(counts(&again), (0, 0, 0));
}

#[tokio::test]
async fn later_and_full_leave_all_as_it_was() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned(), "three".to_owned()]);
    for (afterwards, verdict) in [(Afterwards::MarkSeen, Taken::Later), (Afterwards::Delete, Taken::Full)] {
        let account = imap(&dovecot, afterwards);
        let (taker, _events) = Taker::saying(&account, move |_| verdict);
        let visited = visit(&account, Place::default(), &taker).await;
        assert_eq!(counts(&visited), (3, 1, 0));
        assert_eq!(visited.stopped, Some(verdict));
        assert_eq!(flags(&dovecot, ""), ["", "", ""]);
    }
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, _events) = Taker::saying(&account, |count| if count < 2 { Taken::Kept } else { Taken::Later });
    let visited = visit(&account, Place::default(), &taker).await;
    assert_eq!(counts(&visited), (3, 3, 2));
    assert_eq!(flags(&dovecot, ""), ["", "S", "S"]);
}

#[tokio::test]
async fn kept_letters_are_moved_or_deleted() {
    // With MOVE and UIDPLUS, and without.
    for extra in ["", "imap_capability = IMAP4rev1"] {
        let Some(dovecot) = Dovecot::start_with(extra) else {
            return;
        };
        fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
        let moving = imap(&dovecot, Afterwards::MoveTo("Traités & vus".to_owned()));
        let (taker, _events) = Taker::new(&moving);
        assert_eq!(counts(&visit(&moving, Place::default(), &taker).await), (2, 2, 2));
        assert_eq!(flags(&dovecot, "").len(), 0);
        assert_eq!(flags(&dovecot, ".Trait&AOk-s &- vus").len(), 2);
        assert_eq!(counts(&visit(&moving, Place::default(), &taker).await), (0, 0, 0));
        fill(&dovecot, ["three".to_owned()]);
        let deleting = imap(&dovecot, Afterwards::Delete);
        assert_eq!(counts(&visit(&deleting, Place::default(), &taker).await), (1, 1, 1));
        assert_eq!(flags(&dovecot, "").len(), 0);
        assert_eq!(taker.subjects(), ["one", "two", "three"]);
    }
}

#[tokio::test]
async fn what_somebody_else_read_first_is_fetched_all_the_same() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["old".to_owned()]);
    dovecot.admin(&["flags", "add", "-u", USER, "\\Seen", "mailbox", "INBOX", "all"]);
    let account = imap(&dovecot, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    let first = visit(&account, Place::default(), &taker).await;
    assert_eq!(
        counts(&first),
        (0, 0, 0),
        "what was read before we came is nobody's news"
    );
    fill(&dovecot, ["new".to_owned()]);
    dovecot.admin(&["flags", "add", "-u", USER, "\\Seen", "mailbox", "INBOX", "all"]);
    let second = visit(&account, first.place, &taker).await;
    assert_eq!(counts(&second), (1, 1, 1));
    assert_eq!(taker.subjects(), ["new"]);
    assert_eq!(counts(&visit(&account, second.place, &taker).await), (0, 0, 0));
    // Without the place it would be lost: the test can fail.
    assert_eq!(counts(&visit(&account, Place::default(), &taker).await), (0, 0, 0));
}

#[tokio::test]
async fn a_line_that_breaks_between_keeping_and_marking_brings_the_letter_again() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
    for afterwards in [
        Afterwards::MarkSeen,
        Afterwards::MoveTo("Done".to_owned()),
        Afterwards::Delete,
    ] {
        let account = imap(&dovecot, afterwards);
        let (address, cut) = line_to(account.port).await;
        let fragile = Account {
            port: address.port(),
            ..account.clone()
        };
        let (taker, _events) = Taker::saying(&fragile, move |_| {
            cut.send(true).unwrap();
            Taken::Kept
        });
        let broken = visit(&fragile, Place::default(), &taker).await;
        assert!(matches!(broken.failed, Some(FetchError::Line(_))), "{broken:?}");
        assert_eq!((broken.handed, broken.kept), (1, 1));
        assert_eq!(flags(&dovecot, ""), ["", ""]);
        let (after, _events) = Taker::new(&account);
        assert_eq!(counts(&visit(&account, broken.place, &after).await), (2, 2, 2));
        assert_eq!(
            taker.marks()[0],
            after.marks()[0],
            "the taker can see that it is the same"
        );
        assert_eq!(taker.kept.lock().unwrap()[0].raw, after.kept.lock().unwrap()[0].raw);
        empty(&dovecot);
        fill(&dovecot, ["one".to_owned(), "two".to_owned()]);
    }
}

#[tokio::test]
async fn tls_from_the_start_or_later_and_only_with_a_known_certificate() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, ["one".to_owned()]);
    for (tls, port) in [(Tls::Implicit, dovecot.imaps_port), (Tls::StartTls, dovecot.imap_port)] {
        let mut account = Account {
            tls,
            port,
            ..imap(&dovecot, Afterwards::MarkSeen)
        };
        account.host = "localhost".to_owned();
        let (taker, _events) = Taker::new(&account);
        let stranger = visit(&account, Place::default(), &taker).await;
        assert!(
            matches!(&stranger.failed, Some(FetchError::Line(words)) if words.contains("certificate")),
            "{stranger:?}"
        );
        account.roots = vec![dovecot.certificate.clone()];
        let known = visit(&account, Place::default(), &taker).await;
        assert_eq!(known.failed, None);
        assert_eq!(known.there, 1);
        account.roots = vec![b"-----BEGIN NOTHING".to_vec()];
        let odd = visit(&account, Place::default(), &taker).await;
        assert!(matches!(odd.failed, Some(FetchError::Setting(_))), "{odd:?}");
    }
}

#[tokio::test]
async fn a_full_mailbox_and_a_heavy_letter() {
    let Some(dovecot) = Dovecot::start() else { return };
    fill(&dovecot, (0..300).map(|n| format!("letter {n}")));
    let heavy = [
        letter("heavy"),
        "0123456789abcdef\r\n".repeat(20 * 1024 * 1024 / 18).into_bytes(),
    ]
    .concat();
    dovecot.deliver(USER, &[&heavy]);
    let mut account = imap(&dovecot, Afterwards::MarkSeen);
    account.largest = 1024 * 1024;
    let (taker, _events) = Taker::new(&account);
    let visited = visit(&account, Place::default(), &taker).await;
    assert_eq!(counts(&visited), (301, 300, 300));
    let size = match visited.left.as_slice() {
        [left] => match left.why {
            LeftBecause::TooLarge(size) => size,
            _ => panic!("{left:?}"),
        },
        left => panic!("{left:?}"),
    };
    assert!(size > 20_000_000);
    let expected: Vec<_> = (0..300).map(|n| format!("letter {n}")).collect();
    assert_eq!(taker.subjects(), expected);
    assert_eq!(
        flags(&dovecot, "").iter().filter(|flags| flags.as_str() == "S").count(),
        300
    );
    account.largest = 35 * 1024 * 1024;
    let visited = visit(&account, visited.place, &taker).await;
    assert_eq!(counts(&visited), (1, 1, 1));
    assert!(taker.kept.lock().unwrap()[300].raw.ends_with(&heavy));
}

#[tokio::test]
async fn a_folder_made_anew_is_noticed() {
    let Some(dovecot) = Dovecot::start() else { return };
    let account = Account {
        folder: "Support".to_owned(),
        ..imap(&dovecot, Afterwards::MarkSeen)
    };
    let fill_support = || {
        dovecot.admin(&["mailbox", "create", "-u", USER, "Support"]);
        fill(&dovecot, ["one".to_owned()]);
        dovecot.admin(&["move", "-u", USER, "Support", "mailbox", "INBOX", "all"]);
    };
    let (taker, _events) = Taker::new(&account);
    let absent = visit(&account, Place::default(), &taker).await;
    assert!(matches!(absent.failed, Some(FetchError::Refused(_))), "{absent:?}");
    fill_support();
    let first = visit(&account, Place::default(), &taker).await;
    assert_eq!((counts(&first), first.renumbered), ((1, 1, 1), false));
    dovecot.admin(&["mailbox", "delete", "-u", USER, "Support"]);
    fill_support();
    let second = visit(&account, first.place, &taker).await;
    assert_eq!((counts(&second), second.renumbered), ((1, 1, 1), true));
    assert_ne!(first.place.uidvalidity, second.place.uidvalidity);
    let marks = taker.marks();
    assert_ne!(marks[0], marks[1], "another letter has another mark");
}
