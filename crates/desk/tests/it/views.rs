//! Saved views: whose they are, what they find, and taking one away; the keys a person has changed.

use std::collections::BTreeMap;

use desk::clock::{DAY, HOUR};
use desk::people::{self, Keys};
use desk::sign_in;
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Channel, ListQuery, NewTicket, Order};
use desk::views::{self, Clause, Field, NewView, Question, SavedView, ViewKey};
use desk::{Context, Error, ViewId};

use crate::common::{NOW, Small, key_of, on_both};

fn clause(field: Field, values: &[&str]) -> Clause {
    Clause {
        field,
        not: false,
        values: values.iter().map(ToString::to_string).collect(),
    }
}

fn asking(name: &str, clauses: Vec<Clause>) -> NewView {
    NewView {
        name: name.to_string(),
        team: None,
        question: Question { any: false, clauses },
    }
}

fn late() -> NewView {
    asking("Late ones", vec![clause(Field::Late, &[])])
}

fn add(small: &Small, cx: &Context, new: NewView) -> Result<ViewId, Error> {
    small.write(cx, move |tx, cx| views::add(tx, cx, &new))
}

fn names(
    small: &Small,
    cx: &Context,
    read: fn(&mut db::Read, &Context) -> desk::Result<Vec<SavedView>>,
) -> Vec<String> {
    let all = small.read(cx, read).unwrap();
    all.into_iter().map(|view| view.name).collect()
}

#[test]
fn a_private_view_is_its_owners_alone() {
    on_both(|small| {
        let id = add(small, &small.technician, late()).unwrap();
        assert_eq!(names(small, &small.technician, views::list), ["Late ones"]);
        assert_eq!(names(small, &small.technician, views::favourites), ["Late ones"]);
        assert!(names(small, &small.admin, views::list).is_empty());
        let other = small.read(&small.admin, move |r, cx| views::find(r, cx, id));
        assert_eq!(other, Err(Error::NotFound));
        let changed = small.write(&small.admin, move |tx, cx| views::change(tx, cx, id, &late()));
        assert_eq!(changed, Err(Error::NotFound));
        assert_eq!(add(small, &small.requester, late()), Err(Error::NotFound));
    });
}

#[test]
fn a_team_view_is_every_members_and_nobody_elses() {
    on_both(|small| {
        let team = small
            .write(&small.admin, |tx, cx| {
                let new = NewTeam {
                    name_en: "Network".into(),
                    name_fr: "Réseau".into(),
                    private: false,
                };
                teams::add(tx, cx, &new)
            })
            .unwrap();
        let new = NewView {
            team: Some(team),
            ..late()
        };
        let refused = add(small, &small.technician, new.clone());
        assert_eq!(refused, Err(Error::refused("team", "refused-not-your-team")));
        for person in [small.technician.viewer.person, small.admin.viewer.person] {
            small
                .write(&small.admin, move |tx, cx| teams::join(tx, cx, team, person))
                .unwrap();
        }
        let (member, other) = (
            small.viewer_of(small.technician.viewer.person),
            small.viewer_of(small.admin.viewer.person),
        );
        add(small, &member, new).unwrap();
        assert_eq!(names(small, &other, views::list), ["Late ones"]);
        assert!(
            names(small, &other, views::favourites).is_empty(),
            "each keeps his own side bar"
        );
        let gone = small.technician.viewer.person;
        small
            .write(&small.admin, move |tx, cx| teams::leave(tx, cx, team, gone))
            .unwrap();
        let member = small.viewer_of(gone);
        assert!(names(small, &member, views::list).is_empty());
        assert!(names(small, &member, views::favourites).is_empty());
    });
}

#[test]
fn a_view_that_was_taken_away_can_be_had_back() {
    on_both(|small| {
        let id = add(small, &small.technician, late()).unwrap();
        small
            .write(&small.technician, move |tx, cx| views::remove(tx, cx, id))
            .unwrap();
        assert!(names(small, &small.technician, views::list).is_empty());
        let key = ViewKey::Saved(id);
        let there = small.read(&small.technician, move |r, cx| views::resolve(r, cx, key));
        assert_eq!(there.map(|_| ()), Err(Error::NotFound));
        let stranger = small.write(&small.admin, move |tx, cx| views::restore(tx, cx, id));
        assert_eq!(stranger, Err(Error::NotFound));
        small
            .write(&small.technician, move |tx, cx| views::restore(tx, cx, id))
            .unwrap();
        assert_eq!(names(small, &small.technician, views::favourites), ["Late ones"]);
    });
}

#[test]
fn the_side_bar_holds_twelve_and_says_when_it_is_full() {
    on_both(|small| {
        let ids: Vec<ViewId> = (0..13)
            .map(|_| add(small, &small.technician, late()).unwrap())
            .collect();
        assert_eq!(names(small, &small.technician, views::favourites).len(), 12);
        let (last, first) = (ids[12], ids[0]);
        let full = small.write(&small.technician, move |tx, cx| views::keep(tx, cx, last));
        assert_eq!(full, Err(Error::Conflict("conflict-too-many-favourites")));
        small
            .write(&small.technician, move |tx, cx| views::let_go(tx, cx, first))
            .unwrap();
        small
            .write(&small.technician, move |tx, cx| views::keep(tx, cx, last))
            .unwrap();
        assert_eq!(names(small, &small.technician, views::favourites).len(), 12);
    });
}

