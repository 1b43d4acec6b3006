//! The counter: in the order they came, each taken once.

use desk::access::Role;
use desk::tickets::{self, Channel, Status};
use desk::{Error, PersonId, Result, WalkInId, counter};

use crate::common::{NOW, Small, key_of, on_both};

fn arrive(small: &Small, name: &str, person: Option<PersonId>, seconds: i64) -> Result<desk::EventId> {
    let name = name.to_string();
    let cx = desk::Context {
        now: NOW.plus(seconds * 1_000_000),
        ..small.viewer_of(small.technician.viewer.person)
    };
    small.write(&cx, move |tx, cx| counter::arrive(tx, cx, &name, person, "No sound"))
}

fn names(small: &Small) -> Vec<String> {
    let waiting = small.read(&small.technician, counter::waiting).unwrap();
    waiting.into_iter().map(|one| one.name).collect()
}

fn first(small: &Small) -> WalkInId {
    small.read(&small.technician, counter::waiting).unwrap()[0].id
}

#[test]
fn whoever_came_first_is_taken_first_and_his_ticket_is_mine() {
    on_both(|small| {
        arrive(small, "Quay", None, 0).unwrap();
        arrive(small, "Payroll office", None, 1).unwrap();
        assert_eq!(names(small), ["Quay", "Payroll office"]);
        let take = || {
            let next = first(small);
            small
                .write(&small.technician, move |tx, cx| counter::take(tx, cx, next))
                .unwrap()
        };
        let ticket = small.ticket(take());
        assert_eq!(
            (ticket.channel, ticket.status, ticket.assignee, ticket.subject.as_str()),
            (
                Channel::InPerson,
                Status::Open,
                Some(small.technician.viewer.person),
                "No sound"
            )
        );
        let asker = small.requester.viewer.person;
        let same = small.ticket(take());
        assert_ne!(same.requester, asker, "the same name is not the same person");
        arrive(small, "Payroll office", Some(asker), 2).unwrap();
        assert_eq!(small.ticket(take()).requester, asker, "who was chosen is");
        assert!(names(small).is_empty(), "nobody is left");
    });
}

#[test]
fn one_who_left_can_be_had_back_where_he_stood_and_is_taken_once() {
    on_both(|small| {
        arrive(small, "Quay", None, 0).unwrap();
        arrive(small, "Lock", None, 1).unwrap();
        let id = first(small);
        small
            .write(&small.technician, move |tx, cx| counter::leave(tx, cx, id))
            .unwrap();
        assert_eq!(names(small), ["Lock"]);
        let again = small.write(&small.technician, move |tx, cx| counter::leave(tx, cx, id));
        assert_eq!(key_of(again), "refused-not-waiting");
        small
            .write(&small.technician, move |tx, cx| counter::come_back(tx, cx, id))
            .unwrap();
        assert_eq!(names(small), ["Quay", "Lock"]);
        let take = move |small: &Small| small.write(&small.technician, move |tx, cx| counter::take(tx, cx, id));
        let number = take(small).unwrap();
        assert_eq!(take(small).unwrap(), number, "pressed twice it is the same ticket");
        let larch = small.viewer_of(small.person("Larch", "larch@desk.example", Role::Technician));
        let late = small.write(&larch, move |tx, cx| counter::take(tx, cx, id));
        assert_eq!(late.err(), Some(Error::Conflict("conflict-taken")));
        let back = small.write(&small.technician, move |tx, cx| counter::come_back(tx, cx, id));
        assert_eq!(back.err(), Some(Error::Conflict("conflict-cannot-undo")));
        assert_eq!(names(small), ["Lock"]);
    });
}

#[test]
fn a_name_and_a_line_are_needed_and_requesters_have_no_counter() {
    on_both(|small| {
        assert_eq!(key_of(arrive(small, " ", None, 0)), "refused-empty");
        assert_eq!(
            key_of(arrive(small, "Quay", Some(PersonId(99_999)), 0)),
            "refused-no-such-person"
        );
        let asker = small.requester.clone();
        assert_eq!(small.read(&asker, counter::waiting).err(), Some(Error::NotFound));
        let taken = small.write(&asker, |tx, cx| counter::take(tx, cx, WalkInId(1)));
        assert_eq!(taken.err(), Some(Error::NotFound));
        assert!(arrive(small, "Quay", None, 0).is_ok());
        let next = first(small);
        let number = small
            .write(&small.technician, move |tx, cx| counter::take(tx, cx, next))
            .unwrap();
        let cx = small.technician.clone();
        assert!(
            small
                .read(&cx, move |r, cx| tickets::find_visible(r, cx, number))
                .is_ok()
        );
    });
}

#[test]
fn whoever_is_noted_can_be_taken() {
    on_both(|small| {
        arrive(small, "Elm\tGrove", None, 0).expect("a tab is a space");
        assert_eq!(names(small), ["Elm Grove"]);
        assert_eq!(key_of(arrive(small, "Elm\u{7}", None, 1)), "refused-characters");
        let add = |name: &str| {
            let new =
                desk::people::NewPerson::new(name, &format!("{}@cedar.example", name.to_lowercase()), Role::Requester);
            small
                .write(&small.admin, move |tx, cx| desk::people::add(tx, cx, &new))
                .expect("added")
        };
        let (first_one, second, third) = (add("First"), add("Second"), add("Third"));
        arrive(small, "First", Some(first_one), 2).expect("noted");
        for (from, into) in [(first_one, second), (second, third)] {
            small
                .write(&small.admin, move |tx, cx| desk::people::merge(tx, cx, from, into))
                .expect("one record");
        }
        for asker in [None, Some(third)] {
            let next = first(small);
            let number = small
                .write(&small.technician, move |tx, cx| counter::take(tx, cx, next))
                .expect("taken");
            let requester = small.ticket(number).requester;
            assert!(asker.is_none_or(|asker| asker == requester));
        }
    });
}
