//! Putting a ticket away until a moment: what leaves, what brings it back, and what does not change.

use desk::clock::{DAY, HOUR};
use desk::tickets::{self, Deed, ListQuery, Order, Status};
use desk::views::{Condition, Standard};
use desk::{Context, Error, TicketNumber, Time};

use super::at;
use crate::common::{NOW, Small, on_both};

const TOMORROW: Time = Time(NOW.0 + DAY);

/// Taken by the technician.
fn taken(small: &Small) -> TicketNumber {
    let number = small.open();
    small.does(move |tx, cx| tickets::take(tx, cx, number)).unwrap();
    number
}

fn snoozed(small: &Small) -> TicketNumber {
    let number = taken(small);
    small
        .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
        .unwrap();
    number
}

fn count(small: &Small, condition: Condition) -> i64 {
    small
        .read(&small.technician, move |r, cx| tickets::count(r, cx, &condition))
        .unwrap()
}

/// The job of its moment, run then.
fn job(small: &Small, number: TicketNumber, then: Time) {
    let cx = at(&small.desk, then);
    small
        .write(&cx, move |tx, cx| tickets::wake_when_due(tx, cx, number))
        .unwrap();
}

fn unread(small: &Small, cx: &Context) -> Vec<bool> {
    let query = ListQuery {
        condition: Standard::Everyone.condition(),
        order: Order::Due,
        limit: 10,
        after: None,
    };
    let page = small.read(cx, move |r, cx| tickets::list(r, cx, &query)).unwrap();
    page.rows.iter().map(|row| row.unread).collect()
}

#[test]
fn a_snoozed_ticket_leaves_mine_and_its_count_and_stays_findable() {
    on_both(|small| {
        let number = taken(small);
        assert_eq!(count(small, Standard::Mine.condition()), 1);
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
            .unwrap();
        assert_eq!(count(small, Standard::Mine.condition()), 0);
        assert_eq!(count(small, Condition::Snoozed), 1);
        assert_eq!(count(small, Standard::Everyone.condition()), 1);
        assert_eq!(small.ticket(number).snoozed_until, Some(TOMORROW));
    });
}

#[test]
fn the_promise_runs_on_while_it_sleeps() {
    on_both(|small| {
        let number = taken(small);
        let before = small.ticket(number);
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
            .unwrap();
        let away = small.ticket(number);
        assert_eq!((away.status, away.next_due), (before.status, before.next_due));
        assert_eq!(away.paused_at, None);
    });
}

#[test]
fn the_past_and_more_than_a_year_are_refused_and_nothing_is_kept() {
    on_both(|small| {
        let number = taken(small);
        for (until, key) in [
            (NOW, "refused-past"),
            (NOW.plus(-HOUR), "refused-past"),
            (NOW.plus(400 * DAY), "refused-too-far"),
        ] {
            let refused = small.does(move |tx, cx| tickets::snooze(tx, cx, number, until));
            assert_eq!(refused.unwrap_err(), Error::refused("until", key));
        }
        assert_eq!(small.ticket(number).snoozed_until, None);
    });
}

#[test]
fn it_comes_back_at_its_moment_and_not_before() {
    on_both(|small| {
        let number = snoozed(small);
        job(small, number, TOMORROW.plus(-1));
        assert_eq!(small.ticket(number).snoozed_until, Some(TOMORROW));
        job(small, number, TOMORROW);
        assert_eq!(small.ticket(number).snoozed_until, None);
        assert_eq!(count(small, Standard::Mine.condition()), 1);
        let events = small.events();
        job(small, number, TOMORROW);
        assert_eq!(small.events(), events, "the second run does nothing");
    });
}

#[test]
fn snoozed_anew_the_job_of_the_first_moment_leaves_it_alone() {
    on_both(|small| {
        let number = snoozed(small);
        let later = TOMORROW.plus(DAY);
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, later))
            .unwrap();
        job(small, number, TOMORROW);
        assert_eq!(small.ticket(number).snoozed_until, Some(later));
        assert_eq!(small.count("SELECT count(*) FROM job WHERE kind = 'wake_ticket'"), 2);
    });
}

#[test]
fn at_its_moment_it_is_unread_for_who_has_it_and_for_nobody_else() {
    on_both(|small| {
        let number = snoozed(small);
        let look = at(&small.technician, NOW.plus(HOUR));
        small
            .write(&look, move |tx, cx| tickets::mark_read(tx, cx, number))
            .unwrap();
        let other = at(&small.admin, NOW.plus(HOUR));
        small
            .write(&other, move |tx, cx| tickets::mark_read(tx, cx, number))
            .unwrap();
        assert_eq!(unread(small, &small.technician), [false]);
        job(small, number, TOMORROW);
        assert_eq!(unread(small, &small.technician), [true]);
        assert_eq!(unread(small, &small.admin), [false]);
    });
}

