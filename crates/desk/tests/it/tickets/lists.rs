//! Lists and their counts: what a condition means, paging without gaps, and what is kept back.

use desk::Context;
use desk::access::{Scopes, Via};
use desk::tickets::{self, Channel, ListQuery, MOST_COUNTED, NewTicket, Order, Priority, Status};
use desk::views::{Condition, Standard, Who};

use super::at;
use crate::common::{NOW, Small, key_of, on_both};

const NONE: [i64; 0] = [];

fn all(small: &Small, cx: &Context, condition: &Condition, order: Order, limit: i64) -> Vec<i64> {
    let (mut numbers, mut after) = (Vec::new(), None);
    loop {
        let query = ListQuery {
            condition: condition.clone(),
            order,
            limit,
            after,
        };
        let page = small
            .read(cx, move |r, cx| tickets::list(r, cx, &query))
            .expect("a page");
        assert!(page.rows.len() <= usize::try_from(limit).unwrap());
        numbers.extend(page.rows.iter().map(|row| row.number.0));
        after = page.next;
        if after.is_none() {
            return numbers;
        }
    }
}

fn sorted(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.sort_unstable();
    numbers
}

fn found(small: &Small, condition: Condition) -> Vec<i64> {
    let numbers = sorted(all(small, &small.technician, &condition, Order::Due, 50));
    let counted = small
        .read(&small.technician, move |r, cx| tickets::count(r, cx, &condition))
        .expect("counted");
    let long = i64::try_from(numbers.len()).unwrap();
    assert_eq!(counted, long.min(MOST_COUNTED), "the count is the list's");
    numbers
}

