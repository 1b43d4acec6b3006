//! Opening, changing, moving on and taking back.

use desk::events::EventKind;
use desk::problems::{self, NewProblem, ProblemState};
use desk::{Error, ProblemNumber};

use super::{Bench, both, tunnel};
use crate::common::key_of;
use crate::mail::desk::each;

#[test]
fn a_problem_has_a_title_in_one_language_at_least() {
    each(|d| {
        let bench = Bench::new(d);
        let open = |title_en: &str, title_fr: &str| {
            let new = NewProblem {
                title_en: title_en.into(),
                title_fr: title_fr.into(),
                ..NewProblem::default()
            };
            bench.does(move |tx, cx| problems::open(tx, cx, &new, &[]))
        };
        assert_eq!(key_of(open(" ", "")), "refused-empty");
        assert_eq!(key_of(open("two\nlines", "")), "refused-characters");
        let opened = open("", " Le RPV tombe ").unwrap();
        assert_eq!(opened.problem.title_fr, "Le RPV tombe");
        assert_eq!(opened.problem.name(), format!("P-{}", opened.problem.number));
        assert_eq!(opened.problem.state, ProblemState::Open);
    });
}

#[test]
fn only_a_technician_owns_it_and_only_a_known_topic_is_its_own() {
    each(|d| {
        let bench = Bench::new(d);
        let requester = bench.requester("cedar", desk::words::Lang::En);
        let new = NewProblem {
            owner: Some(requester),
            ..tunnel()
        };
        assert_eq!(
            key_of(bench.does(move |tx, cx| problems::open(tx, cx, &new, &[]))),
            "refused-not-a-technician"
        );
        let new = NewProblem {
            topic: Some(desk::TopicId(999)),
            ..tunnel()
        };
        assert_eq!(
            key_of(bench.does(move |tx, cx| problems::open(tx, cx, &new, &[]))),
            "refused-no-such-topic"
        );
        let new = NewProblem {
            owner: Some(bench.technician),
            ..tunnel()
        };
        bench.does(move |tx, cx| problems::open(tx, cx, &new, &[])).unwrap();
    });
}

#[test]
fn a_known_error_has_a_symptom_and_a_workaround_or_a_cause() {
    each(|d| {
        let bench = Bench::new(d);
        let becomes = |change: fn(&mut NewProblem)| {
            let mut new = tunnel();
            change(&mut new);
            let number = bench
                .does(move |tx, cx| problems::open(tx, cx, &new, &[]))
                .unwrap()
                .problem
                .number;
            bench.does(move |tx, cx| problems::become_known(tx, cx, number))
        };
        let no_symptom = becomes(|new| (new.symptom_en, new.symptom_fr) = (String::new(), String::new()));
        assert_eq!(key_of(no_symptom), "refused-known-symptom");
        let neither = becomes(|new| (new.cause_en, new.workaround_en) = (String::new(), String::new()));
        assert_eq!(key_of(neither), "refused-known-words");
        let known = becomes(|new| new.cause_en = String::new()).unwrap().problem;
        assert_eq!(
            (known.state, known.name()),
            (ProblemState::KnownError, format!("KE-{}", known.number))
        );
        let number = known.number;
        let emptied = NewProblem {
            symptom_en: String::new(),
            symptom_fr: String::new(),
            ..tunnel()
        };
        let edited = bench.does(move |tx, cx| problems::edit(tx, cx, number, &emptied, None));
        assert_eq!(key_of(edited), "refused-known-symptom", "nor can it lose it");
        let again = bench.does(move |tx, cx| problems::become_known(tx, cx, number));
        assert_eq!(again.err(), Some(Error::Conflict("conflict-known-already")));
    });
}