#[test]
fn a_word_of_the_requester_brings_it_back_at_once() {
    on_both(|small| {
        let number = snoozed(small);
        small.says(&small.requester, number, "Any news?").unwrap();
        let ticket = small.ticket(number);
        assert_eq!((ticket.snoozed_until, ticket.stage), (None, 0));
    });
}

#[test]
fn a_waiting_ticket_is_open_when_it_comes_back() {
    on_both(|small| {
        let number = taken(small);
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
            .unwrap();
        assert_eq!(small.ticket(number).status, Status::Pending);
        job(small, number, TOMORROW);
        assert_eq!(small.ticket(number).status, Status::Open);
    });
}

#[test]
fn somebody_else_who_gets_it_sees_it() {
    on_both(|small| {
        let (number, me, other) = (
            snoozed(small),
            small.technician.viewer.person,
            small.admin.viewer.person,
        );
        small.does(move |tx, cx| tickets::assign(tx, cx, number, me)).unwrap();
        assert!(
            small.ticket(number).snoozed_until.is_some(),
            "who has it already changes nothing"
        );
        small
            .does(move |tx, cx| tickets::assign(tx, cx, number, other))
            .unwrap();
        assert_eq!(small.ticket(number).snoozed_until, None);
    });
}

#[test]
fn solving_and_merging_end_it_and_undo_brings_it_back() {
    on_both(|small| {
        let number = snoozed(small);
        let solved = small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        assert_eq!(solved.ticket.snoozed_until, None);
        small.undo(solved.event).unwrap();
        assert_eq!(small.ticket(number).snoozed_until, Some(TOMORROW));
        let into = small.open();
        small.does(move |tx, cx| tickets::merge(tx, cx, number, into)).unwrap();
        assert_eq!(small.ticket(number).snoozed_until, None);
        small.does(move |tx, cx| tickets::unmerge(tx, cx, number)).unwrap();
        assert_eq!(small.ticket(number).snoozed_until, Some(TOMORROW));
        job(small, number, TOMORROW);
        assert_eq!(small.ticket(number).snoozed_until, None);
    });
}

#[test]
fn a_solved_or_merged_ticket_is_not_put_away() {
    on_both(|small| {
        let (number, into) = (taken(small), small.open());
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        let refused = small.does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW));
        assert_eq!(refused.unwrap_err(), Error::Conflict("conflict-already-solved"));
        small.does(move |tx, cx| tickets::merge(tx, cx, number, into)).unwrap();
        let refused = small.does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW));
        assert_eq!(refused.unwrap_err(), Error::Conflict("conflict-merged"));
    });
}

#[test]
fn snoozing_and_waking_are_taken_back() {
    on_both(|small| {
        let number = taken(small);
        let away = small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
            .unwrap();
        small.undo(away.event).unwrap();
        assert_eq!(small.ticket(number).snoozed_until, None);
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
            .unwrap();
        let back = small.does(move |tx, cx| tickets::wake(tx, cx, number)).unwrap();
        small.undo(back.event).unwrap();
        assert_eq!(small.ticket(number).snoozed_until, Some(TOMORROW));
        small.does(move |tx, cx| tickets::wake(tx, cx, number)).unwrap();
        let again = small.does(move |tx, cx| tickets::wake(tx, cx, number));
        assert_eq!(again.unwrap_err(), Error::Conflict("conflict-not-snoozed"));
    });
}

#[test]
fn several_are_put_away_at_once_and_come_back_with_one_undo() {
    on_both(|small| {
        let numbers = vec![taken(small), taken(small)];
        let (all, me) = (numbers.clone(), small.technician.clone());
        let (event, done) = small
            .write(&me, move |tx, cx| tickets::bulk(tx, cx, &all, &Deed::Snooze(TOMORROW)))
            .unwrap();
        assert_eq!(done.done, numbers);
        assert_eq!(count(small, Condition::Snoozed), 2);
        small
            .write(&me, move |tx, cx| tickets::undo_bulk(tx, cx, event))
            .unwrap();
        assert_eq!(count(small, Condition::Snoozed), 0);
    });
}

#[test]
fn a_requester_puts_nothing_away() {
    on_both(|small| {
        let number = taken(small);
        let asked = small.write(&small.requester, move |tx, cx| {
            tickets::snooze(tx, cx, number, TOMORROW)
        });
        assert_eq!(asked.unwrap_err(), Error::NotFound);
    });
}
