//! A simulated week (A6): two desks that acknowledge each other, responders polite and rude, an address that bounces, a
//! list that echoes, a loop of forwards. Every day people write, and technicians answer. It must stay calm; and the same
//! week with a naive desk, which answers whatever comes, must be found out by the same judge.

mod actors;
mod offices;
mod week;

use desk::access::Role;

use super::desk::{SUPPORT, TestDesk};
use offices::Naive;
use week::{Week, judge};

const OTHER: &str = "help@other.example";

#[test]
fn a_week_of_machines_stays_calm() {
    for (one, other) in testpg::stands().into_iter().zip(testpg::stands()) {
        eprintln!("on {}:", one.engine);
        let a = TestDesk::on(one.db.clone(), one.engine, SUPPORT);
        let b = TestDesk::on(other.db.clone(), other.engine, OTHER);
        a.person("one@desk.example", Role::Technician);
        b.person("two@other.example", Role::Technician);
        for (desk, neighbour) in [(&a, OTHER), (&b, SUPPORT)] {
            desk.ticket_by_phone(desk.person(neighbour, Role::Requester), None);
        }
        let mut week = Week::new(vec![(SUPPORT, Box::new(&a)), (OTHER, Box::new(&b))]);
        week.run();
        eprintln!("{}", week.told());
        assert_eq!(judge(&week), Ok(()));
        for desk in [&a, &b] {
            assert_eq!(desk.count("SELECT count(*) FROM outgoing WHERE state = 'waiting'"), 0);
            assert_eq!(desk.count("SELECT count(*) FROM letter WHERE state = 'kept'"), 0);
        }
    }
}

#[test]
fn control_a_desk_that_answers_whatever_comes_is_found_out() {
    let mut week = Week::new(vec![
        (SUPPORT, Box::new(Naive::at(SUPPORT))),
        (OTHER, Box::new(Naive::at(OTHER))),
    ]);
    week.run();
    let found = judge(&week).unwrap_err();
    assert!(found.contains("automatic letters from"), "{found}");
}
