//! What a report counts, fact by fact.

use desk::clock::{DAY, HOUR, MINUTE};
use desk::ratings::{self, NewRating, RatingAnswer};
use desk::reports::{self, Asked, By, Period, Point, Report};
use desk::tickets::{self, Channel, Solution, Status};
use desk::topics::{self, NewTopic};
use desk::{Error, TeamId, Time, TopicId};

use super::{this_month, today};
use crate::common::{NOW, Small, on_both};
use crate::tickets::{at, words};

fn solved(small: &Small, channel: Channel, ago: i64, replies: usize) -> desk::TicketNumber {
    let began = NOW.plus(-ago);
    let opened = small.open_with(|new| (new.channel, new.created_at) = (channel, Some(began)));
    for _ in 0..replies {
        let cx = at(&small.technician, began.plus(10 * MINUTE));
        small
            .write(&cx, move |tx, cx| {
                tickets::reply(tx, cx, opened.number, &words("Try again."))
            })
            .unwrap();
    }
    let cx = at(&small.technician, began.plus(30 * MINUTE));
    small
        .write(&cx, move |tx, cx| {
            tickets::solve(tx, cx, opened.number, &Solution::default())
        })
        .unwrap();
    opened.number
}

#[test]
fn a_ticket_counts_when_it_came_and_when_it_was_solved() {
    on_both(|small| {
        solved(small, Channel::Mail, 3 * DAY, 1);
        small.open();
        small.follow(100);
        let found = small
            .report(&small.technician, Report::Volume, this_month(small))
            .unwrap();
        assert_eq!((found.total.opened, found.total.solved), (2, 1));
        assert_eq!(found.points.len(), 30);
        assert_eq!(found.points[26].1.solved, 1, "three days ago");
        assert_eq!(found.points[29].1.opened, 1, "today");
        let sum: i64 = found.points.iter().map(|(_, tally)| tally.opened).sum();
        assert_eq!(sum, 2, "every step of the way");
    });
}

#[test]
fn a_year_is_the_same_by_months_as_by_days() {
    on_both(|small| {
        for n in 0..40 {
            solved(small, Channel::Mail, n * 9 * DAY, 1);
        }
        small.follow(100);
        let day = today(small, NOW);
        let year = Period::last(day, 360);
        let whole = small
            .report(&small.technician, Report::TimeToSolve, Asked::of(year))
            .unwrap();
        assert_eq!(whole.total.times.total(), 40);
        let mut joined = 0;
        for at in 0..4 {
            let quarter = Period::last(day - at * 90, 90);
            joined += small
                .report(&small.technician, Report::TimeToSolve, Asked::of(quarter))
                .unwrap()
                .total
                .times
                .total();
        }
        assert_eq!(joined, 40);
        let steps: i64 = whole.points.iter().map(|(_, tally)| tally.times.total()).sum();
        assert_eq!((steps, whole.points.len() > 11), (40, true));
    });
}

#[test]
fn first_contact_is_lost_by_a_second_word_and_by_a_reopening() {
    on_both(|small| {
        solved(small, Channel::Phone, DAY, 0);
        solved(small, Channel::Phone, DAY, 1);
        solved(small, Channel::Phone, DAY, 2);
        let again = solved(small, Channel::Phone, DAY, 1);
        let cx = at(&small.technician, NOW.plus(-HOUR));
        let reopened = small.write(&cx, move |tx, cx| tickets::reopen(tx, cx, again)).unwrap();
        small
            .write(&cx, move |tx, cx| tickets::solve(tx, cx, again, &Solution::default()))
            .unwrap();
        small.follow(100);
        let of = |report| {
            small
                .report(&small.technician, report, this_month(small))
                .unwrap()
                .total
        };
        let first = of(Report::FirstContact);
        assert_eq!((first.at_once, first.solved), (2, 4));
        assert_eq!(of(Report::Reopened).reopened, 1);
        assert!(reopened.event.0 > 0);
    });
}

#[test]
fn a_reopening_that_was_taken_back_is_none() {
    on_both(|small| {
        let number = solved(small, Channel::Mail, HOUR, 1);
        let reopened = small.does(move |tx, cx| tickets::reopen(tx, cx, number)).unwrap();
        small.follow(100);
        let of = |report| {
            small
                .report(&small.technician, report, this_month(small))
                .unwrap()
                .total
        };
        assert_eq!((of(Report::Reopened).reopened, of(Report::Volume).solved), (1, 0));
        small.undo(reopened.event).unwrap();
        small.follow(100);
        assert_eq!((of(Report::Reopened).reopened, of(Report::Volume).solved), (0, 1));
        assert_eq!(of(Report::FirstContact).at_once, 1);
    });
}

#[test]
fn an_answer_counts_on_its_day_said_anew_it_moves_and_merged_it_goes_along() {
    on_both(|small| {
        let rate = |number, after: i64, answer| {
            let cx = at(&small.requester, NOW.plus(after - 3 * DAY));
            let new = NewRating {
                answer,
                words: String::new(),
            };
            small
                .write(&cx, move |tx, cx| ratings::rate(tx, cx, number, &new))
                .expect("rated");
        };
        let (one, other) = (
            solved(small, Channel::Mail, 4 * DAY, 1),
            solved(small, Channel::Phone, 4 * DAY, 1),
        );
        rate(one, 0, RatingAnswer::Bad);
        rate(other, 0, RatingAnswer::Good);
        let counted = |small: &Small| {
            small.follow(100);
            let found = small
                .report(&small.technician, Report::Satisfaction, this_month(small))
                .unwrap();
            let days = found.points.iter().filter(|(_, t)| t.good + t.bad > 0).count();
            (found.total.good, found.total.bad, days)
        };
        assert_eq!(counted(small), (1, 1, 1));
        rate(one, DAY, RatingAnswer::Good);
        assert_eq!(counted(small), (2, 0, 2), "said anew on the next day, once");
        small
            .write(&small.technician, move |tx, cx| tickets::merge(tx, cx, one, other))
            .expect("merged");
        assert_eq!(
            counted(small),
            (2, 0, 2),
            "what was said of the merged one stands with the other"
        );
        let untouched = this_month(small);
        let phone = Asked {
            channel: Some(Channel::Phone),
            ..untouched
        };
        let found = small.report(&small.technician, Report::Satisfaction, phone).unwrap();
        assert_eq!(found.total.good, 2, "under the channel of the one that is kept");
    });
}

