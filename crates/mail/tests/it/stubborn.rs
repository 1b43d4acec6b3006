//! Servers that refuse to mark, break off over one letter or renumber their folder: each letter is handed over once, and
//! the others come in all the same.

use crate::hostile;
use crate::taking::{Taker, imap_at, letter, visit};
use mail::fetch::{Account, Afterwards, FetchError, LeftBecause, Mark, Place, Visited, Way};
use std::time::Duration;
use testmail::Stubborn;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn filled(count: usize) -> Stubborn {
    let server = Stubborn::start();
    for n in 0..count {
        server.whims().put(&letter(&format!("letter {n}")));
    }
    server
}

async fn visits(account: &Account, taker: &Taker, count: usize) -> Visited {
    let mut last = Visited::default();
    for _ in 0..count {
        last = visit(account, last.place, taker).await;
    }
    last
}

#[tokio::test]
async fn a_refused_mark_neither_stops_the_others_nor_brings_a_letter_twice() {
    let ways = [
        (Afterwards::MarkSeen, "STORE"),
        (Afterwards::Delete, "STORE"),
        (Afterwards::Delete, "EXPUNGE"),
        (Afterwards::MoveTo("Done".to_owned()), "MOVE"),
    ];
    for (afterwards, refused) in ways {
        let server = filled(3);
        server.whims().refused.insert(refused);
        let account = imap_at(server.port, afterwards.clone());
        let (taker, _events) = Taker::new(&account);
        let first = visits(&account, &taker, 3).await;
        assert_eq!((first.failed, first.unsettled), (None, 3), "{afterwards:?}");
        assert_eq!(first.refusal.as_deref(), Some("not here"));
        server.whims().put(&letter("behind them"));
        let after = visits(&account, &taker, 2).await;
        assert_eq!(after.unsettled, 4);
        assert_eq!(taker.subjects(), ["letter 0", "letter 1", "letter 2", "behind them"]);
        // As soon as the server allows it, it is told of those it has not heard of.
        server.whims().refused.clear();
        let told = visit(&account, after.place, &taker).await;
        assert_eq!((told.kept, told.unsettled, told.refusal), (0, 0, None));
        let settled = server.whims().letters.iter().all(|letter| letter.seen);
        assert!(
            settled,
            "{afterwards:?}: those that stay are marked, the others are gone"
        );
    }
}

