//! Policies and what becomes of their promises, on both engines.

mod alarms;
mod policies;

use std::sync::Arc;

use db::args;
use desk::clock::HOUR;
use desk::house::House;
use desk::jobs::{self, JobKind};
use desk::sla::{self, Hours, Ledger, LineKind, NewPolicy, Targets};
use desk::tickets::{self, Priority};
use desk::words::Both;
use desk::{Context, PolicyId, Result, TicketNumber, Time};

use crate::common::{NOW, Small, on_both};
use crate::tickets::{at, words};
use worktime::Calendar;

/// One that promises around the clock.
pub(crate) fn always(reply: i64, solve: i64) -> NewPolicy {
    NewPolicy {
        name: Both::new("Around the clock", "Jour et nuit"),
        hours: Hours::Always,
        targets: Targets {
            reply: Some(reply),
            answer: None,
            solve: Some(solve),
        },
        ..NewPolicy::default()
    }
}

impl Small {
    /// The same person with the house as it is now.
    pub(crate) fn anew(&self, cx: &Context) -> Context {
        let house = self.db.write_now(House::load).expect("house rules");
        Context {
            house: Arc::new(house),
            ..cx.clone()
        }
    }

    pub(crate) fn policy(&self, new: NewPolicy) -> PolicyId {
        self.write(&self.admin, move |tx, cx| sla::add(tx, cx, &new))
            .expect("added")
    }

    /// Runs the batches that compute open clocks anew, to the end; how many there were.
    pub(crate) fn recompute(&self) -> usize {
        let cx = self.desk.clone();
        let mut batches = 0;
        loop {
            let cx = cx.clone();
            let ran = self.db.write_now(move |tx| -> Result<usize> {
                let due = jobs::claim(tx, JobKind::RecomputeClocks, cx.now, 10)?;
                for job in &due {
                    tickets::recompute_clocks(tx, &cx, TicketNumber(job.subject))?;
                    jobs::done(tx, job.id)?;
                }
                Ok(due.len())
            });
            match ran.expect("ran") {
                0 => return batches,
                more => batches += more,
            }
        }
    }

    pub(crate) fn ledger(&self, number: TicketNumber) -> Ledger {
        let cx = self.anew(&self.technician);
        self.read(&cx, move |r, cx| sla::ledger(r, cx, number))
            .expect("a ledger")
    }

    pub(crate) fn kinds(&self, number: TicketNumber) -> Vec<LineKind> {
        self.ledger(number).lines.iter().map(|line| line.kind).collect()
    }
}

fn toronto() -> Calendar {
    Calendar::standard("America/Toronto").unwrap()
}

#[test]
fn the_first_policy_that_fits_decides_and_at_last_the_house() {
    on_both(|small| {
        let mut urgent = always(HOUR, 2 * HOUR);
        urgent.conditions.priorities = vec![Priority::Urgent];
        let first = small.policy(urgent);
        let mut mine = always(3 * HOUR, 5 * HOUR);
        mine.conditions.requesters = vec![small.requester.viewer.person];
        mine.conditions.priorities = vec![Priority::Urgent, Priority::High];
        let second = small.policy(mine);
        let technician = small.anew(&small.technician);
        let requester = small.requester.viewer.person;
        let opened = |priority| {
            let mut new = tickets::NewTicket::new(requester, tickets::Channel::Phone, "No printing", "None.");
            new.priority = Some(priority);
            let opened = small.write(&technician, move |tx, cx| tickets::open(tx, cx, &new));
            small.ticket(opened.unwrap().number)
        };
        let t = opened(Priority::Urgent);
        assert_eq!((t.policy, t.solve_due), (Some(first), NOW.plus(2 * HOUR)));
        let t = opened(Priority::High);
        assert_eq!((t.policy, t.reply_due), (Some(second), NOW.plus(3 * HOUR)));
        let t = opened(Priority::Normal);
        assert_eq!(t.policy, None);
        assert_eq!(t.solve_due.0, toronto().add(NOW.0, 16 * HOUR).unwrap());
    });
}

#[test]
fn a_pause_counts_by_the_clock_of_the_policy_also_when_that_comes_later() {
    on_both(|small| {
        let number = small.open();
        let (from, to) = (NOW.plus(HOUR), NOW.plus(25 * HOUR));
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
        assert_eq!(small.ticket(number).paused_work, toronto().between(from.0, to.0));
        small.policy(always(HOUR, 4 * HOUR));
        small.recompute();
        let t = small.ticket(number);
        assert_eq!(t.paused_work, 24 * HOUR, "night and day, by the new clock");
        assert_eq!(t.solve_due, NOW.plus(28 * HOUR));
        let ledger = small.ledger(number);
        let kinds: Vec<LineKind> = ledger.lines.iter().map(|line| line.kind).collect();
        assert!(kinds.contains(&LineKind::Moved), "{kinds:?}");
        let pause = ledger.lines.iter().find(|line| line.kind == LineKind::Paused).unwrap();
        assert_eq!((pause.at, pause.until, pause.words.as_str()), (from, Some(to), "parts"));
    });
}