#[test]
fn what_is_wrong_with_a_view_is_said_all_at_once() {
    on_both(|small| {
        let bad = asking(
            " ",
            vec![clause(Field::Status, &["open"]), clause(Field::OlderThan, &["soon"])],
        );
        let Err(Error::Refused(refusals)) = add(small, &small.technician, bad) else {
            panic!("a bad view was taken");
        };
        let said: Vec<_> = refusals.iter().map(|r| (r.field, r.key, r.number)).collect();
        assert_eq!(
            said,
            [("name", "refused-empty", None), ("clauses", "refused-number", Some(2))]
        );
    });
}

/// The numbers a question finds, at a moment.
fn found(small: &Small, question: &Question, at: desk::Time) -> Vec<i64> {
    let cx = Context {
        now: at,
        ..small.technician.clone()
    };
    let condition = question.condition().unwrap();
    let query = ListQuery {
        condition: condition.clone(),
        order: Order::Oldest,
        limit: 50,
        after: None,
    };
    let rows = small.read(&cx, move |r, cx| tickets::list(r, cx, &query)).unwrap().rows;
    let counted = small.read(&cx, move |r, cx| tickets::count(r, cx, &condition)).unwrap();
    assert_eq!(counted, i64::try_from(rows.len()).unwrap());
    rows.into_iter().map(|row| row.number.0).collect()
}

#[test]
fn time_is_counted_from_when_the_list_is_looked_at() {
    on_both(|small| {
        let requester = small.requester.viewer.person;
        let open = move |tx: &mut db::Write, cx: &Context| {
            tickets::open(tx, cx, &NewTicket::new(requester, Channel::Mail, "A printer", "words")).map(|o| o.number)
        };
        let old = small.write(&small.desk, open).unwrap().0;
        let later = Context {
            now: NOW.plus(3 * DAY),
            ..small.desk.clone()
        };
        let new = small.write(&later, open).unwrap().0;
        let now = NOW.plus(3 * DAY + HOUR);
        let asks = |clause| {
            found(
                small,
                &Question {
                    any: false,
                    clauses: vec![clause],
                },
                now,
            )
        };
        assert_eq!(asks(clause(Field::OlderThan, &["3"])), [old]);
        assert_eq!(asks(clause(Field::OpenedWithin, &["3"])), [new]);
        assert_eq!(asks(clause(Field::QuietFor, &["2"])), [old]);
        assert_eq!(asks(clause(Field::Late, &[])), [old]);
        assert_eq!(
            asks(Clause {
                not: true,
                ..clause(Field::Late, &[])
            }),
            [new]
        );
        assert_eq!(asks(clause(Field::DueWithin, &["200"])), [old, new]);
    });
}

#[test]
fn not_finds_what_has_no_value_at_all() {
    on_both(|small| {
        let requester = small.requester.viewer.person;
        let number = small
            .write(&small.desk, move |tx, cx| {
                tickets::open(tx, cx, &NewTicket::new(requester, Channel::Mail, "A printer", "words"))
            })
            .unwrap()
            .number
            .0;
        for field in [Field::Assignee, Field::Team, Field::Topic] {
            let not = Clause {
                not: true,
                ..clause(field, &["7"])
            };
            let question = Question {
                any: false,
                clauses: vec![not],
            };
            assert_eq!(
                found(small, &question, NOW),
                [number],
                "{field} is not 7, for it is nothing"
            );
        }
    });
}

#[test]
fn changed_keys_come_with_the_session_and_bad_ones_are_refused() {
    on_both(|small| {
        let me = small.technician.viewer.person;
        let keys = |pairs: &[(&str, &str)]| {
            Keys(
                pairs
                    .iter()
                    .map(|(a, b)| (a.to_string(), b.to_string()))
                    .collect::<BTreeMap<_, _>>(),
            )
        };
        let wanted = keys(&[("r", " y "), ("n", "n"), ("Ctrl+W", "q")]);
        small
            .write(&small.technician, move |tx, cx| people::set_keys(tx, cx, &wanted))
            .unwrap();
        let secret = small.session(me).to_string();
        let seen = small
            .read(&small.desk, move |r, _| sign_in::viewer_of_session(r, &secret, NOW))
            .unwrap();
        assert_eq!(
            seen.unwrap().keys,
            keys(&[("r", "y")]),
            "only what differs, and only keys there are"
        );
        let twice = keys(&[("r", "n")]);
        let refused = small.write(&small.technician, move |tx, cx| people::set_keys(tx, cx, &twice));
        assert!(matches!(refused, Err(Error::Refused(list)) if list.len() == 2));
    });
}

#[test]
fn stars_on_what_one_sees_no_more_take_up_no_room() {
    on_both(|small| {
        let team = small.team("Night", false);
        let me = small.technician.viewer.person;
        small.join(team, me);
        let member = small.viewer_of(me);
        for _ in 0..12 {
            let new = NewView {
                team: Some(team),
                ..late()
            };
            add(small, &member, new).unwrap();
        }
        small
            .write(&small.admin, move |tx, cx| teams::leave(tx, cx, team, me))
            .unwrap();
        let left = small.viewer_of(me);
        add(small, &left, late()).unwrap();
        assert_eq!(names(small, &left, views::favourites), ["Late ones"]);
        small.join(team, me);
        let back = small.viewer_of(me);
        assert_eq!(
            names(small, &back, views::favourites).len(),
            12,
            "no more than there is room for"
        );
    });
}

#[test]
fn words_that_cannot_be_seen_are_no_view() {
    on_both(|small| {
        for field in [Field::Tag, Field::Subject] {
            let clause = Clause {
                field,
                not: false,
                values: vec!["a\0b".into()],
            };
            let question = Question {
                any: false,
                clauses: vec![clause],
            };
            let new = NewView { question, ..late() };
            assert_eq!(key_of(add(small, &small.technician, new)), "refused-words");
        }
    });
}