#[tokio::test]
async fn letters_come_from_a_folder_that_may_only_be_read() {
    let server = filled(2);
    server.whims().read_only = true;
    let account = imap_at(server.port, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    let visited = visits(&account, &taker, 4).await;
    assert_eq!(
        (visited.failed, visited.unsettled, taker.subjects().len()),
        (None, 2, 2)
    );
    assert_eq!(server.whims().times("STORE"), 0);
    // The control: a taker that remembers nothing gets all of them each time.
    let (stranger, _events) = Taker::new(&account);
    assert_eq!(visit(&account, Place::default(), &stranger).await.kept, 2);
}

#[tokio::test]
async fn a_poisoned_letter_is_named_as_missed_and_the_others_pass_it_once_it_is_given_up() {
    for afterwards in [Afterwards::MarkSeen, Afterwards::Delete] {
        let server = filled(4);
        server.whims().poison.insert(2);
        let account = imap_at(server.port, afterwards);
        let (taker, _events) = Taker::new(&account);
        let broken = visits(&account, &taker, 2).await;
        assert!(matches!(broken.failed, Some(FetchError::Line(_))), "{broken:?}");
        let mark = Mark::Imap { uidvalidity: 7, uid: 2 };
        assert_eq!(broken.missed[0].0, mark);
        assert_eq!(
            taker.subjects(),
            ["letter 0"],
            "it stops the others until it is given up"
        );
        taker.given_up.lock().unwrap().push(mark.clone());
        let passed = visit(&account, broken.place, &taker).await;
        assert_eq!((passed.failed, passed.kept), (None, 2));
        assert_eq!(
            (&passed.left[0].mark, &passed.left[0].why),
            (&mark, &LeftBecause::GivenUp)
        );
        assert_eq!(taker.subjects(), ["letter 0", "letter 2", "letter 3"]);
        // It is well again.
        server.whims().poison.clear();
        taker.given_up.lock().unwrap().clear();
        let mended = visit(&account, passed.place, &taker).await;
        assert_eq!((mended.kept, mended.left.len()), (1, 0));
    }
}

#[tokio::test]
async fn a_letter_that_is_refused_does_not_bring_those_behind_it_again() {
    let server = filled(3);
    let account = imap_at(server.port, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    server.whims().refused.insert("FETCH");
    let refused = visits(&account, &taker, 2).await;
    assert_eq!((refused.failed, refused.missed.len(), refused.place.last), (None, 3, 3));
    server.whims().refused.clear();
    assert_eq!(visit(&account, refused.place, &taker).await.kept, 3);
    assert_eq!(visit(&account, refused.place, &taker).await.kept, 0);
}

#[tokio::test]
async fn after_a_renumbering_what_may_be_new_comes_even_if_it_was_read() {
    let server = filled(2);
    let mut account = imap_at(server.port, Afterwards::MarkSeen);
    let (taker, _events) = Taker::new(&account);
    let first = visit(&account, Place::default(), &taker).await;
    let mut read = letter("read by somebody meanwhile");
    read.extend_from_slice(b"\r\n");
    server.whims().put(&read);
    server.whims().letters[2].seen = true;
    server.whims().renumber();
    account.last_well = Some(1_794_841_200);
    let second = visit(&account, first.place, &taker).await;
    assert!(second.renumbered && taker.subjects().contains(&"read by somebody meanwhile".to_owned()));
    assert_eq!(server.whims().times("UNDELETED SINCE 14-nov-2026"), 1);
    let third = visit(&account, second.place, &taker).await;
    assert_eq!((third.renumbered, third.kept), (false, 0), "it is told once");
}

#[tokio::test]
async fn no_connection_is_made_to_an_address_that_is_refused() {
    let server = filled(1);
    let mut account = imap_at(server.port, Afterwards::MarkSeen);
    account.host = "localhost".to_owned();
    let (taker, _events) = Taker::new(&account);
    account.may_connect = |address| !address.is_loopback();
    let refused = visit(&account, Place::default(), &taker).await;
    assert!(matches!(&refused.failed, Some(FetchError::Setting(words)) if words.contains("no mailbox can be")));
    assert_eq!(server.whims().asked.len(), 0);
    account.may_connect = |_| true;
    account.host = "127.0.0.1".to_owned();
    assert_eq!(visit(&account, Place::default(), &taker).await.kept, 1, "the control");
}

const POP3: &str = "+OK\r\n-ERR\r\n+OK\r\n+OK\r\n+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n+OK\r\n1 9\r\n2 9\r\n3 9\r\n.\r\n";
const WHOLE: &str = "+OK\r\nSubject: x\r\n\r\n.\r\n";

#[tokio::test]
async fn over_pop3_one_refused_letter_does_not_end_the_visit() {
    let account = Account {
        afterwards: Afterwards::Delete,
        ..hostile::account(Way::Pop3, hostile::password())
    };
    // The first is given and deleted, the second is not given, the third is given and not deleted.
    let said = format!("{POP3}{WHOLE}+OK\r\n-ERR it is torn\r\n{WHOLE}-ERR it is held\r\n+OK\r\n");
    let (visited, heard) = hostile::visit(&account, said.as_bytes(), b"").await;
    assert_eq!((visited.failed, visited.kept, visited.unsettled), (None, 2, 1));
    assert!(visited.refusal.unwrap().contains("it is held"));
    let torn = Mark::Pop3 { uidl: "b".to_owned() };
    assert_eq!((visited.missed.len(), &visited.missed[0].0), (1, &torn));
    assert!(matches!(&visited.left[..], [left] if left.mark == torn));
    assert!(heard.contains("DELE 3") && heard.ends_with("QUIT\r\n"), "{heard}");
}

#[tokio::test]
async fn a_pop3_server_that_says_a_little_now_and_then_is_not_waited_for() {
    for (most, is_late) in [(300, true), (20_000, false)] {
        let mut account = hostile::account(Way::Pop3, hostile::password());
        account.patience.command = Duration::from_millis(most);
        let (ours, mut theirs) = tokio::io::duplex(64 * 1024);
        let server = tokio::spawn(async move {
            let names: String = (1..=12).map(|n| format!("{n} n{n}\r\n")).collect();
            let before = POP3.split_once("1 a").unwrap().0;
            theirs.write_all(before.as_bytes()).await.unwrap();
            // The slowness is what is tried here: each byte comes well before the server would be given up as silent.
            let mut drip = tokio::time::interval(Duration::from_millis(10));
            for byte in names.bytes() {
                drip.tick().await;
                if theirs.write_all(&[byte]).await.is_err() {
                    return;
                }
            }
            // It lists no sizes, gives none of the twelve, and says goodbye.
            let rest = format!(".\r\n+OK\r\n.\r\n{}+OK\r\n", "-ERR\r\n".repeat(12));
            let _ = theirs.write_all(rest.as_bytes()).await;
            let _ = theirs.read_to_end(&mut Vec::new()).await;
        });
        let (taker, _events) = Taker::new(&account);
        let visited = mail::fetch::visit_stream(ours, &account, Place::default(), &taker).await;
        server.await.unwrap();
        let late = matches!(&visited.failed, Some(FetchError::Line(words)) if words.contains("too long"));
        assert_eq!(late, is_late, "{visited:?}");
        assert_eq!(visited.missed.len(), if is_late { 0 } else { 12 });
    }
}
