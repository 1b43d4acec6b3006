//! What a problem shows to whom: requesters nothing, others nothing of a private team's tickets.

use desk::access::{Role, Via};
use desk::problems::{self, ProblemState};
use desk::tickets;
use desk::words::Lang;
use desk::{Context, Error, TeamId};

use super::{Bench, both, counts_of, tunnel};
use crate::common::key_of;
use crate::mail::desk::{TestDesk, each};

fn join(d: &TestDesk, person: desk::PersonId, team: TeamId) -> Context {
    d.write(move |tx| {
        tx.exec(
            "INSERT INTO membership (person, team) VALUES ($1, $2)",
            &db::args![person, team],
        )?;
        Ok(())
    });
    d.as_person(person)
}

#[test]
fn a_requester_has_no_problems_whatever_he_asks() {
    each(|d| {
        let bench = Bench::new(d);
        let ticket = bench.ticket("cedar", Lang::En);
        let number = bench.opens(&[ticket]);
        let cedar = d.person("cedar@requester.example", Role::Requester);
        let mut by_link = d.as_person(bench.technician);
        by_link.viewer.via = Via::TicketLink(ticket);
        for cx in [d.as_person(cedar), by_link] {
            let asked = cx.clone();
            let answers = d.read(move |r| {
                let cx = &asked;
                Ok([
                    problems::find(r, cx, number).is_err(),
                    problems::list(r, cx, ProblemState::ALL, None).is_err(),
                    problems::counts(r, cx, &[number]).is_err(),
                    problems::affected(r, cx, number).is_err(),
                    problems::per_day(r, cx, number).is_err(),
                    problems::history(r, cx, number).is_err(),
                    problems::of_ticket(r, cx, ticket).is_err(),
                    problems::groups(r, cx).is_err(),
                    problems::preview(r, cx, number).is_err(),
                ])
            });
            assert_eq!(answers, [true; 9]);
            let asked = cx.clone();
            let solved = d.desk.write_now(move |tx| problems::solve(tx, &asked, number, &both()));
            assert_eq!(solved.err(), Some(Error::NotFound));
            let asked = cx.clone();
            let opened = d.desk.write_now(move |tx| problems::open(tx, &asked, &tunnel(), &[]));
            assert_eq!(opened.err(), Some(Error::NotFound));
            let unlinked = d.desk.write_now(move |tx| problems::unlink(tx, &cx, ticket));
            assert_eq!(unlinked.err(), Some(Error::NotFound));
        }
    });
}

#[test]
fn a_private_teams_ticket_is_neither_shown_nor_counted_to_others() {
    each(|d| {
        let bench = Bench::new(d);
        let team = bench.team("Personnel", true);
        let open = bench.ticket("cedar", Lang::En);
        let hidden = bench.ticket_with("maple", Lang::En, |new| new.team = Some(team));
        let number = bench.opens(&[open]);
        let refused = bench.does(move |tx, cx| problems::link(tx, cx, number, &[hidden]));
        assert_eq!(key_of(refused), "refused-not-this-ticket");
        let insider = d.person("insider@desk.example", Role::Technician);
        let insider = join(d, insider, team);
        let (linked, cx) = (number, insider.clone());
        d.write(move |tx| problems::link(tx, &cx, linked, &[hidden]));

        assert_eq!(counts_of(d, &insider, number), (2, 0, 2), "control: a member counts it");
        assert_eq!(bench.counts(number), (1, 0, 1));
        let shown = bench.asks(move |r, cx| problems::affected(r, cx, number));
        assert_eq!(shown.iter().map(|one| one.number).collect::<Vec<_>>(), [open]);
        let days = bench.asks(move |r, cx| problems::per_day(r, cx, number));
        assert_eq!(days.counts, [1]);
        let lines = |cx: &Context| {
            let cx = cx.clone();
            d.read(move |r| Ok(problems::history(r, &cx, number)?.len()))
        };
        assert_eq!((lines(&bench.cx()), lines(&insider)), (2, 3));
        let unlinked = bench.does(move |tx, cx| problems::unlink(tx, cx, hidden));
        assert_eq!(unlinked.err(), Some(Error::NotFound));
    });
}

#[test]
fn what_was_merged_out_of_a_private_team_affects_nobody_elses_count() {
    each(|d| {
        let bench = Bench::new(d);
        let team = bench.team("Personnel", true);
        let into = bench.ticket("cedar", Lang::En);
        let hidden = bench.ticket_with("maple", Lang::En, |new| new.team = Some(team));
        let number = bench.opens(&[]);
        let insider = d.person("insider@desk.example", Role::Technician);
        let insider = join(d, insider, team);
        let cx = insider.clone();
        d.write(move |tx| {
            problems::link(tx, &cx, number, &[hidden])?;
            tickets::merge(tx, &cx, hidden, into)
        });
        assert_eq!(counts_of(d, &insider, number), (1, 0, 1), "control");
        assert_eq!(
            bench.counts(number),
            (0, 0, 0),
            "that it is affected is known from the private one alone"
        );
    });
}

#[test]
fn those_not_ones_own_to_work_on_are_left_and_named_to_who_may_see_them() {
    each(|d| {
        let bench = Bench::new(d);
        let team = bench.team("Personnel", true);
        let open = bench.ticket("cedar", Lang::En);
        let hidden = bench.ticket_with("maple", Lang::Fr, |new| new.team = Some(team));
        let insider = d.person("insider@desk.example", Role::Technician);
        let insider = join(d, insider, team);
        let number = bench.opens(&[open]);
        let cx = insider.clone();
        d.write(move |tx| problems::link(tx, &cx, number, &[hidden]));
        let english = desk::problems::NewTelling {
            reply_fr: String::new(),
            ..both()
        };
        let telling = bench
            .solves(number, &english)
            .expect("the one who reads French is not his to tell")
            .telling;
        let progress = |cx: &Context| {
            let cx = cx.clone();
            d.read(move |r| problems::progress(r, &cx, telling))
        };
        let (his, theirs) = (progress(&bench.cx()), progress(&insider));
        assert_eq!((his.told, his.left.len()), (1, 0));
        assert_eq!(theirs.left, [(hidden, "left-not-found".to_string())]);
        assert_eq!(bench.row(hidden).solved_at, None);
        assert_eq!(counts_of(d, &insider, number), (2, 1, 2));
    });
}

#[test]
fn a_token_that_only_reads_changes_nothing() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.opens(&[]);
        let mut cx = bench.cx();
        cx.viewer.via = Via::Token(desk::access::Scopes::parse("read").unwrap());
        let asked = cx.clone();
        assert!(d.desk.read_now(move |r| problems::find(r, &asked, number)).is_ok());
        let edited = d
            .desk
            .write_now(move |tx| problems::edit(tx, &cx, number, &tunnel(), None));
        assert_eq!(edited.err(), Some(Error::NotFound));
    });
}