#[test]
fn it_goes_from_open_to_closed_and_comes_back() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.opens(&[]);
        let state = || bench.find(number).state;
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        bench.does(move |tx, cx| problems::find_fix(tx, cx, number)).unwrap();
        assert_eq!(state(), ProblemState::FixFound);
        let again = bench.does(move |tx, cx| problems::find_fix(tx, cx, number));
        assert_eq!(again.err(), Some(Error::Conflict("conflict-fix-found")));
        bench.solves(number, &both()).unwrap();
        assert_eq!(
            (state(), bench.find(number).solved_at),
            (ProblemState::Solved, Some(d.desk.now()))
        );
        bench.does(move |tx, cx| problems::reopen(tx, cx, number)).unwrap();
        assert_eq!(
            (state(), bench.find(number).solved_at),
            (ProblemState::KnownError, None),
            "the fix did not hold"
        );
        bench.does(move |tx, cx| problems::close(tx, cx, number)).unwrap();
        let twice = bench.does(move |tx, cx| problems::close(tx, cx, number));
        assert_eq!(twice.err(), Some(Error::Conflict("conflict-problem-closed")));
        let solved = bench.solves(number, &both());
        assert_eq!(solved.err(), Some(Error::Conflict("conflict-problem-closed")));
        assert_eq!(
            bench.find(number).name(),
            format!("KE-{number}"),
            "a known error it stays"
        );
    });
}

#[test]
fn without_a_fix_nothing_is_solved() {
    each(|d| {
        let bench = Bench::new(d);
        let new = NewProblem {
            fix_en: String::new(),
            fix_fr: String::new(),
            ..tunnel()
        };
        let number = bench
            .does(move |tx, cx| problems::open(tx, cx, &new, &[]))
            .unwrap()
            .problem
            .number;
        assert_eq!(key_of(bench.solves(number, &both())), "refused-problem-fix");
        let found = bench.does(move |tx, cx| problems::find_fix(tx, cx, number));
        assert_eq!(key_of(found), "refused-problem-fix");
        assert_eq!(bench.find(number).state, ProblemState::Open);
    });
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_not_written_over() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.opens(&[]);
        let seen = bench.find(number).changed_at;
        d.advance(1_000);
        let theirs = NewProblem {
            cause_fr: "Le pilote de la carte sans fil.".into(),
            ..tunnel()
        };
        let written = theirs.clone();
        bench
            .does(move |tx, cx| problems::edit(tx, cx, number, &written, Some(seen)))
            .unwrap();
        d.advance(1_000);
        let mine = bench.does(move |tx, cx| problems::edit(tx, cx, number, &tunnel(), Some(seen)));
        assert_eq!(mine.err(), Some(Error::Conflict("conflict-problem-changed")));
        assert_eq!(problems::written(&bench.find(number)), theirs);
        bench
            .does(move |tx, cx| problems::edit(tx, cx, number, &tunnel(), None))
            .unwrap();
        assert_eq!(problems::written(&bench.find(number)), tunnel());
    });
}

#[test]
fn undo_puts_back_what_nobody_has_changed_since() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.opens(&[]);
        let titled = |title: &str| NewProblem {
            title_en: title.into(),
            ..tunnel()
        };
        let edit = |title: &str| {
            let new = titled(title);
            bench
                .does(move |tx, cx| problems::edit(tx, cx, number, &new, None))
                .unwrap()
                .event
        };
        let (first, second) = (edit("One"), edit("Two"));
        assert_eq!(bench.undoes(first), Err(Error::Conflict("conflict-changed-since")));
        bench.undoes(second).unwrap();
        bench.undoes(first).unwrap();
        assert_eq!(problems::written(&bench.find(number)), tunnel());
        let closed = bench.does(move |tx, cx| problems::close(tx, cx, number)).unwrap().event;
        bench.undoes(closed).unwrap();
        assert_eq!(bench.find(number).state, ProblemState::Open);
        let known = bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap()
            .event;
        bench.undoes(known).unwrap();
        assert_eq!(bench.find(number).name(), format!("P-{number}"));
    });
}

#[test]
fn its_history_is_read_by_an_index_the_newest_first() {
    each(|d| {
        let bench = Bench::new(d);
        let ticket = bench.ticket("cedar", desk::words::Lang::En);
        let number = bench.opens(&[ticket]);
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        let kinds: Vec<EventKind> = bench.asks(move |r, cx| {
            let lines = problems::history(r, cx, number)?;
            Ok(lines.iter().map(|line| line.kind).collect())
        });
        use EventKind::{ProblemKnown, ProblemLinked, ProblemOpened};
        assert_eq!(kinds, [ProblemKnown, ProblemLinked, ProblemOpened]);
        let none = bench.asks(|r, cx| Ok(problems::history(r, cx, ProblemNumber(999)).err()));
        assert_eq!(none, Some(Error::NotFound));
        if d.desk.on_sqlite() {
            let plan = d.read(problems::history_plan);
            assert!(plan.contains("event_problem"), "{plan}");
        }
    });
}