/// 520 tickets in four priorities, many due at the same instant.
fn five_hundred(small: &Small) {
    let requester = small.requester.viewer.person;
    small
        .write(&small.desk, move |tx, cx| {
            for n in 0..520 {
                let mut new = NewTicket::new(requester, Channel::Mail, &format!("Number {n}"), "words");
                new.priority = Some([Priority::Low, Priority::Normal, Priority::High, Priority::Urgent][n % 4]);
                let number = tickets::open(tx, cx, &new)?.number;
                if n % 5 == 0 {
                    tickets::hold(tx, cx, number, "")?;
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn pages_have_no_gaps_and_no_doubles_over_ties() {
    on_both(|small| {
        five_hundred(small);
        let everyone = Standard::Everyone.condition();
        for (order, limit) in [(Order::Due, 7), (Order::Due, 200), (Order::Newest, 33)] {
            let numbers = all(small, &small.technician, &everyone, order, limit);
            assert_eq!(numbers.len(), 520, "{order} {limit}");
            assert_eq!(sorted(numbers), (1001..1521).collect::<Vec<_>>(), "{order} {limit}");
        }
        for view in [
            Standard::Mine,
            Standard::Unassigned,
            Standard::Waiting,
            Standard::Everyone,
        ] {
            found(small, view.condition());
        }
        let due = all(small, &small.technician, &everyone, Order::Due, 50);
        let at = |n: i64| {
            let t = small.ticket(desk::TicketNumber(n));
            (t.stage, t.next_due, n)
        };
        assert!(
            due[..60].windows(2).all(|pair| at(pair[0]) < at(pair[1])),
            "by stage, then due, then number"
        );
    });
}

#[test]
fn a_cursor_somebody_made_up_is_refused() {
    on_both(|small| {
        for (order, after) in [
            (Order::Due, "x"),
            (Order::Due, "1"),
            (Order::Newest, "1.2.3"),
            (Order::Due, "1.2.3.4"),
        ] {
            let query = ListQuery {
                condition: Standard::Everyone.condition(),
                order,
                limit: 10,
                after: Some(after.into()),
            };
            let tried = small.read(&small.technician, move |r, cx| tickets::list(r, cx, &query));
            assert_eq!(key_of(tried), "refused-cursor");
        }
    });
}

#[test]
fn and_or_and_not_mean_what_they_say() {
    on_both(|small| {
        let urgent = small.open_with(|t| t.priority = Some(Priority::Urgent)).number.0;
        let mail = small.open_with(|t| t.channel = Channel::Mail).number.0;
        let both = small
            .open_with(|t| (t.priority, t.channel) = (Some(Priority::Urgent), Channel::Mail))
            .number
            .0;
        let (p, c) = (
            Condition::Priority(vec![Priority::Urgent]),
            Condition::Channel(vec![Channel::Mail]),
        );
        assert_eq!(found(small, Condition::All(vec![p.clone(), c.clone()])), [both]);
        assert_eq!(
            found(small, Condition::Any(vec![p.clone(), c.clone()])),
            [urgent, mail, both]
        );
        assert_eq!(found(small, Condition::Not(Box::new(p.clone()))), [mail]);
        let exactly_one = Condition::All(vec![
            Condition::Any(vec![p.clone(), c.clone()]),
            Condition::Not(Box::new(Condition::All(vec![p, c]))),
        ]);
        assert_eq!(found(small, exactly_one), [urgent, mail]);
        assert_eq!(found(small, Condition::All(vec![])).len(), 3);
        assert_eq!(found(small, Condition::Any(vec![])), NONE);
        assert_eq!(found(small, Condition::Status(vec![])), NONE);
    });
}

#[test]
fn unread_is_each_viewers_own() {
    on_both(|small| {
        let (a, b) = (small.open(), small.open());
        assert_eq!(found(small, Condition::Unread), [a.0, b.0]);
        small
            .write(&small.technician, move |tx, cx| tickets::mark_read(tx, cx, a))
            .unwrap();
        assert_eq!(found(small, Condition::Unread), [b.0]);
        assert_eq!(
            all(small, &small.admin, &Condition::Unread, Order::Due, 9).len(),
            2,
            "not the other's"
        );
        small.says(&at(&small.requester, NOW.plus(1)), a, "More").unwrap();
        assert_eq!(found(small, Condition::Unread), [a.0, b.0]);
        assert_eq!(found(small, Condition::Not(Box::new(Condition::Unread))), NONE);
    });
}

#[test]
fn signs_of_like_stand_for_themselves() {
    on_both(|small| {
        let (a, b) = (
            small.open_with(|t| t.subject = "Disk 50% full".into()).number,
            small.open_with(|t| t.subject = "Disk 501 full".into()).number,
        );
        small
            .write(&small.technician, move |tx, cx| tickets::tag(tx, cx, a, "50%"))
            .unwrap();
        small
            .write(&small.technician, move |tx, cx| tickets::tag(tx, cx, b, "501"))
            .unwrap();
        assert_eq!(found(small, Condition::Tag("50%".into())), [a.0]);
        assert_eq!(found(small, Condition::Tag("5%".into())), NONE);
        assert_eq!(found(small, Condition::SubjectHas("50% F".into())), [a.0]);
        assert_eq!(found(small, Condition::SubjectHas("k 50_".into())), NONE);
        assert_eq!(found(small, Condition::SubjectHas("DISK 50".into())), [a.0, b.0]);
        assert_eq!(found(small, Condition::SubjectHas("' OR 1=1 --".into())), NONE);
    });
}

#[test]
fn who_me_and_nobody() {
    on_both(|small| {
        let (mine, free) = (small.open(), small.open());
        small.does(move |tx, cx| tickets::take(tx, cx, mine)).unwrap();
        assert_eq!(found(small, Condition::Assignee(vec![Who::Me])), [mine.0]);
        assert_eq!(found(small, Condition::Assignee(vec![Who::Nobody])), [free.0]);
        assert_eq!(
            found(small, Condition::Assignee(vec![Who::Me, Who::Nobody])),
            [mine.0, free.0]
        );
        small.does(move |tx, cx| tickets::pend(tx, cx, mine)).unwrap();
        assert_eq!(found(small, Standard::Waiting.condition()), [mine.0]);
        assert_eq!(found(small, Standard::Mine.condition()), NONE);
        assert_eq!(
            found(small, Condition::Status(vec![Status::Pending, Status::New])),
            [mine.0, free.0]
        );
    });
}

#[test]
fn what_is_too_deep_or_too_wide_is_refused() {
    on_both(|small| {
        let mut deep = Condition::Unsolved;
        for _ in 0..9 {
            deep = Condition::Not(Box::new(deep));
        }
        let wide = Condition::Any(vec![Condition::Unsolved; 65]);
        let long = Condition::Team(vec![desk::TeamId(1); 100]);
        let wordy = Condition::SubjectHas("x".repeat(201));
        for condition in [deep, wide, long, wordy] {
            let asked = condition.clone();
            assert_eq!(
                key_of(small.read(&small.technician, move |r, cx| tickets::count(r, cx, &asked))),
                "refused-condition"
            );
            let query = ListQuery {
                condition,
                order: Order::Due,
                limit: 1,
                after: None,
            };
            assert_eq!(
                key_of(small.read(&small.technician, move |r, cx| tickets::list(r, cx, &query))),
                "refused-condition"
            );
        }
        let unknown = serde_json::from_str::<Condition>(r#"{"all":[{"sql":"1=1"}]}"#);
        assert!(unknown.is_err());
    });
}

#[test]
fn lists_and_counts_keep_back_what_the_policy_keeps_back() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        let (open, hidden) = (small.open().0, small.open_for(team).0);
        let outside = small.viewer_of(small.technician.viewer.person);
        let everyone = Standard::Everyone.condition();
        assert_eq!(all(small, &outside, &everyone, Order::Due, 9), [open]);
        assert_eq!(
            small.read(&outside, |r, cx| tickets::count(r, cx, &Standard::Everyone.condition())),
            Ok(1)
        );
        assert_eq!(
            sorted(all(
                small,
                &small.viewer_of(small.admin.viewer.person),
                &everyone,
                Order::Due,
                9
            )),
            [open, hidden]
        );
        assert_eq!(
            all(small, &small.requester, &everyone, Order::Due, 9),
            NONE,
            "the desk's lists are no requester's"
        );
        let mut blind = small.technician.clone();
        blind.viewer.via = Via::Token(Scopes {
            read: false,
            write: true,
            admin: false,
        });
        assert_eq!(
            all(small, &blind, &everyone, Order::Due, 9),
            NONE,
            "a token that may not read reads no list"
        );
        let mut own = small.requester.clone();
        assert_eq!(
            small
                .read(&own, |r, cx| tickets::own_requests(r, cx, true, None))
                .unwrap()
                .len(),
            2
        );
        own.viewer.via = Via::Token(Scopes {
            read: false,
            write: true,
            admin: false,
        });
        assert_eq!(
            small.read(&own, |r, cx| tickets::own_requests(r, cx, true, None)).err(),
            Some(desk::Error::NotFound)
        );
    });
}
