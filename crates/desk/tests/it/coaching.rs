//! Coaching, on both engines: for the person and those who lead him, and for nobody else.

use desk::access::Role;
use desk::coaching::{self, Coaching};
use desk::people::{self, NewPerson};
use desk::{Context, Error, PersonId, Result, teams};

use crate::common::{Small, on_both};

fn hire(small: &Small, name: &str, role: Role) -> PersonId {
    let new = NewPerson::new(name, &format!("{}@desk.example", name.to_lowercase()), role);
    small
        .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
        .unwrap()
}

/// A lead, a technician he leads, and all who have no business here.
fn pair(small: &Small) -> (Context, Context, Vec<Context>) {
    let team = small.team("Service desk", false);
    let (lead, works) = (
        hire(small, "Cedar", Role::Supervisor),
        hire(small, "Larch", Role::Technician),
    );
    let (peer, other) = (
        hire(small, "Birch", Role::Technician),
        hire(small, "Hemlock", Role::Supervisor),
    );
    for person in [lead, works, peer] {
        small.join(team, person);
    }
    small
        .write(&small.admin, move |tx, cx| teams::lead(tx, cx, team, lead, true))
        .unwrap();
    let others = [peer, other, small.admin.viewer.person, small.requester.viewer.person];
    (
        small.viewer_of(lead),
        small.viewer_of(works),
        others.map(|person| small.viewer_of(person)).into(),
    )
}

fn page(small: &Small, cx: &Context, person: PersonId) -> Result<Coaching> {
    small.read(cx, move |r, cx| coaching::show(r, cx, person))
}

#[test]
fn goals_and_notes_are_for_two_and_for_others_they_are_not_there() {
    on_both(|small| {
        let (lead, works, others) = pair(small);
        let person = works.viewer.person;
        let goal = small
            .write(&lead, move |tx, cx| {
                coaching::add_goal(tx, cx, person, "Printing alone")
            })
            .unwrap();
        let note = small
            .write(&lead, move |tx, cx| {
                coaching::add_note(tx, cx, person, "Well done", None)
            })
            .unwrap();
        small
            .write(&works, move |tx, cx| {
                coaching::add_note(tx, cx, person, "Thank you", Some(note))
            })
            .unwrap();
        for cx in [&lead, &works] {
            let found = page(small, cx, person).unwrap();
            assert_eq!((found.goals.len(), found.notes.len()), (1, 2), "control");
        }
        for cx in &others {
            assert_eq!(
                page(small, cx, person).map(drop),
                Err(Error::NotFound),
                "{}",
                cx.viewer.name
            );
            let added = small.write(cx, move |tx, cx| coaching::add_note(tx, cx, person, "Me too", None));
            assert_eq!(added, Err(Error::NotFound));
            let reached = small.write(cx, move |tx, cx| coaching::reach_goal(tx, cx, goal));
            assert_eq!(reached, Err(Error::NotFound));
            let edited = small.write(cx, move |tx, cx| coaching::edit_note(tx, cx, note, "No"));
            assert_eq!(edited, Err(Error::NotFound));
        }
        let own = lead.viewer.person;
        assert_eq!(
            page(small, &works, own).map(drop),
            Err(Error::NotFound),
            "nor the other way round"
        );
    });
}

#[test]
fn a_note_keeps_what_it_said_and_comes_back_when_it_was_taken_away() {
    on_both(|small| {
        let (lead, works, _) = pair(small);
        let person = works.viewer.person;
        let note = small
            .write(&lead, move |tx, cx| coaching::add_note(tx, cx, person, "First", None))
            .unwrap();
        small
            .write(&lead, move |tx, cx| coaching::edit_note(tx, cx, note, "Second"))
            .unwrap();
        let mine = small.write(&works, move |tx, cx| coaching::edit_note(tx, cx, note, "Mine"));
        assert_eq!(mine, Err(Error::NotFound), "its author alone changes it");
        let found = page(small, &works, person).unwrap();
        assert_eq!(
            (found.notes[0].words.as_str(), found.versions[0].words.as_str()),
            ("Second", "First")
        );
        small
            .write(&lead, move |tx, cx| coaching::remove_note(tx, cx, note))
            .unwrap();
        let gone = page(small, &works, person).unwrap();
        assert!(gone.notes.is_empty() && gone.versions.is_empty());
        let answered = small.write(&works, move |tx, cx| {
            coaching::add_note(tx, cx, person, "Late", Some(note))
        });
        assert_eq!(answered, Err(Error::NotFound));
        small
            .write(&lead, move |tx, cx| coaching::restore_note(tx, cx, note))
            .unwrap();
        assert_eq!(page(small, &works, person).unwrap().notes.len(), 1);
    });
}

#[test]
fn a_goal_is_reached_taken_up_again_taken_away_and_put_back() {
    on_both(|small| {
        let (lead, works, _) = pair(small);
        let person = works.viewer.person;
        let goal = small
            .write(&works, move |tx, cx| {
                coaching::add_goal(tx, cx, person, "Printing alone")
            })
            .unwrap();
        small
            .write(&lead, move |tx, cx| coaching::reach_goal(tx, cx, goal))
            .unwrap();
        assert!(page(small, &works, person).unwrap().goals[0].reached_at.is_some());
        small
            .write(&works, move |tx, cx| coaching::reopen_goal(tx, cx, goal))
            .unwrap();
        assert!(page(small, &works, person).unwrap().goals[0].reached_at.is_none());
        small
            .write(&lead, move |tx, cx| coaching::remove_goal(tx, cx, goal))
            .unwrap();
        assert!(page(small, &works, person).unwrap().goals.is_empty());
        small
            .write(&lead, move |tx, cx| coaching::restore_goal(tx, cx, goal))
            .unwrap();
        assert_eq!(page(small, &works, person).unwrap().goals.len(), 1);
        let empty = small.write(&lead, move |tx, cx| coaching::add_goal(tx, cx, person, "  "));
        assert!(matches!(empty, Err(Error::Refused(all)) if all[0].field == "goal"));
    });
}
