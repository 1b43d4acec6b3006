//! The log of events: every line once, in order, for whoever follows.

use desk::events::{self, Cursor, EventKind};
use desk::tickets::{self, Solution};

use super::words;
use crate::common::on_both;

#[test]
fn a_follower_reads_every_line_once_and_in_order() {
    on_both(|small| {
        let start = small.db.read_now(events::newest).unwrap();
        let number = small.open();
        small.does(move |tx, cx| tickets::take(tx, cx, number)).unwrap();
        small
            .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &words("Hi"))?.0))
            .unwrap();
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        small.says(&small.requester, number, "There").unwrap();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
            .unwrap();
        let (mut cursor, mut kinds, mut empty): (Cursor, Vec<EventKind>, u32) = (start, Vec::new(), 0);
        // Another test on the same server may hold the horizon back for a while: the follower waits for it.
        while kinds.len() < 6 && empty < 100_000 {
            // Two at a time, so that paging is part of the test.
            let lines = small.db.read_now(move |r| events::since(r, cursor, 2)).unwrap();
            let Some(last) = lines.last() else {
                empty += 1;
                continue;
            };
            assert!(lines.iter().all(|e| Cursor::of(e) > cursor));
            cursor = Cursor::of(last);
            kinds.extend(lines.iter().filter(|e| e.ticket == Some(number)).map(|e| e.kind));
        }
        use EventKind::{Assigned, Pended, Replied, RequesterWrote, Solved, TicketOpened};
        assert_eq!(kinds, [TicketOpened, Assigned, Replied, Pended, RequesterWrote, Solved]);
        assert_eq!(
            small.db.read_now(move |r| events::since(r, cursor, 2)).unwrap().len(),
            0,
            "and nothing twice"
        );
        assert_eq!(Cursor::parse(&cursor.as_text()), Some(cursor));
    });
}

#[test]
fn a_refused_verb_leaves_no_line() {
    on_both(|small| {
        let number = small.open();
        let before = small.events();
        small.does(move |tx, cx| tickets::unmerge(tx, cx, number)).unwrap_err();
        small
            .does(move |tx, cx| Ok(tickets::note(tx, cx, number, &words(""))?.0))
            .unwrap_err();
        small
            .write(&small.requester, move |tx, cx| tickets::take(tx, cx, number))
            .unwrap_err();
        assert_eq!(small.events(), before);
    });
}

#[test]
fn a_lease_is_one_nodes_until_it_runs_out() {
    on_both(|small| {
        let now = crate::common::NOW;
        let hold = |node: &'static str, at: desk::Time| {
            small
                .db
                .write_now(move |tx| events::hold_lease(tx, "mail", node, at, at.plus(10)))
                .unwrap()
        };
        assert!(hold("one", now));
        assert!(!hold("two", now.plus(5)));
        assert!(hold("one", now.plus(8)), "renewed");
        assert!(!hold("two", now.plus(18)));
        assert!(hold("two", now.plus(19)));
    });
}