#[test]
fn a_pause_that_was_undone_never_was() {
    on_both(|small| {
        let number = small.open();
        let before = small.ticket(number).solve_due;
        let pended = small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        assert_eq!(small.kinds(number), [LineKind::Started, LineKind::Paused]);
        small.undo(pended.event).unwrap();
        assert_eq!(small.kinds(number), [LineKind::Started]);
        assert_eq!(small.ticket(number).solve_due, before);
        // And an undone resumption lets the same pause go on.
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        let resumed = small.does(move |tx, cx| tickets::resume(tx, cx, number)).unwrap();
        small.undo(resumed.event).unwrap();
        let open = small.count("SELECT count(*) FROM clock_pause WHERE until_at IS NULL");
        assert_eq!((open, small.count("SELECT count(*) FROM clock_pause")), (1, 1));
    });
}

#[test]
fn the_requester_who_asks_again_is_promised_a_next_reply() {
    on_both(|small| {
        let mut policy = always(HOUR, 40 * HOUR);
        policy.targets.answer = Some(2 * HOUR);
        small.policy(policy);
        let technician = small.anew(&small.technician);
        let requester = small.anew(&small.requester);
        let number = small.open();
        small.recompute();
        let reply = |cx: &Context| {
            let cx = cx.clone();
            small.write(&cx, move |tx, cx| tickets::reply(tx, cx, number, &words("Yes.")))
        };
        reply(&technician).unwrap();
        assert_eq!(small.ticket(number).answer_due, Time::NEVER);
        let asked = NOW.plus(3 * HOUR);
        small.says(&at(&requester, asked), number, "And now?").unwrap();
        let t = small.ticket(number);
        assert_eq!(
            (t.asked_at, t.answer_due, t.next_due),
            (Some(asked), asked.plus(2 * HOUR), asked.plus(2 * HOUR))
        );
        small.says(&at(&requester, asked.plus(HOUR)), number, "Hello?").unwrap();
        assert_eq!(
            small.ticket(number).answer_due,
            asked.plus(2 * HOUR),
            "since the first word"
        );
        let late = asked.plus(4 * HOUR);
        let (answered, _) = reply(&at(&technician, late)).unwrap();
        let t = small.ticket(number);
        assert_eq!((t.asked_at, t.answer_due), (None, Time::NEVER));
        assert_eq!(small.kinds(number).last(), Some(&LineKind::Missed));
        let event = answered.event;
        small
            .write(&at(&technician, late), move |tx, cx| tickets::undo(tx, cx, event))
            .unwrap();
        assert_eq!(
            small.ticket(number).answer_due,
            asked.plus(2 * HOUR),
            "taken back, it is waited for again"
        );
    });
}

#[test]
fn what_the_preview_says_is_what_happens() {
    on_both(|small| {
        let numbers: Vec<TicketNumber> = (0..7).map(|_| small.open()).collect();
        let paused = numbers[2];
        let from = at(&small.technician, NOW.plus(HOUR));
        small.write(&from, move |tx, cx| tickets::pend(tx, cx, paused)).unwrap();
        let until = at(&small.technician, NOW.plus(30 * HOUR));
        small
            .write(&until, move |tx, cx| tickets::resume(tx, cx, paused))
            .unwrap();
        let done = numbers[3];
        small
            .does(move |tx, cx| tickets::solve(tx, cx, done, &tickets::Solution::default()))
            .unwrap();
        let new = always(HOUR, 5 * HOUR);
        let asked = new.clone();
        let preview = small
            .read(&small.admin, move |r, cx| sla::preview_of(r, cx, None, &asked))
            .unwrap();
        assert_eq!((preview.open, preview.tickets), (6, 6));
        assert_eq!(small.recompute(), 0, "a preview moves nothing");
        small.policy(new);
        assert!(small.recompute() > 0);
        let applied: Vec<(i64, String, i64, i64)> = small
            .db
            .read_now(|r| -> Result<_> {
                Ok(r.query(
                    "SELECT ticket, target, due_was, due_at FROM clock_line WHERE kind = 'moved' ORDER BY ticket, id",
                    &args![],
                )?)
            })
            .unwrap();
        let said: Vec<(i64, String, i64, i64)> = preview
            .first
            .iter()
            .map(|one| (one.number.0, one.target.to_string(), one.was.0, one.due.0))
            .collect();
        assert_eq!(applied, said);
        for one in &preview.first {
            let t = small.ticket(one.number);
            let due = if one.target == sla::Target::Reply {
                t.reply_due
            } else {
                t.solve_due
            };
            assert_eq!(due, one.due);
        }
        // Applied again it moves nothing more: the job may run twice.
        let cx = small.desk.clone();
        small
            .write(&cx, |tx, cx| tickets::recompute_clocks(tx, cx, TicketNumber(0)))
            .unwrap();
        let lines = small.count("SELECT count(*) FROM clock_line WHERE kind = 'moved'");
        assert_eq!(usize::try_from(lines).unwrap(), applied.len());
    });
}

#[test]
fn a_change_of_priority_is_told_with_both_due_times() {
    on_both(|small| {
        let number = small.open_with(|t| t.priority = Some(Priority::Normal)).number;
        let was = small.ticket(number).solve_due;
        let edit = tickets::Edit {
            priority: Some(Some(Priority::Urgent)),
            ..tickets::Edit::default()
        };
        small.does(move |tx, cx| tickets::edit(tx, cx, number, &edit)).unwrap();
        let ledger = small.ledger(number);
        let moved = ledger
            .lines
            .iter()
            .find(|line| line.target == Some(sla::Target::Solve))
            .unwrap();
        assert_eq!(
            (moved.kind, moved.was, moved.words.as_str()),
            (LineKind::Moved, Some(was), "priority")
        );
        assert_eq!(moved.due, Some(small.ticket(number).solve_due));
    });
}