#[test]
fn half_the_first_replies_came_within_what_the_classes_allow() {
    on_both(|small| {
        for _ in 0..10 {
            solved(small, Channel::Mail, HOUR, 1);
        }
        small.follow(100);
        let found = small
            .report(&small.technician, Report::FirstReply, this_month(small))
            .unwrap();
        let half = found.total.times.within(50).unwrap();
        assert!((6..=10).contains(&half), "ten minutes: {half}");
        assert!(reports::said(desk::words::Lang::En, &found).starts_with("Half of 10 first replies came within"));
    });
}

#[test]
fn what_is_open_is_counted_by_its_age() {
    on_both(|small| {
        for days in [0, 1, 5, 20, 20, 90] {
            small.open_with(|new| new.created_at = Some(NOW.plus(-days * DAY)));
        }
        let number = small.open();
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        solved(small, Channel::Mail, 2 * DAY, 1);
        small.follow(100);
        let found = small
            .report(&small.technician, Report::Backlog, this_month(small))
            .unwrap();
        let ages: Vec<i64> = found.points.iter().map(|(_, tally)| tally.open).collect();
        assert_eq!(ages, [2, 1, 1, 2, 1], "what waits is open too");
        assert_eq!((found.total.open, found.total.old), (7, 3));
        assert!(matches!(found.points[4].0, Point::Age(31, None)));
        assert_eq!(small.ticket(number).status, Status::Pending);
    });
}

/// A ticket of a team about printers, one by mail about hardware, and one about nothing.
fn three(small: &Small) -> (TeamId, TopicId, TopicId) {
    let topic = |name: &str, parent: Option<TopicId>| {
        let new = NewTopic {
            parent,
            name_en: name.into(),
            name_fr: format!("{name} (fr)"),
            team: None,
        };
        small
            .write(&small.admin, move |tx, cx| topics::add(tx, cx, &new))
            .unwrap()
    };
    let top = topic("Hardware", None);
    let under = topic("Printers", Some(top));
    let team = small.team("Service desk", false);
    small.open_with(|new| (new.topic, new.team) = (Some(under), Some(team)));
    small.open_with(|new| (new.topic, new.channel) = (Some(top), Channel::Mail));
    small.open();
    small.follow(100);
    (team, top, under)
}

#[test]
fn parts_are_named_by_team_topic_and_channel_the_most_first() {
    on_both(|small| {
        three(small);
        let names = |by: By| -> Vec<(String, i64)> {
            let asked = Asked {
                by,
                ..this_month(small)
            };
            let found = small.report(&small.technician, Report::Volume, asked).unwrap();
            let parts = found.parts.into_iter();
            parts.map(|(name, tally)| (name, tally.opened)).collect()
        };
        let wanted = |parts: &[(&str, i64)]| -> Vec<(String, i64)> {
            parts.iter().map(|(name, n)| ((*name).to_string(), *n)).collect()
        };
        assert_eq!(names(By::Team), wanted(&[("No team", 2), ("Service desk", 1)]));
        assert_eq!(
            names(By::Topic),
            wanted(&[("Hardware", 1), ("Hardware › Printers", 1), ("No topic", 1)])
        );
        assert_eq!(names(By::Channel), wanted(&[("Phone", 2), ("Mail", 1)]));
    });
}

#[test]
fn a_filter_narrows_what_is_counted() {
    on_both(|small| {
        let (team, top, under) = three(small);
        let asked = this_month(small);
        let count = |asked: Asked| {
            let found = small.report(&small.technician, Report::Volume, asked);
            found.map(|figures| figures.total.opened)
        };
        let topic = |topic| Asked {
            topic: Some(topic),
            ..asked
        };
        assert_eq!(count(topic(top)), Ok(2), "with what is under it");
        assert_eq!(count(topic(under)), Ok(1));
        assert_eq!(count(topic(TopicId(99))), Err(Error::NotFound));
        let mail = Asked {
            channel: Some(Channel::Mail),
            ..asked
        };
        let ours = Asked {
            team: Some(team),
            ..asked
        };
        assert_eq!((count(mail), count(ours)), (Ok(1), Ok(1)));
    });
}

#[test]
fn the_days_are_those_of_the_house() {
    on_both(|small| {
        // 2026-11-17T04:30Z is still the sixteenth in Toronto.
        let late = Time(1_794_889_800_000_000);
        small.open_with(|new| new.created_at = Some(late));
        small.follow(100);
        let of = |day: i64| {
            let asked = Asked::of(Period { from: day, to: day });
            small
                .report(&small.technician, Report::Volume, asked)
                .unwrap()
                .total
                .opened
        };
        let day = today(small, NOW);
        assert_eq!((of(day - 1), of(day)), (1, 0));
    });
}
