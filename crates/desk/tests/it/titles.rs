//! Titles and job descriptions, on both engines: given by those who lead, to the staff, and taken back.

use desk::access::Role;
use desk::titles::{self, NewTitle, Titled, Undone};
use desk::topics::{self, NewTopic};
use desk::words::{Both, Lang};
use desk::{Context, Error, EventId, PersonId, Result, teams};

use crate::common::{Small, key_of, on_both, refused};

fn help_desk() -> NewTitle {
    NewTitle {
        code: "22221".into(),
        words: "Help desk technician".into(),
    }
}

fn give(small: &Small, cx: &Context, person: PersonId, new: NewTitle) -> Result<EventId> {
    small.write(cx, move |tx, cx| titles::give(tx, cx, person, &new))
}

fn title_of(small: &Small, person: PersonId) -> Option<Titled> {
    small
        .read(&small.technician, move |r, cx| titles::of(r, cx, person))
        .unwrap()
}

fn undo(small: &Small, cx: &Context, event: EventId) -> Result<Undone> {
    small.write(cx, move |tx, cx| titles::undo(tx, cx, event))
}

#[test]
fn a_supervisor_gives_a_title_and_undo_takes_it_back() {
    on_both(|small| {
        let (larch, bench) = (
            small.colleague("Larch", Role::Supervisor),
            small.technician.viewer.person,
        );
        let first = give(small, &larch, bench, help_desk()).unwrap();
        let title = title_of(small, bench).unwrap();
        assert_eq!(title.said(Lang::Fr), ("Help desk technician".into(), Lang::En));
        let group = NewTitle {
            code: "22222".into(),
            words: String::new(),
        };
        let second = give(small, &small.admin, bench, group).unwrap();
        let said = title_of(small, bench).unwrap().said(Lang::Fr);
        assert_eq!(
            said,
            ("Évaluateurs/évaluatrices de systèmes informatiques".into(), Lang::Fr)
        );
        assert_eq!(
            undo(small, &larch, first),
            Err(Error::Conflict("conflict-changed-since"))
        );
        assert_eq!(undo(small, &larch, second), Ok(Undone::Person(bench)));
        assert_eq!(title_of(small, bench), Some(title));
        let gone = small.write(&larch, move |tx, cx| titles::take(tx, cx, bench)).unwrap();
        assert_eq!(title_of(small, bench), None);
        undo(small, &larch, gone).unwrap();
        assert!(title_of(small, bench).is_some());
        assert_eq!(
            small.count("SELECT count(*) FROM event WHERE kind = 'person_titled'"),
            5
        );
    });
}

#[test]
fn titles_are_those_of_the_directory_and_for_the_staff() {
    on_both(|small| {
        let bench = small.technician.viewer.person;
        for (code, words) in [
            ("22221", "Wizard"),
            ("22220", "Help desk technician"),
            ("99999", ""),
            ("", ""),
        ] {
            let new = NewTitle {
                code: code.into(),
                words: words.into(),
            };
            assert_eq!(
                give(small, &small.admin, bench, new),
                Err(refused("title", "refused-no-such-title"))
            );
        }
        let requester = small.requester.viewer.person;
        let answer = give(small, &small.admin, requester, help_desk());
        assert_eq!(answer, Err(refused("person", "refused-title-staff")));
        let answer = give(small, &small.admin, PersonId(999_999), help_desk());
        assert_eq!(key_of(answer), "refused-no-such-person");
        for cx in [&small.technician, &small.requester] {
            assert_eq!(give(small, cx, bench, help_desk()), Err(Error::NotFound));
        }
        let event = give(small, &small.admin, bench, help_desk()).unwrap();
        assert_eq!(undo(small, &small.technician, event), Err(Error::NotFound));
        let read = small.read(&small.requester, move |r, cx| titles::of(r, cx, bench));
        assert_eq!(read, Err(Error::NotFound));
    });
}

#[test]
fn whoever_leaves_the_staff_leaves_his_title() {
    on_both(|small| {
        let bench = small.technician.viewer.person;
        give(small, &small.admin, bench, help_desk()).unwrap();
        let left = |role| {
            small
                .write(&small.admin, move |tx, cx| {
                    desk::people::change_role(tx, cx, bench, role)
                })
                .unwrap();
        };
        left(Role::Supervisor);
        assert_eq!(small.count("SELECT count(*) FROM person_title"), 1);
        left(Role::Requester);
        assert_eq!(small.count("SELECT count(*) FROM person_title"), 0);
    });
}

#[test]
fn a_team_is_described_by_its_topics_and_its_own_words() {
    on_both(|small| {
        let team = small.team("Service desk", false);
        let new = NewTopic {
            name_en: "Printers".into(),
            name_fr: "Imprimantes".into(),
            team: Some(team),
            parent: None,
        };
        small
            .write(&small.admin, move |tx, cx| topics::add(tx, cx, &new))
            .unwrap();
        let words = Both::new(" We answer within the hour. ", "Nous répondons dans l’heure.");
        let write = |cx: &Context, words: Both| small.write(cx, move |tx, cx| titles::describe(tx, cx, team, &words));
        assert_eq!(write(&small.technician, words.clone()), Err(Error::NotFound));
        assert_eq!(
            key_of(write(&small.admin, Both::new(&"x".repeat(4001), ""))),
            "refused-too-long"
        );
        let event = write(&small.admin, words).unwrap();
        let read = || {
            small
                .read(&small.technician, move |r, cx| titles::description(r, cx, team))
                .unwrap()
        };
        let description = read();
        assert_eq!(description.words.en, "We answer within the hour.");
        assert_eq!(description.topics, [Both::new("Printers", "Imprimantes")]);
        let newer = write(&small.admin, Both::new("Another text.", "")).unwrap();
        assert_eq!(
            undo(small, &small.admin, event),
            Err(Error::Conflict("conflict-changed-since"))
        );
        assert_eq!(undo(small, &small.admin, newer), Ok(Undone::Team(team)));
        assert_eq!(read().words, description.words);
        let asked = small.read(&small.requester, move |r, cx| {
            titles::description(r, cx, team).map(drop)
        });
        assert_eq!(asked, Err(Error::NotFound));
    });
}

#[test]
fn what_was_said_of_a_team_goes_with_it() {
    on_both(|small| {
        let team = small.team("Loans", false);
        let words = Both::new("Loans.", "Prêts.");
        small
            .write(&small.admin, move |tx, cx| titles::describe(tx, cx, team, &words))
            .unwrap();
        small
            .write(&small.admin, move |tx, cx| teams::remove(tx, cx, team))
            .unwrap();
        assert_eq!(small.count("SELECT count(*) FROM team_words"), 0);
    });
}
