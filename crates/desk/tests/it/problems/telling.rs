//! Solved once, and everybody affected is told, in his language.

use desk::clock::MINUTE;
use desk::problems::{self, NewTelling, ProblemState};
use desk::tickets::{self, Status};
use desk::words::Lang;
use desk::{Error, TicketNumber};

use super::{Bench, both};
use crate::mail::desk::{Left, each};

fn text(left: &Left) -> String {
    left.read().text.unwrap_or_default()
}

fn to(left: &[Left], address: &str) -> Vec<String> {
    left.iter().filter(|l| l.to == address).map(text).collect()
}

fn statuses(bench: &Bench<'_>, numbers: &[TicketNumber]) -> Vec<Status> {
    numbers.iter().map(|number| bench.row(*number).status).collect()
}

#[test]
fn everybody_gets_one_letter_in_his_language_and_the_fix_is_the_solution() {
    each(|d| {
        let bench = Bench::new(d);
        let (en, fr) = (bench.ticket("cedar", Lang::En), bench.ticket("erable", Lang::Fr));
        let number = bench.opens(&[en, fr]);
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        let preview = bench.asks(move |r, cx| problems::preview(r, cx, number));
        assert_eq!(preview.tickets, [en, fr]);
        assert_eq!(preview.readers, [(Lang::En, 1), (Lang::Fr, 1)].into());
        assert_eq!(preview.offered.reply_fr, "Installez le pilote 22.40.");
        let solved = bench.solves(number, &both()).unwrap();
        assert_eq!(bench.counts(number), (2, 2, 2));
        let left = d.sends();
        assert_eq!(left.len(), 2, "the reply says that it is solved; no other letter does");
        assert!(to(&left, "cedar@requester.example")[0].contains("the tunnel then stays up"));
        assert!(to(&left, "erable@requester.example")[0].contains("le RPV tient ensuite"));
        let detail = bench.asks(move |r, cx| tickets::detail(r, cx, fr));
        let solution = &detail.solutions[0];
        assert_eq!(
            (&*solution.steps, &*solution.cause, &*solution.helped),
            (
                "Installez le pilote 22.40.",
                "The new driver of the wireless card.",
                format!("KE-{number}").as_str()
            ),
            "the cause was written in English alone"
        );
        let row = bench.row(fr);
        assert_eq!((row.status, row.assignee), (Status::Solved, Some(bench.technician)));
        assert!(row.replied_at.is_some() && row.solved_at.is_some(), "both clocks stand");
        let progress = bench.asks(move |r, cx| problems::progress(r, cx, solved.telling));
        assert_eq!((progress.told, progress.waiting, progress.left.len()), (2, 0, 0));
        assert!(d.sends().is_empty());
    });
}

#[test]
fn a_language_that_is_missing_is_named_and_nothing_is_done() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = [
            bench.ticket("cedar", Lang::En),
            bench.ticket("erable", Lang::Fr),
            bench.ticket("orme", Lang::Fr),
        ];
        let number = bench.opens(&numbers);
        let english = NewTelling {
            reply_fr: " ".into(),
            ..both()
        };
        let Err(Error::Refused(all)) = bench.solves(number, &english) else {
            panic!("refused")
        };
        assert_eq!(
            (all[0].field, all[0].key, all[0].number),
            ("reply_fr", "refused-told-fr", Some(2))
        );
        assert_eq!(
            (bench.find(number).state, bench.counts(number).1),
            (ProblemState::Open, 0)
        );
        let agreed = NewTelling {
            either: true,
            ..english
        };
        bench.solves(number, &agreed).unwrap();
        let left = d.sends();
        assert!(to(&left, "erable@requester.example")[0].contains("the tunnel then stays up"));
        assert_eq!(left.len(), 3);
    });
}

#[test]
fn undo_takes_all_of_it_back_while_the_letters_wait() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(3, Lang::En);
        let number = bench.opens(&numbers);
        let solved = bench.solves(number, &both()).unwrap();
        bench.undoes(solved.event).unwrap();
        assert_eq!(statuses(&bench, &numbers), [Status::New; 3]);
        assert_eq!(
            (bench.find(number).state, bench.find(number).solved_at),
            (ProblemState::Open, None)
        );
        assert!(d.sends().is_empty());
        bench.solves(number, &both()).unwrap();
        assert_eq!(d.sends().len(), 3, "control: and again");
    });
}

#[test]
fn what_has_left_stays_solved_when_it_is_undone_too_late() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(2, Lang::En);
        let number = bench.opens(&numbers);
        let solved = bench.solves(number, &both()).unwrap();
        assert_eq!(d.sends().len(), 2);
        bench.undoes(solved.event).unwrap();
        assert_eq!(statuses(&bench, &numbers), [Status::Solved; 2]);
        assert_eq!(bench.find(number).state, ProblemState::Open);
        let progress = bench.asks(move |r, cx| problems::progress(r, cx, solved.telling));
        assert_eq!((progress.told, progress.taken_back, progress.stopped), (2, 0, true));
    });
}

#[test]
fn those_that_turn_up_later_are_told_later_and_nobody_twice() {
    each(|d| {
        let bench = Bench::new(d);
        let first = bench.ticket("cedar", Lang::En);
        let number = bench.opens(&[first]);
        bench.solves(number, &both()).unwrap();
        assert_eq!(d.sends().len(), 1);
        let late = bench.ticket("maple", Lang::En);
        bench
            .does(move |tx, cx| problems::link(tx, cx, number, &[late]))
            .unwrap();
        assert_eq!(bench.counts(number), (2, 1, 2));
        bench.solves(number, &both()).unwrap();
        let left = d.sends();
        assert_eq!((left.len(), left[0].to.as_str()), (1, "maple@requester.example"));
        assert_eq!(bench.counts(number), (2, 2, 2));
    });
}

#[test]
fn one_that_is_open_again_is_not_fixed() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(2, Lang::En);
        let number = bench.opens(&numbers);
        bench.solves(number, &both()).unwrap();
        d.sends();
        d.advance(MINUTE);
        let again = numbers[0];
        bench.does(move |tx, cx| tickets::reopen(tx, cx, again)).unwrap();
        assert_eq!(bench.counts(number), (2, 1, 2));
    });
}

#[test]
fn a_ticket_that_was_solved_already_is_left_as_it_is() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(2, Lang::En);
        let number = bench.opens(&numbers);
        let done = numbers[0];
        bench
            .does(move |tx, cx| tickets::solve(tx, cx, done, &tickets::Solution::default()))
            .unwrap();
        d.sends();
        let solved = bench.solves(number, &both()).unwrap();
        assert_eq!(d.sends().len(), 1);
        let progress = bench.asks(move |r, cx| problems::progress(r, cx, solved.telling));
        assert_eq!((progress.told, progress.left.len()), (1, 0));
    });
}
