//! How a ticket begins: its number, its priority, its promises.

use desk::Error;
use desk::clock::HOUR;
use desk::sla;
use desk::tickets::{self, Channel, Impact, NewTicket, Priority, Status, Urgency, priority_of};
use worktime::Calendar;

use crate::common::{NOW, key_of, on_both, refused};

#[test]
fn numbers_begin_at_1001_and_go_up_by_one() {
    on_both(|small| assert_eq!([small.open().0, small.open().0, small.open().0], [1001, 1002, 1003]));
}

#[test]
fn priority_is_the_printed_table() {
    use Priority::{High, Low, Normal, Urgent};
    let table = [[Low, Normal, High], [Normal, High, Urgent], [High, Urgent, Urgent]];
    for (impact, row) in [Impact::One, Impact::Group, Impact::All].into_iter().zip(table) {
        for (urgency, wanted) in [Urgency::Low, Urgency::Medium, Urgency::High].into_iter().zip(row) {
            assert_eq!(priority_of(impact, urgency), wanted, "{impact} {urgency}");
        }
    }
}

#[test]
fn due_times_are_the_targets_in_working_time_of_each_priority() {
    let toronto = Calendar::standard("America/Toronto").unwrap();
    let after = |hours: i64| toronto.add(NOW.0, hours * HOUR).unwrap();
    on_both(|small| {
        for (word, reply, solve) in [
            (Priority::Urgent, 1, 4),
            (Priority::High, 2, 8),
            (Priority::Normal, 4, 16),
            (Priority::Low, 8, 40),
        ] {
            let number = small.open_with(|t| t.priority = Some(word)).number;
            let t = small.ticket(number);
            assert_eq!(
                (t.reply_due.0, t.solve_due.0, t.next_due.0),
                (after(reply), after(solve), after(reply)),
                "{word}"
            );
            assert_eq!(sla::targets(word).reply, Some(reply * HOUR));
        }
    });
    // By hand: Tuesday 10:22 in Toronto plus eight hours of work is Wednesday 09:22, 14:22 UTC.
    assert_eq!(desk::Time(after(8)).rfc3339(), "2026-11-18T14:22:00Z");
}

#[test]
fn an_opened_ticket_has_its_message_and_is_new() {
    on_both(|small| {
        let opened = small.open_with(|t| (t.impact, t.urgency) = (Impact::Group, Urgency::High));
        let t = small.ticket(opened.number);
        assert_eq!(
            (t.status, t.priority, t.priority_set),
            (Status::New, Priority::Urgent, false)
        );
        assert_eq!(
            (t.channel, t.created_at, t.requester_spoke_at),
            (Channel::Phone, NOW, Some(NOW))
        );
        let number = opened.number;
        let (_, messages, _) = small
            .read(&small.requester, move |r, cx| tickets::conversation(r, cx, number))
            .unwrap();
        assert_eq!(
            messages.iter().map(|m| &*m.body).collect::<Vec<_>>(),
            ["The tray is empty."]
        );
    });
}

#[test]
fn a_requester_opens_for_himself_alone_and_decides_neither_team_nor_priority() {
    on_both(|small| {
        let (me, team) = (small.requester.viewer.person, small.team("Counter", false));
        let tried = |change: &dyn Fn(&mut NewTicket)| {
            let mut new = NewTicket::new(me, Channel::Portal, "Help", "Please");
            change(&mut new);
            small
                .write(&small.requester, move |tx, cx| tickets::open(tx, cx, &new))
                .map(|_| ())
        };
        assert_eq!(tried(&|_| ()), Ok(()));
        let technician = small.technician.viewer.person;
        assert_eq!(tried(&|t| t.team = Some(team)), Err(Error::NotFound));
        assert_eq!(tried(&|t| t.assignee = Some(technician)), Err(Error::NotFound));
        assert_eq!(tried(&|t| t.priority = Some(Priority::Urgent)), Err(Error::NotFound));
        assert_eq!(tried(&|t| t.requester = technician), Err(Error::NotFound));
        assert_eq!(small.count("SELECT count(*) FROM ticket"), 1);
    });
}

#[test]
fn what_is_not_there_is_refused_in_words() {
    on_both(|small| {
        let requester = small.requester.viewer.person;
        let tried = |change: &dyn Fn(&mut NewTicket)| {
            let mut new = NewTicket::new(requester, Channel::Phone, "Help", "Please");
            change(&mut new);
            small.write(&small.technician, move |tx, cx| tickets::open(tx, cx, &new))
        };
        assert_eq!(key_of(tried(&|t| t.subject = "  ".into())), "refused-empty");
        assert_eq!(key_of(tried(&|t| t.subject = "x".repeat(251))), "refused-too-long");
        assert_eq!(
            key_of(tried(&|t| t.team = Some(desk::TeamId(77)))),
            "refused-no-such-team"
        );
        assert_eq!(
            key_of(tried(&|t| t.topic = Some(desk::TopicId(77)))),
            "refused-no-such-topic"
        );
        assert_eq!(
            key_of(tried(&|t| t.requester = desk::PersonId(7777))),
            "refused-no-such-person"
        );
        assert_eq!(
            key_of(tried(&|t| t.assignee = Some(requester))),
            "refused-not-a-technician"
        );
        assert_eq!(
            tried(&|t| t.body = "a\0b".into()).err(),
            Some(refused("text", "refused-character"))
        );
        assert_eq!(small.count("SELECT count(*) FROM ticket"), 0, "nothing half done");
    });
}
