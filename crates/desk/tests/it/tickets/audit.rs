//! The audit chain, and the looks that go into it.

use desk::access;
use desk::tickets;
use desk::{Context, Desk, Error, Parts, TicketNumber};

use crate::common::{Small, on_both};

fn verified(small: &Small) -> Option<i64> {
    small.db.read_now(access::verify_audit).unwrap()
}

fn three_lines(small: &Small) -> i64 {
    for word in ["one", "two", "three"] {
        small
            .write(&small.admin, move |tx, cx| {
                access::audit(tx, cx.now, Some(cx.viewer.person), "test", "it", word)
            })
            .unwrap();
    }
    small.count("SELECT max(id) FROM audit")
}

#[test]
fn a_whole_chain_is_whole_and_every_edit_is_seen() {
    on_both(|small| {
        let last = three_lines(small);
        assert_eq!(verified(small), None);
        for column in [
            "data = 'else'",
            "actor = 7",
            "at = at + 1",
            "action = 'x'",
            "subject = 'x'",
            "hash = 'x'",
        ] {
            let (name, _) = column.split_once(" =").unwrap();
            small.exec(&format!(
                "CREATE TABLE kept AS SELECT * FROM audit WHERE id = {}",
                last - 1
            ));
            small.exec(&format!("UPDATE audit SET {column} WHERE id = {}", last - 1));
            assert_eq!(verified(small), Some(last - 1), "{column}");
            small.exec(&format!(
                "UPDATE audit SET {name} = (SELECT {name} FROM kept) WHERE id = {}",
                last - 1
            ));
            small.exec("DROP TABLE kept");
            assert_eq!(verified(small), None, "control: {column} put back");
        }
    });
}

#[test]
fn a_line_removed_is_seen_wherever_it_stood() {
    on_both(|small| {
        let last = three_lines(small);
        small.exec(&format!("DELETE FROM audit WHERE id = {last}"));
        assert!(verified(small).is_some(), "the end");
    });
    on_both(|small| {
        let last = three_lines(small);
        small.exec(&format!("DELETE FROM audit WHERE id = {}", last - 1));
        assert_eq!(verified(small), Some(last), "the middle");
    });
}

#[test]
fn an_administrators_look_at_a_private_ticket_is_on_record_and_no_other() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        let (open, hidden) = (small.open(), small.open_for(team));
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(Parts {
            db: small.db.clone(),
            files: desk::files::Store::open(folder.path()).unwrap(),
            index: search::Index::in_memory().unwrap(),
            clock: desk::Clock::set_to(crate::common::NOW),
        })
        .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let look = |cx: &Context, n: TicketNumber| runtime.block_on(tickets::look(&desk, cx, n));
        let looks = || small.count("SELECT count(*) FROM audit WHERE action = 'looked at a private ticket'");
        let admin = small.viewer_of(small.admin.viewer.person);
        look(&admin, open).unwrap();
        assert_eq!(looks(), 0);
        look(&admin, hidden).unwrap();
        assert_eq!(looks(), 1);
        assert_eq!(look(&admin, TicketNumber(9)), Err(Error::NotFound));
        small.join(team, small.technician.viewer.person);
        look(&small.viewer_of(small.technician.viewer.person), hidden).unwrap();
        small.join(team, admin.viewer.person);
        look(&small.viewer_of(admin.viewer.person), hidden).unwrap();
        assert_eq!(looks(), 1, "a member's look is his work");
        assert_eq!(verified(small), None);
    });
}
