//! Levels, and the rules that use them.

use desk::access::{Audience, Role};
use desk::knowledge::{self, NewArticle, Texts};
use desk::people::{self, Level};
use desk::reviews::{self, NewRule, State, What};
use desk::{Context, Error, EventId, PersonId, Result};

use super::up_to_basic;
use crate::common::{Small, on_both, refused};

fn set(small: &Small, cx: &Context, id: PersonId, level: Option<Level>) -> Result<EventId> {
    small.write(cx, move |tx, cx| people::set_level(tx, cx, id, level))
}

fn level(small: &Small, cx: &Context, id: PersonId) -> Result<Option<Level>> {
    small.read(cx, move |r, cx| people::level_of(r, cx, id))
}

fn add(small: &Small, cx: &Context, rule: NewRule) -> Result<EventId> {
    small.write(cx, move |tx, cx| reviews::add_rule(tx, cx, &rule))
}

#[test]
fn a_level_is_a_seniors_word_and_is_told_to_few() {
    on_both(|small| {
        let (senior, other) = (
            small.colleague("Larch", Role::Supervisor),
            small.colleague("Spruce", Role::Technician),
        );
        let junior = small.technician.viewer.person;
        assert_eq!(level(small, &senior, junior), Ok(None), "nobody has said");
        assert_eq!(set(small, &other, junior, Some(Level::Basic)), Err(Error::NotFound));
        let own = set(small, &senior, senior.viewer.person, Some(Level::Advanced));
        assert_eq!(own, Err(Error::Conflict("conflict-yourself")));
        let above = set(small, &senior, small.admin.viewer.person, Some(Level::Basic));
        assert_eq!(above, Err(Error::Conflict("conflict-needs-admin")));
        let requester = set(small, &senior, small.requester.viewer.person, Some(Level::Basic));
        assert_eq!(requester, Err(refused("level", "refused-not-a-technician")));
        set(small, &senior, junior, Some(Level::Basic)).unwrap();
        assert_eq!(
            level(small, &small.technician, junior),
            Ok(Some(Level::Basic)),
            "his own"
        );
        assert_eq!(level(small, &small.admin, junior), Ok(Some(Level::Basic)));
        assert_eq!(level(small, &other, junior), Err(Error::NotFound), "a colleague's");
        assert_eq!(level(small, &small.requester, junior), Err(Error::NotFound));
        assert_eq!(small.count("SELECT count(*) FROM audit WHERE action = 'level'"), 1);
    });
}

#[test]
fn a_level_is_undone_unless_another_was_set_since() {
    on_both(|small| {
        let junior = small.technician.viewer.person;
        let undo = |cx: &Context, event| small.write(cx, move |tx, cx| people::undo_level(tx, cx, event));
        let first = set(small, &small.admin, junior, Some(Level::Basic)).unwrap();
        let second = set(small, &small.admin, junior, Some(Level::Advanced)).unwrap();
        assert_eq!(
            undo(&small.admin, first),
            Err(Error::Conflict("conflict-changed-since"))
        );
        assert_eq!(undo(&small.technician, second), Err(Error::NotFound));
        assert_eq!(undo(&small.admin, second), Ok(junior));
        assert_eq!(level(small, &small.admin, junior), Ok(Some(Level::Basic)));
        let edited = people::EditPerson {
            job: Some("Bench".into()),
            ..people::EditPerson::default()
        };
        let other = small
            .write(&small.admin, move |tx, cx| people::edit(tx, cx, junior, &edited))
            .unwrap();
        assert_eq!(undo(&small.admin, other), Err(Error::NotFound), "no event of a level");
    });
}

#[test]
fn rules_that_nobody_could_follow_are_refused() {
    on_both(|small| {
        let senior = small.colleague("Larch", Role::Supervisor);
        let (me, junior) = (senior.viewer.person, small.technician.viewer.person);
        set(small, &senior, junior, Some(Level::Basic)).unwrap();
        let of = |person: PersonId, reviewer| NewRule {
            level: None,
            person: Some(person),
            ..up_to_basic(What::Reply, reviewer)
        };
        let himself = refused("reviewer", "refused-reviews-himself");
        assert_eq!(add(small, &senior, of(junior, Some(junior))), Err(himself.clone()));
        assert_eq!(
            add(small, &senior, up_to_basic(What::Reply, Some(junior))),
            Err(himself)
        );
        let stranger = add(
            small,
            &senior,
            up_to_basic(What::Reply, Some(small.requester.viewer.person)),
        );
        assert_eq!(stranger, Err(refused("reviewer", "refused-not-a-technician")));
        let nobody = NewRule {
            level: None,
            ..up_to_basic(What::Reply, None)
        };
        assert_eq!(add(small, &senior, nobody), Err(refused("who", "refused-choice")));
        assert_eq!(
            add(small, &small.technician, of(junior, Some(me))),
            Err(Error::NotFound)
        );
        add(small, &senior, up_to_basic(What::Reply, Some(me))).unwrap();
        let twice = add(small, &senior, up_to_basic(What::Reply, None));
        assert_eq!(twice, Err(refused("who", "refused-rule-known")));
        add(small, &senior, up_to_basic(What::Solution, None)).unwrap();
        let gone = small.admin.viewer.person;
        small.exec("UPDATE person SET suspended = TRUE WHERE role = 'admin'");
        let alone = add(small, &senior, of(me, None));
        assert_eq!(
            alone,
            Err(refused("reviewer", "refused-nobody-reviews")),
            "{gone} is away"
        );
        assert!(
            add(small, &senior, of(me, Some(junior))).is_ok(),
            "somebody named is somebody"
        );
    });
}

#[test]
fn a_rule_taken_away_leaves_what_waits_and_can_be_had_back() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        let rule = small.read(&senior, reviews::rules).unwrap()[0].rule.id;
        let event = small
            .write(&senior, move |tx, cx| reviews::remove_rule(tx, cx, rule))
            .unwrap();
        assert_eq!(small.hand_in(&small.technician, number, "Free.").review, None);
        assert_eq!(small.the_review(&senior, id).unwrap().review.state, State::Waiting);
        small
            .write(&senior, move |tx, cx| reviews::undo_rule(tx, cx, event))
            .unwrap();
        assert!(small.hand_in(&small.technician, number, "Held.").review.is_some());
        small.says_yes(&senior, id).unwrap();
    });
}

#[test]
fn an_author_under_a_rule_publishes_nothing_alone() {
    on_both(|small| {
        let new = || {
            let body = Texts::new("Fill the tray.", "Remplissez le bac.");
            NewArticle::new(Texts::new("Paper", "Papier"), vec![body], Audience::Internal)
        };
        small
            .write(&small.admin, |tx, cx| {
                let free = knowledge::Rules {
                    own_publish: true,
                    ..knowledge::rules(tx)?
                };
                knowledge::set_rules(tx, cx, free)
            })
            .unwrap();
        let publish = |small: &Small, cx: &Context| {
            small.write(cx, move |tx, cx| {
                let id = knowledge::draft(tx, cx, &new())?.article;
                let seen = knowledge::latest(tx, cx, id)?.1.version.saves;
                knowledge::publish(tx, cx, id, seen)
            })
        };
        assert!(
            publish(small, &small.technician).is_ok(),
            "the house lets authors publish"
        );
        let senior = small.supervised(What::Article, None);
        let held = publish(small, &small.technician);
        assert_eq!(held.map(drop), Err(Error::Conflict("conflict-another-approves")));
        assert!(publish(small, &senior).is_ok());
    });
}
