//! Warnings, breaches and steps: each once, whatever the machine's clock does.

use db::args;
use desk::clock::{DAY, HOUR};
use desk::sla::{Deed, LineKind, NewPolicy, Step, Target, Warning};
use desk::tickets::{self, Priority};
use desk::{Context, Result, TicketNumber, Time};

use super::always;
use crate::common::{NOW, Small, on_both};
use crate::tickets::{at, words};

fn step(share: Option<i64>, after: Option<i64>, deed: Deed) -> Step {
    Step {
        target: Target::Solve,
        share,
        after,
        deed,
        person: None,
    }
}

/// Warns at half, raises the priority at the end, gives it back an hour after.
fn strict() -> NewPolicy {
    NewPolicy {
        warning: Some(Warning::Share(50)),
        steps: vec![
            step(Some(100), None, Deed::RaisePriority),
            step(None, Some(60), Deed::BackToTeam),
        ],
        ..always(2 * HOUR, 4 * HOUR)
    }
}

/// What the round of the alarms does at that hour.
fn rounds(small: &Small, now: Time) {
    let cx = at(&small.anew(&small.desk), now);
    let due: Vec<TicketNumber> = small
        .db
        .read_now(move |r| -> Result<_> { Ok(r.query("SELECT number FROM ticket WHERE alarm_at <= $1", &args![now])?) })
        .unwrap();
    for number in due {
        small.write(&cx, move |tx, cx| tickets::ring(tx, cx, number)).unwrap();
    }
}

fn count(small: &Small, kind: &str) -> i64 {
    let all: Vec<String> = small
        .db
        .read_now(|r| -> Result<_> { Ok(r.query("SELECT kind FROM clock_line", &args![])?) })
        .unwrap();
    i64::try_from(all.iter().filter(|one| *one == kind).count()).unwrap()
}

fn taken(small: &Small) -> (TicketNumber, Context) {
    small.policy(strict());
    let technician = small.anew(&small.technician);
    let number = small.open_with(|t| t.priority = Some(Priority::Low)).number;
    small.recompute();
    small
        .write(&technician, move |tx, cx| tickets::take(tx, cx, number))
        .unwrap();
    (number, technician)
}

#[test]
fn each_is_said_at_its_moment_and_once() {
    on_both(|small| {
        let (number, _) = taken(small);
        rounds(small, NOW.plus(HOUR - 1));
        assert_eq!(count(small, "warned"), 0);
        rounds(small, NOW.plus(HOUR));
        assert_eq!(count(small, "warned"), 1, "the first reply, at half its time");
        rounds(small, NOW.plus(2 * HOUR));
        assert_eq!(
            (count(small, "warned"), count(small, "breached")),
            (2, 0),
            "on the stroke nothing is broken"
        );
        rounds(small, NOW.plus(2 * HOUR + 1));
        assert_eq!(count(small, "breached"), 1);
        rounds(small, NOW.plus(4 * HOUR));
        assert_eq!(small.ticket(number).priority, Priority::Normal);
        rounds(small, NOW.plus(5 * HOUR));
        let t = small.ticket(number);
        assert_eq!((t.assignee, t.alarm_at), (None, Time::NEVER));
        for _ in 0..3 {
            rounds(small, NOW.plus(6 * HOUR));
        }
        assert_eq!(
            (count(small, "warned"), count(small, "breached"), count(small, "step")),
            (2, 2, 2)
        );
        assert_eq!(small.ticket(number).priority, Priority::Normal);
    });
}

#[test]
fn a_clock_that_jumps_loses_nothing_and_doubles_nothing() {
    on_both(|small| {
        let (number, technician) = taken(small);
        let in_1970 = Time(DAY);
        let in_2038 = Time(2_147_483_648_000_000);
        for now in [
            NOW.plus(HOUR),
            in_1970,
            NOW,
            NOW.plus(DAY),
            NOW.plus(-HOUR),
            in_2038,
            in_1970,
            NOW.plus(3 * HOUR),
            NOW.plus(DAY),
        ] {
            rounds(small, now);
        }
        let all = |small: &Small| (count(small, "warned"), count(small, "breached"), count(small, "step"));
        assert_eq!(all(small), (2, 2, 2));
        assert_eq!(small.ticket(number).priority, Priority::Normal, "raised once");
        // A verb arms the clock anew; what was said stays said.
        small
            .write(&technician, move |tx, cx| {
                tickets::note(tx, cx, number, &words("Later.")).map(drop)
            })
            .unwrap();
        assert!(small.ticket(number).alarm_at < Time::NEVER);
        rounds(small, NOW.plus(2 * DAY));
        assert_eq!(all(small), (2, 2, 2));
        // The control: without what was written down the same round says it again.
        small.exec("DELETE FROM clock_line WHERE kind = 'step'");
        small
            .write(&technician, move |tx, cx| {
                tickets::note(tx, cx, number, &words("Again.")).map(drop)
            })
            .unwrap();
        rounds(small, NOW.plus(2 * DAY));
        assert_eq!(small.ticket(number).priority, Priority::High, "raised twice");
    });
}

#[test]
fn while_it_waits_nothing_is_said_and_a_pause_moves_the_moments() {
    on_both(|small| {
        let (number, technician) = taken(small);
        small
            .write(&technician, move |tx, cx| tickets::pend(tx, cx, number))
            .unwrap();
        rounds(small, NOW.plus(9 * HOUR));
        assert_eq!(count(small, "warned") + count(small, "breached"), 0);
        small
            .write(&at(&technician, NOW.plus(10 * HOUR)), move |tx, cx| {
                tickets::resume(tx, cx, number)
            })
            .unwrap();
        rounds(small, NOW.plus(11 * HOUR - 1));
        assert_eq!(count(small, "warned"), 0);
        rounds(small, NOW.plus(11 * HOUR));
        assert_eq!(count(small, "warned"), 1);
    });
}

#[test]
fn the_letters_go_to_whoever_has_it() {
    on_both(|small| {
        let (number, _) = taken(small);
        let notices = "SELECT count(*) FROM outgoing WHERE kind = 'notice'";
        rounds(small, NOW.plus(HOUR));
        assert_eq!(small.count(notices), 0, "without a mailbox nothing can leave");
        small.exec("INSERT INTO mailbox (address, name, created_at) VALUES ('help@desk.example', 'Help', 0)");
        rounds(small, NOW.plus(2 * HOUR));
        assert_eq!(small.count(notices), 1);
        assert!(small.kinds(number).contains(&LineKind::Warned));
    });
}

#[test]
fn an_existing_desk_notes_a_broken_promise_too() {
    on_both(|small| {
        let number = small.open_with(|t| t.priority = Some(Priority::Urgent)).number;
        rounds(small, NOW.plus(7 * DAY));
        rounds(small, NOW.plus(8 * DAY));
        assert_eq!(
            small
                .kinds(number)
                .iter()
                .filter(|kind| **kind == LineKind::Breached)
                .count(),
            2
        );
    });
}
