//! Whose turn it is, who may read it, and what the reviewer is told.

use desk::access::Role;
use desk::clock::HOUR;
use desk::people::{self, Level};
use desk::reviews::{self, Notice, State, What};
use desk::tickets::{self, Edit};
use desk::{Context, Error, ReviewId, TicketNumber};

use super::saying;
use crate::common::{NOW, Small, on_both};
use crate::tickets::at;

/// An advanced technician, who is a senior.
fn advanced(small: &Small, name: &'static str) -> Context {
    let one = small.colleague(name, Role::Technician);
    let id = one.viewer.person;
    small
        .write(&small.admin, move |tx, cx| {
            people::set_level(tx, cx, id, Some(Level::Advanced))
        })
        .unwrap();
    one
}

fn decides(small: &Small, cx: &Context, id: ReviewId) -> Option<bool> {
    match small.the_review(cx, id) {
        Ok(shown) => Some(shown.decides),
        Err(Error::NotFound) => None,
        other => panic!("{other:?}"),
    }
}

fn notices(small: &Small, id: ReviewId) -> Vec<Notice> {
    small.the_review(&small.admin, id).unwrap().notices
}

#[test]
fn it_falls_to_the_team_when_the_one_named_does_not_read_it() {
    on_both(|small| {
        let named = small.colleague("Spruce", Role::Technician);
        let senior = small.supervised(What::Reply, Some(named.viewer.person));
        let (other, plain) = (advanced(small, "Alder"), small.colleague("Birch", Role::Technician));
        let number = small.open();
        let id = small.reply_waits(number);
        assert_eq!(decides(small, &named, id), Some(true));
        assert_eq!(decides(small, &other, id), Some(false), "not yet his turn");
        assert_eq!(decides(small, &senior, id), Some(true), "a supervisor's always");
        assert_eq!(decides(small, &plain, id), None);
        let early = small.says_yes(&other, id);
        assert_eq!(early, Err(Error::Conflict("conflict-review-of-another")));
        let falls = small.the_review(&other, id).unwrap().review.falls_at;
        assert!(falls >= NOW.plus(reviews::FALLS_AFTER), "working time");
        let later = at(&other, falls);
        assert_eq!(decides(small, &at(&other, falls.plus(-1)), id), Some(false));
        assert_eq!(decides(small, &later, id), Some(true));
        let count = |cx: &Context| small.read(cx, reviews::mine_count).unwrap();
        assert_eq!(
            (count(&named), count(&other), count(&later), count(&plain)),
            (1, 0, 1, 0)
        );
        let gone = named.viewer.person;
        small
            .write(&small.admin, move |tx, cx| people::suspend(tx, cx, gone))
            .unwrap();
        assert_eq!(decides(small, &other, id), Some(true), "who was named is not here");
        assert_eq!(count(&other), 1);
    });
}

#[test]
fn who_may_not_see_the_ticket_may_not_see_it_either() {
    on_both(|small| {
        let team = small.team("Inquiries", true);
        small.join(team, small.technician.viewer.person);
        let outside = small.colleague("Spruce", Role::Technician);
        let far = small.supervised(What::Reply, Some(outside.viewer.person));
        let junior = small.viewer_of(small.technician.viewer.person);
        let far = small.viewer_of(far.viewer.person);
        let outside = small.viewer_of(outside.viewer.person);
        let number = small.open_for(team);
        let id = small.hand_in(&junior, number, "Inside.").review.unwrap();
        assert_eq!(decides(small, &far, id), None, "a supervisor of others");
        assert_eq!(decides(small, &outside, id), None, "named, but kept out");
        assert_eq!(decides(small, &small.requester, id), None);
        assert_eq!(decides(small, &junior, id), Some(false));
        assert_eq!(decides(small, &small.admin, id), Some(true));
        for (cx, lines) in [(&far, 0), (&outside, 0), (&junior, 1), (&small.admin, 1)] {
            let seen = small.read(cx, reviews::lines).unwrap();
            assert_eq!(seen.len(), lines, "{}", cx.viewer.name);
        }
        let asked = small.read(&small.requester, reviews::lines).map(drop);
        assert_eq!(asked, Err(Error::NotFound));
        let of = small.read(&outside, move |r, cx| reviews::of_ticket(r, cx, number).map(drop));
        assert_eq!(of, Err(Error::NotFound));
    });
}

