//! The clock of a ticket stands still exactly while it waits, counted in working time.

use desk::clock::{HOUR, MINUTE};
use desk::tickets::{self, Priority, Status};
use worktime::Calendar;

use super::at;
use crate::common::{NOW, on_both};

#[test]
fn a_pause_moves_the_promise_by_its_working_time() {
    let toronto = Calendar::standard("America/Toronto").unwrap();
    on_both(|small| {
        let number = small.open_with(|t| t.priority = Some(Priority::Normal)).number;
        let (from, to) = (NOW.plus(30 * MINUTE), NOW.plus(20 * HOUR));
        small
            .write(&at(&small.technician, from), move |tx, cx| {
                tickets::pend(tx, cx, number)
            })
            .unwrap();
        assert_eq!(
            small.ticket(number).next_due,
            desk::Time::NEVER,
            "while it waits nothing is due"
        );
        let t = small
            .write(&at(&small.technician, to), move |tx, cx| {
                tickets::resume(tx, cx, number)
            })
            .unwrap()
            .ticket;
        let paused = toronto.between(from.0, to.0);
        assert!(paused > 0 && paused < to.since(from), "the night does not count");
        assert_eq!(t.paused_work, paused);
        assert_eq!(t.solve_due.0, toronto.add(NOW.0, 16 * HOUR + paused).unwrap());
        assert_eq!(t.reply_due.0, toronto.add(NOW.0, 4 * HOUR + paused).unwrap());
    });
}

#[test]
fn a_pause_in_the_night_moves_nothing() {
    on_both(|small| {
        let number = small.open();
        let before = small.ticket(number).solve_due;
        // 23:22 to 02:22 in Toronto.
        let (from, to) = (NOW.plus(13 * HOUR), NOW.plus(16 * HOUR));
        small
            .write(&at(&small.technician, from), move |tx, cx| {
                tickets::hold(tx, cx, number, "parts")
            })
            .unwrap();
        small
            .write(&at(&small.technician, to), move |tx, cx| {
                tickets::resume(tx, cx, number)
            })
            .unwrap();
        assert_eq!(small.ticket(number).solve_due, before);
    });
}

#[test]
fn from_pending_to_on_hold_is_one_pause() {
    let toronto = Calendar::standard("America/Toronto").unwrap();
    on_both(|small| {
        let number = small.open();
        for (after, verb) in [(1, Status::Pending), (2, Status::OnHold), (3, Status::Open)] {
            let cx = at(&small.technician, NOW.plus(after * HOUR));
            small
                .write(&cx, move |tx, cx| match verb {
                    Status::Pending => tickets::pend(tx, cx, number),
                    Status::OnHold => tickets::hold(tx, cx, number, ""),
                    _ => tickets::resume(tx, cx, number),
                })
                .unwrap();
        }
        assert_eq!(
            small.ticket(number).paused_work,
            toronto.between(NOW.plus(HOUR).0, NOW.plus(3 * HOUR).0)
        );
    });
}

#[test]
fn time_spent_solved_is_not_counted_against_the_desk() {
    let toronto = Calendar::standard("America/Toronto").unwrap();
    on_both(|small| {
        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        let later = at(&small.requester, NOW.plus(24 * HOUR));
        let t = small
            .write(&later, move |tx, cx| tickets::reopen(tx, cx, number))
            .unwrap()
            .ticket;
        assert_eq!(t.paused_work, toronto.between(NOW.0, NOW.plus(24 * HOUR).0));
        assert_ne!(t.next_due, desk::Time::NEVER);
    });
}

#[test]
fn undoing_a_pause_leaves_no_pause() {
    on_both(|small| {
        let number = small.open();
        let before = small.ticket(number);
        let event = small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap().event;
        let later = at(&small.technician, NOW.plus(HOUR));
        small.write(&later, move |tx, cx| tickets::undo(tx, cx, event)).unwrap();
        let t = small.ticket(number);
        assert_eq!((t.status, t.paused_at, t.paused_work), (before.status, None, 0));
        assert_eq!(
            (t.reply_due, t.solve_due, t.next_due),
            (before.reply_due, before.solve_due, before.next_due)
        );
    });
}
