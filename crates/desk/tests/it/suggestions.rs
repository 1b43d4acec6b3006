//! What is likely to help: by the words, and by what helped on tickets like this one; learnt at once, and from the past
//! alone.

use desk::access::Role;
use desk::clock::DAY;
use desk::finding;
use desk::suggestions::{self, Asked, How, Lesson, Near, Target, TargetKind};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::words::Lang;
use desk::{Context, PersonId, TicketNumber, Time};

use crate::mail::desk::{TestDesk, each};

struct Bench<'a> {
    d: &'a TestDesk,
    technician: PersonId,
    requester: PersonId,
}

impl<'a> Bench<'a> {
    fn new(d: &'a TestDesk) -> Bench<'a> {
        Bench {
            d,
            technician: d.person("technician@desk.example", Role::Technician),
            requester: d.person("cedar@requester.example", Role::Requester),
        }
    }

    fn open(&self, subject: &str, body: &str) -> TicketNumber {
        let (cx, new) = (
            self.d.cx(),
            NewTicket::new(self.requester, Channel::Phone, subject, body),
        );
        self.d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
    }

    fn solve(&self, number: TicketNumber, steps: &str) {
        let (cx, steps) = (self.d.as_person(self.technician), steps.to_string());
        let solution = Solution {
            steps,
            ..Solution::default()
        };
        self.d
            .write(move |tx| tickets::solve(tx, &cx, number, &solution).map(drop));
    }

    fn teach_at(&self, at: Time, ticket: TicketNumber, target: Target, how: How) {
        let cx = Context {
            now: at,
            ..self.d.as_person(self.technician)
        };
        let lesson = Lesson { ticket, target, how };
        self.d.write(move |tx| suggestions::teach(tx, &cx, lesson));
    }

    fn teach(&self, ticket: TicketNumber, target: Target, how: How) {
        self.teach_at(self.d.cx().now.plus(-1), ticket, target, how);
    }

    fn asked(&self, text: &str) -> Asked {
        let now = self.d.cx().now;
        Asked {
            text: text.into(),
            language: Lang::En,
            closed_gates: Vec::new(),
            of: None,
            known_before: now.plus(1),
            learnt_before: now,
            meant: None,
        }
    }

    fn ranked(&self, asked: &Asked, kind: TargetKind) -> Vec<Near> {
        let (desk, asked) = (self.d.desk.clone(), asked.clone());
        self.d
            .read(move |r| suggestions::ranked(r, desk.index(), &asked, kind, 10))
    }

    fn index(&self) {
        self.d.wait(finding::rebuild(&self.d.desk, |_| {})).unwrap();
    }
}

fn ids(near: &[Near]) -> Vec<i64> {
    near.iter().map(|near| near.id).collect()
}

const ASKED: &str = "The tunnel drops every few minutes since the update";

#[test]
fn what_helped_on_tickets_like_this_one_comes_first() {
    each(|d| {
        let bench = Bench::new(d);
        let like = bench.open("Tunnel drops", "The tunnel drops every few minutes.");
        let far = bench.open("No sound", "The loudspeaker is silent.");
        let fix = bench.open("Wi-Fi driver is old", "Put the corrected driver on the laptop.");
        bench.index();
        let asked = bench.asked(ASKED);
        let before = bench.ranked(&asked, TargetKind::Ticket);
        assert!(
            !ids(&before).contains(&fix.0),
            "no word of it is in the question: {before:?}"
        );
        bench.teach(like, Target::ticket(fix), How::Linked);
        let after = bench.ranked(&asked, TargetKind::Ticket);
        let place = ids(&after).iter().position(|id| *id == fix.0);
        assert!(place.is_some(), "learnt at once: {after:?}");
        assert!(!ids(&after).contains(&far.0));
    });
}

#[test]
fn what_comes_later_changes_nothing() {
    each(|d| {
        let bench = Bench::new(d);
        let like = bench.open("Tunnel drops", "The tunnel drops every few minutes.");
        let fix = bench.open("Wi-Fi driver is old", "Put the corrected driver on the laptop.");
        bench.index();
        let asked = bench.asked(ASKED);
        let before = bench.ranked(&asked, TargetKind::Ticket);
        for days in 0..5 {
            let at = asked.learnt_before.plus(days * DAY);
            bench.teach_at(at, like, Target::ticket(fix), How::Used);
            assert_eq!(bench.ranked(&asked, TargetKind::Ticket), before, "{days} days later");
        }
        // Control: the same line of a moment before is heard.
        bench.teach_at(asked.learnt_before.plus(-1), like, Target::ticket(fix), How::Dismissed);
        bench.teach_at(asked.learnt_before.plus(-1), like, Target::ticket(fix), How::Used);
        assert_ne!(bench.ranked(&asked, TargetKind::Ticket), before);
    });
}

#[test]
fn what_was_set_aside_there_goes_back_and_undo_forgets_it() {
    each(|d| {
        let bench = Bench::new(d);
        let like = bench.open("Tunnel drops", "The tunnel drops every few minutes.");
        let (good, bad) = (
            bench.open("The tunnel drops at noon", "Every day."),
            bench.open("The tunnel drops at night", "Every day."),
        );
        bench.index();
        let asked = bench.asked(ASKED);
        let score = |target: TicketNumber| {
            let near = bench.ranked(&asked, TargetKind::Ticket);
            near.iter()
                .find(|near| near.id == target.0)
                .map_or(0.0, |near| near.score)
        };
        let (good_before, bad_before) = (score(good), score(bad));
        bench.teach(like, Target::ticket(bad), How::Dismissed);
        bench.teach(like, Target::ticket(good), How::Used);
        assert!(score(bad) < bad_before && score(good) > good_before);
        d.write(move |tx| {
            suggestions::forget(tx, like, Target::ticket(bad))?;
            suggestions::forget(tx, like, Target::ticket(good))
        });
        assert_eq!((score(good), score(bad)), (good_before, bad_before));
    });
}

#[test]
fn a_solution_is_found_by_what_it_says_and_one_that_worked_before_one_that_was_tried() {
    each(|d| {
        let bench = Bench::new(d);
        let tried = bench.open("A", "One.");
        let solved = bench.open("B", "Two.");
        let talk = bench.open(
            "The tunnel drops",
            "The tunnel drops every few minutes since the update.",
        );
        let words = "Restart the tunnel, then install the update again.";
        bench.solve(tried, words);
        bench.solve(solved, words);
        let cx = d.as_person(bench.technician);
        d.write(move |tx| {
            tickets::reopen(tx, &cx, tried)?;
            tx.exec(
                "UPDATE ticket SET solved_at = NULL WHERE number = $1",
                &db::args![tried],
            )?;
            Ok(())
        });
        bench.index();
        let found = ids(&bench.ranked(&bench.asked(ASKED), TargetKind::Solution));
        assert_eq!(found, [solved.0, tried.0], "{talk} was not solved");
    });
}

#[test]
fn tickets_of_closed_teams_are_not_there() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.open("Tunnel drops", "The tunnel drops every few minutes.");
        bench.index();
        let open = bench.asked(ASKED);
        let closed = Asked {
            closed_gates: vec![0],
            ..open.clone()
        };
        assert_eq!(ids(&bench.ranked(&open, TargetKind::Ticket)), [number.0]);
        assert!(bench.ranked(&closed, TargetKind::Ticket).is_empty());
        let itself = Asked {
            of: Some(number.0),
            ..open
        };
        assert!(bench.ranked(&itself, TargetKind::Ticket).is_empty(), "nor itself");
    });
}
