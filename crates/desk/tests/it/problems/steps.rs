//! Hundreds are told in steps, by a job; a step that dies is done anew, and no letter twice.

use desk::access::{Role, Viewer};
use desk::problems::{self, ProblemState};
use desk::tickets;
use desk::words::Lang;
use desk::{Error, PersonId, TellingId};

use super::{Bench, both};
use crate::mail::desk::{TestDesk, each};

fn letters(d: &TestDesk) -> i64 {
    d.count("SELECT count(*) FROM outgoing WHERE kind = 'reply' AND state <> 'withdrawn'")
}

fn runs_jobs(d: &TestDesk) {
    d.wait(desk::jobs::run_due(&d.desk)).unwrap();
}

#[test]
fn the_first_few_are_told_at_once_and_the_rest_by_the_job() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(50, Lang::En);
        let number = bench.opens(&numbers);
        let telling = bench.solves(number, &both()).unwrap().telling;
        let progress = || bench.asks(move |r, cx| problems::progress(r, cx, telling));
        assert_eq!((progress().told, progress().waiting, letters(d)), (20, 30, 20));
        runs_jobs(d);
        assert_eq!((progress().told, progress().waiting, letters(d)), (50, 0, 50));
        assert_eq!(bench.counts(number), (50, 50, 50));
        assert_eq!(d.count("SELECT count(*) FROM job WHERE kind = 'tell_affected'"), 0);
        assert_eq!(
            d.count("SELECT count(*) FROM (SELECT ticket FROM outgoing GROUP BY ticket HAVING count(*) > 1) t"),
            0
        );
    });
}

#[test]
fn a_step_that_dies_is_done_anew_and_one_that_runs_twice_does_nothing_twice() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(50, Lang::En);
        let number = bench.opens(&numbers);
        let telling = bench.solves(number, &both()).unwrap().telling;
        let step = |dies: bool| {
            let cx = d.desk.context(Viewer::desk(PersonId(0)), None);
            d.desk.write_now(move |tx| {
                problems::tell_when_due(tx, &cx, telling)?;
                if dies { Err(Error::Busy) } else { Ok(()) }
            })
        };
        assert_eq!(
            (step(true), letters(d)),
            (Err(Error::Busy), 20),
            "nothing of it was kept"
        );
        step(false).unwrap();
        assert_eq!(letters(d), 40);
        // The job it was told by, and the one the step left behind: both go on where it stands.
        runs_jobs(d);
        step(false).unwrap();
        assert_eq!((letters(d), bench.counts(number).1), (50, 50));
        let none = d.desk.context(Viewer::desk(PersonId(0)), None);
        d.write(move |tx| problems::tell_when_due(tx, &none, TellingId(999)));
    });
}

#[test]
fn what_changed_before_its_step_is_left_and_said() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(30, Lang::En);
        let number = bench.opens(&numbers);
        let telling = bench.solves(number, &both()).unwrap().telling;
        let (unlinked, done) = (numbers[25], numbers[26]);
        bench.does(move |tx, cx| problems::unlink(tx, cx, unlinked)).unwrap();
        bench
            .does(move |tx, cx| tickets::solve(tx, cx, done, &tickets::Solution::default()))
            .unwrap();
        runs_jobs(d);
        let progress = bench.asks(move |r, cx| problems::progress(r, cx, telling));
        assert_eq!(progress.told, 28);
        let left = [
            (unlinked, "left-unlinked".to_string()),
            (done, "conflict-already-solved".to_string()),
        ];
        assert_eq!(progress.left, left);
    });
}

#[test]
fn undo_stops_those_that_were_not_told_yet() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(30, Lang::En);
        let number = bench.opens(&numbers);
        let solved = bench.solves(number, &both()).unwrap();
        d.sends();
        bench.undoes(solved.event).unwrap();
        runs_jobs(d);
        assert_eq!(
            (letters(d), bench.counts(number).1),
            (20, 20),
            "what has left, and no more"
        );
        assert_eq!(bench.find(number).state, ProblemState::Open);
    });
}

#[test]
fn whoever_may_sign_in_no_more_tells_nobody_more() {
    each(|d| {
        let bench = Bench::new(d);
        let numbers = bench.tickets(30, Lang::En);
        let number = bench.opens(&numbers);
        let telling = bench.solves(number, &both()).unwrap().telling;
        let gone = bench.technician;
        d.write(move |tx| {
            tx.exec("UPDATE person SET suspended = TRUE WHERE id = $1", &db::args![gone])?;
            Ok(())
        });
        runs_jobs(d);
        let other = d.person("other@desk.example", Role::Technician);
        let cx = d.as_person(other);
        let progress = d.read(move |r| problems::progress(r, &cx, telling));
        assert_eq!((progress.told, progress.left.len()), (20, 10));
        assert!(progress.left.iter().all(|(_, why)| why == "held-author-gone"));
        assert_eq!(letters(d), 20);
    });
}