#[test]
fn a_requester_reads_nothing_of_it_until_it_is_sent() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        let read = |small: &Small| {
            let (_, messages, _) = small
                .read(&small.requester, move |r, cx| tickets::conversation(r, cx, number))
                .unwrap();
            messages.iter().any(|m| m.body.0.contains("mended"))
        };
        assert!(!read(small));
        small.says_yes(&senior, id).unwrap();
        assert!(read(small), "the control");
    });
}

#[test]
fn the_reviewer_is_told_what_happened_meanwhile() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        assert_eq!(notices(small, id), []);
        let seen = small.seen_now(&senior, id);
        let later = at(&small.requester, NOW.plus(HOUR));
        small.says(&later, number, "It jams again.").unwrap();
        assert_eq!(notices(small, id), [Notice::Answered]);
        let blind = small.write(&senior, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        assert_eq!(blind, Err(Error::Conflict("conflict-review-changed")));
        let to = small.admin.viewer.person;
        small
            .write(&small.admin, move |tx, cx| tickets::assign(tx, cx, number, to))
            .unwrap();
        assert_eq!(notices(small, id), [Notice::Moved, Notice::Answered]);
        small
            .write(&small.admin, move |tx, cx| tickets::close(tx, cx, number))
            .unwrap();
        assert_eq!(notices(small, id), [Notice::Done, Notice::Moved, Notice::Answered]);
        assert!(small.says_yes(&senior, id).is_ok(), "told, the word is the senior's");
    });
}

#[test]
fn it_goes_along_with_a_merge_and_never_to_another_person() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let (number, kept) = (small.open(), small.open());
        let id = small.reply_waits(number);
        small
            .write(&small.admin, move |tx, cx| tickets::merge(tx, cx, number, kept))
            .unwrap();
        assert!(notices(small, id).contains(&Notice::Merged));
        let lines = small.read(&senior, reviews::lines).unwrap();
        assert_eq!(lines[0].ticket, kept);
        let till = small.person("Till", "till@larch.example", Role::Requester);
        let turned = |small: &Small, to| {
            small
                .write(&small.admin, move |tx, cx| {
                    let edit = Edit {
                        requester: Some(to),
                        ..Edit::default()
                    };
                    tickets::edit(tx, cx, kept, &edit)
                })
                .unwrap();
        };
        turned(small, till);
        assert!(notices(small, id).contains(&Notice::OtherPerson));
        assert_eq!(
            small.says_yes(&senior, id),
            Err(Error::Conflict("conflict-review-other-person"))
        );
        turned(small, small.requester.viewer.person);
        small.says_yes(&senior, id).unwrap();
        let on = "SELECT count(*) FROM message WHERE kind = 'reply' AND ticket = $1";
        assert_eq!(small.count_of(on, kept.0), 1);
    });
}

#[test]
fn what_an_author_who_left_wrote_is_not_sent_and_can_go_back() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let id = small.reply_waits(small.open());
        let seen = small.seen_now(&senior, id);
        let gone = small.technician.viewer.person;
        small
            .write(&small.admin, move |tx, cx| people::suspend(tx, cx, gone))
            .unwrap();
        assert_eq!(notices(small, id), [Notice::AuthorGone]);
        let sent = small.write(&senior, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        assert_eq!(sent, Err(Error::Conflict("conflict-review-author-gone")));
        small
            .write(&senior, move |tx, cx| {
                reviews::send_back(tx, cx, id, seen.revision, "Answered by me.")
            })
            .unwrap();
        assert_eq!(small.the_review(&senior, id).unwrap().review.state, State::Returned);
        assert_eq!(small.replies_sent(), (0, 0));
    });
}

#[test]
fn two_seniors_at_once_send_it_once() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number: TicketNumber = small.open();
        let id = small.reply_waits(number);
        let seen = small.seen_now(&senior, id);
        let one = |cx: &Context| small.write(cx, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        let (first, second) = std::thread::scope(|s| {
            let first = s.spawn(|| one(&senior));
            let second = one(&small.admin);
            (first.join().unwrap(), second)
        });
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        assert_eq!(small.replies_sent(), (1, 1));
        let control = small.write(&senior, move |tx, cx| {
            tickets::reply(tx, cx, number, &saying("And another."))
        });
        assert!(control.is_ok());
        assert_eq!(small.replies_sent(), (2, 2));
    });
}
