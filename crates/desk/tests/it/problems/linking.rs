//! Which tickets a problem is behind: at most one problem a ticket, and what is learnt from it.

use desk::problems;
use desk::tickets;
use desk::words::Lang;
use desk::{Error, ProblemNumber, TicketNumber};

use super::Bench;
use crate::common::key_of;
use crate::mail::desk::each;

fn learnt(bench: &Bench<'_>) -> i64 {
    bench
        .d
        .count("SELECT count(*) FROM learnt WHERE kind = 'known_error' AND how = 'linked'")
}

fn behind(bench: &Bench<'_>, ticket: TicketNumber) -> Option<ProblemNumber> {
    bench.asks(move |r, cx| Ok(problems::of_ticket(r, cx, ticket)?.map(|p| p.number)))
}

#[test]
fn a_ticket_has_at_most_one_problem() {
    each(|d| {
        let bench = Bench::new(d);
        let ticket = bench.ticket("cedar", Lang::En);
        let (first, second) = (bench.opens(&[ticket]), bench.opens(&[]));
        let link = |number| bench.does(move |tx, cx| problems::link(tx, cx, number, &[ticket]));
        assert_eq!(key_of(link(second)), "refused-has-problem");
        assert_eq!(key_of(link(first)), "refused-linked-already");
        assert_eq!((behind(&bench, ticket), bench.counts(second)), (Some(first), (0, 0, 0)));
        bench.does(move |tx, cx| problems::unlink(tx, cx, ticket)).unwrap();
        link(second).unwrap();
        assert_eq!(bench.counts(second), (1, 0, 1));
    });
}

#[test]
fn one_ticket_that_cannot_be_linked_refuses_all_and_is_named() {
    each(|d| {
        let bench = Bench::new(d);
        let (good, merged, into) = (
            bench.ticket("cedar", Lang::En),
            bench.ticket("maple", Lang::En),
            bench.ticket("birch", Lang::En),
        );
        bench.does(move |tx, cx| tickets::merge(tx, cx, merged, into)).unwrap();
        let number = bench.opens(&[]);
        for (bad, key) in [
            (merged, "refused-merged-ticket"),
            (TicketNumber(999_999), "refused-not-this-ticket"),
        ] {
            let linked = bench.does(move |tx, cx| problems::link(tx, cx, number, &[good, bad]));
            let Err(Error::Refused(all)) = linked else {
                panic!("refused")
            };
            assert_eq!((all[0].key, all[0].number), (key, Some(bad.0)));
        }
        assert_eq!(behind(&bench, good), None);
        let none = bench.does(move |tx, cx| problems::link(tx, cx, number, &[]));
        assert_eq!(key_of(none), "refused-none-chosen");
    });
}

#[test]
fn a_link_is_undone_from_the_ticket_and_from_the_problem() {
    each(|d| {
        let bench = Bench::new(d);
        let ticket = bench.ticket("cedar", Lang::En);
        let number = bench.opens(&[]);
        let link = || {
            bench
                .does(move |tx, cx| problems::link(tx, cx, number, &[ticket]))
                .unwrap()[0]
        };
        let linked = link();
        let undone = bench.does(move |tx, cx| tickets::undo(tx, cx, linked)).unwrap();
        assert_eq!((undone, behind(&bench, ticket)), (ticket, None));
        let linked = link();
        bench.undoes(linked).unwrap();
        assert_eq!(behind(&bench, ticket), None);
        assert_eq!(bench.undoes(linked), Err(Error::Conflict("conflict-changed-since")));
        link();
        let cut = bench.does(move |tx, cx| problems::unlink(tx, cx, ticket)).unwrap();
        bench.does(move |tx, cx| tickets::undo(tx, cx, cut)).unwrap();
        assert_eq!(behind(&bench, ticket), Some(number));
    });
}

#[test]
fn what_is_linked_to_a_known_error_teaches_and_unlinking_forgets() {
    each(|d| {
        let bench = Bench::new(d);
        let (early, late) = (bench.ticket("cedar", Lang::En), bench.ticket("maple", Lang::En));
        let number = bench.opens(&[early]);
        assert_eq!(learnt(&bench), 0, "a problem nobody understands teaches nothing");
        let known = bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap()
            .event;
        assert_eq!(learnt(&bench), 1);
        bench
            .does(move |tx, cx| problems::link(tx, cx, number, &[late]))
            .unwrap();
        assert_eq!(learnt(&bench), 2);
        bench.does(move |tx, cx| problems::unlink(tx, cx, late)).unwrap();
        assert_eq!(learnt(&bench), 1);
        bench.undoes(known).unwrap();
        assert_eq!(learnt(&bench), 0);
    });
}

#[test]
fn a_merged_ticket_is_counted_with_the_one_that_carries_it() {
    each(|d| {
        let bench = Bench::new(d);
        let (one, two, into) = (
            bench.ticket("cedar", Lang::En),
            bench.ticket("maple", Lang::En),
            bench.ticket("birch", Lang::En),
        );
        let number = bench.opens(&[one, two]);
        assert_eq!(bench.counts(number), (2, 0, 2));
        for away in [one, two] {
            bench.does(move |tx, cx| tickets::merge(tx, cx, away, into)).unwrap();
        }
        assert_eq!(bench.counts(number), (1, 0, 1));
        let shown = bench.asks(move |r, cx| problems::affected(r, cx, number));
        assert_eq!(shown.iter().map(|one| one.number).collect::<Vec<_>>(), [into]);
        bench.does(move |tx, cx| tickets::unmerge(tx, cx, two)).unwrap();
        assert_eq!(bench.counts(number), (2, 0, 2), "control");
    });
}

#[test]
fn they_are_counted_by_the_day_they_came() {
    each(|d| {
        let bench = Bench::new(d);
        let first = bench.ticket("cedar", Lang::En);
        d.advance(2 * desk::clock::DAY);
        let others = [bench.ticket("maple", Lang::En), bench.ticket("birch", Lang::En)];
        let number = bench.opens(&[first, others[0], others[1]]);
        let days = bench.asks(move |r, cx| problems::per_day(r, cx, number));
        assert_eq!(days.counts, [1, 0, 2]);
        assert_eq!(days.first.map(|day| day.to_string()).as_deref(), Some("2026-11-16"));
    });
}
