//! Undo: every event a person made can be taken back, unless somebody changed it since.

use desk::clock::SECOND;
use desk::mailboxes::outbox::{self, Prepared};
use desk::mailboxes::{MailboxFields, boxes};
use desk::tickets::{self, Changed, Edit, LinkKind, Solution, Status, Ticket};
use desk::{Context, Error, EventId, Result, TicketNumber, Write};

use super::{at, words};
use crate::common::{NOW, on_both};

type Verb = fn(&mut Write, &Context, TicketNumber) -> Result<EventId>;

#[expect(clippy::needless_pass_by_value, reason = "the shape `map` wants")]
fn event(changed: Changed) -> EventId {
    changed.event
}

/// Every verb that changes the ticket itself, with the state it begins from.
const VERBS: [(&str, bool, Verb); 12] = [
    ("take", false, |tx, cx, n| tickets::take(tx, cx, n).map(event)),
    ("release", false, |tx, cx, n| tickets::release(tx, cx, n).map(event)),
    ("pend", false, |tx, cx, n| tickets::pend(tx, cx, n).map(event)),
    ("hold", false, |tx, cx, n| tickets::hold(tx, cx, n, "parts").map(event)),
    ("resume", false, |tx, cx, n| tickets::resume(tx, cx, n).map(event)),
    ("solve", false, |tx, cx, n| {
        tickets::solve(tx, cx, n, &Solution::default()).map(event)
    }),
    ("reopen", true, |tx, cx, n| tickets::reopen(tx, cx, n).map(event)),
    ("close", false, |tx, cx, n| tickets::close(tx, cx, n).map(event)),
    ("edit", false, |tx, cx, n| {
        let edit = Edit {
            subject: Some("Else".into()),
            urgency: Some(tickets::Urgency::High),
            ..Edit::default()
        };
        tickets::edit(tx, cx, n, &edit).map(event)
    }),
    ("reply", false, |tx, cx, n| {
        tickets::reply(tx, cx, n, &words("Hi")).map(|(c, _)| c.event)
    }),
    ("note", false, |tx, cx, n| {
        tickets::note(tx, cx, n, &words("Hm")).map(|(c, _)| c.event)
    }),
    ("call", false, |tx, cx, n| {
        tickets::log_call(tx, cx, n, &words("Rang")).map(|(c, _)| c.event)
    }),
];

fn without_clock(ticket: Ticket) -> Ticket {
    Ticket {
        updated_at: NOW,
        ..ticket
    }
}

#[test]
fn every_verb_is_one_event_and_undoing_it_is_one_more_and_restores_the_ticket() {
    on_both(|small| {
        for (name, solved, verb) in VERBS {
            let number = small.open();
            if solved {
                small
                    .does(move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
                    .unwrap();
            }
            let (before, events) = (small.ticket(number), small.events());
            let id = small
                .write(&at(&small.technician, NOW.plus(SECOND)), move |tx, cx| {
                    verb(tx, cx, number)
                })
                .unwrap();
            assert_eq!(small.events() - events, 1, "{name}: one verb, one event");
            small.undo(id).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(small.events() - events, 2, "{name}: undoing is one event");
            assert_eq!(without_clock(small.ticket(number)), without_clock(before), "{name}");
        }
    });
}

#[test]
fn what_somebody_changed_since_is_not_undone() {
    on_both(|small| {
        let number = small.open();
        let id = small.does(move |tx, cx| tickets::take(tx, cx, number)).unwrap().event;
        let other = small.admin.viewer.person;
        small
            .does(move |tx, cx| tickets::assign(tx, cx, number, other))
            .unwrap();
        assert_eq!(small.undo(id), Err(Error::Conflict("conflict-changed-since")));
        assert_eq!(small.ticket(number).assignee, Some(other));
        let reply = small
            .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &words("Hi"))?.0))
            .unwrap()
            .event;
        small.undo(reply).unwrap();
        assert!(matches!(small.undo(reply), Err(Error::Conflict(_))), "once");
    });
}

#[test]
fn tags_links_and_watching_come_and_go() {
    on_both(|small| {
        let (number, other) = (small.open(), small.open());
        let rows = |table: &str| match table {
            "tag" => small.count("SELECT count(*) FROM tag"),
            "link" => small.count("SELECT count(*) FROM link WHERE kind = 'cause'"),
            _ => small.count("SELECT count(*) FROM watcher"),
        };
        let pairs: [(&str, Verb, Verb); 2] = [
            (
                "tag",
                |tx, cx, n| tickets::tag(tx, cx, n, "printer"),
                |tx, cx, n| tickets::untag(tx, cx, n, "printer"),
            ),
            ("watch", tickets::watch, tickets::unwatch),
        ];
        for (table, does, undoes) in pairs {
            let id = small
                .write(&small.technician, move |tx, cx| does(tx, cx, number))
                .unwrap();
            small.undo(id).unwrap();
            assert_eq!(rows(table), 0, "{table}");
            small
                .write(&small.technician, move |tx, cx| does(tx, cx, number))
                .unwrap();
            let id = small
                .write(&small.technician, move |tx, cx| undoes(tx, cx, number))
                .unwrap();
            assert_eq!(rows(table), 0, "{table}");
            small.undo(id).unwrap();
            assert_eq!(rows(table), 1, "{table} is back");
        }
        let id = small
            .write(&small.technician, move |tx, cx| {
                tickets::link(tx, cx, number, other, LinkKind::Cause)
            })
            .unwrap();
        small.undo(id).unwrap();
        assert_eq!(rows("link"), 0);
        small
            .write(&small.technician, move |tx, cx| {
                tickets::link(tx, cx, number, other, LinkKind::Cause)
            })
            .unwrap();
        let cut = small
            .write(&small.technician, move |tx, cx| tickets::unlink(tx, cx, other, number))
            .unwrap();
        small.undo(cut).unwrap();
        assert_eq!(
            small.count_of(
                "SELECT count(*) FROM link WHERE kind = 'cause' AND ticket = $1",
                number.0
            ),
            1,
            "the same way round"
        );
    });
}

#[test]
fn a_merge_is_undone_from_either_side_and_so_is_unmerging() {
    on_both(|small| {
        let (a, b) = (small.open(), small.open());
        let last = |n: TicketNumber| small.history(n).last().unwrap().id;
        for side in [a, b] {
            small.does(move |tx, cx| tickets::merge(tx, cx, b, a)).unwrap();
            small.undo(last(side)).unwrap();
            assert_eq!((small.ticket(a).merged_into, small.ticket(b).merged_into), (None, None));
            assert_eq!(small.ticket(b).status, Status::New);
            // The last event is now "unmerged": taking that back merges again, the same way round.
            small.undo(last(side)).unwrap();
            assert_eq!(
                (small.ticket(a).merged_into, small.ticket(b).merged_into),
                (None, Some(a)),
                "undone on {side}"
            );
            small.does(move |tx, cx| tickets::unmerge(tx, cx, b)).unwrap();
        }
    });
}

#[test]
fn a_reply_is_taken_back_within_five_seconds_and_not_once_it_left() {
    on_both(|small| {
        small
            .write(&small.desk, |tx, cx| {
                boxes::add(tx, cx, &MailboxFields::new("support@desk.example"))
            })
            .unwrap();
        let house = std::sync::Arc::new(desk::house::House {
            public_url: Some("https://desk.example".into()),
            ..(*small.desk.house).clone()
        });
        let claimed = |now: desk::Time| {
            let house = std::sync::Arc::clone(&house);
            small.db.write_now(move |tx| -> Result<usize> {
                let mut ready = 0;
                for job in outbox::claim_due(tx, now, 10)? {
                    ready += usize::from(matches!(outbox::prepare(tx, &house, now, &job)?, Prepared::Ready(_)));
                }
                Ok(ready)
            })
        };
        let number = small.open();
        let reply = || {
            small
                .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &words("Hi"))?.0))
                .unwrap()
                .event
        };
        let first = reply();
        assert_eq!(claimed(NOW.plus(5 * SECOND - 1)), Ok(0), "it waits its five seconds");
        small.undo(first).unwrap();
        assert_eq!(claimed(NOW.plus(60 * SECOND)), Ok(0), "taken back: nothing leaves");
        let (_, seen, _) = small
            .read(&small.requester, move |r, cx| tickets::conversation(r, cx, number))
            .unwrap();
        assert_eq!(seen.len(), 1, "and nothing is shown");
        let second = reply();
        assert_eq!(claimed(NOW.plus(5 * SECOND)), Ok(1));
        assert_eq!(small.undo(second), Err(Error::Conflict("conflict-already-sent")));
        assert!(small.ticket(number).replied_at.is_some());
    });
}

#[test]
fn undoing_needs_the_right_to_work_on_the_ticket() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        let hidden = small.open_for(team);
        let id = small
            .write(&small.admin, move |tx, cx| tickets::take(tx, cx, hidden))
            .unwrap()
            .event;
        assert_eq!(small.undo(id), Err(Error::NotFound));
        assert_eq!(
            small.undo(EventId(999_999)),
            Err(Error::NotFound),
            "the same as an event that is not there"
        );
        let open = small.open();
        let opened = small.history(open)[0].id;
        assert_eq!(small.undo(opened), Err(Error::Conflict("conflict-cannot-undo")));
    });
}

#[test]
fn solved_again_by_undoing_it_still_closes() {
    on_both(|small| {
        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
            .unwrap();
        let id = small.does(move |tx, cx| tickets::reopen(tx, cx, number)).unwrap().event;
        small.exec("DELETE FROM job");
        small.undo(id).unwrap();
        assert_eq!(small.ticket(number).status, Status::Solved);
        assert_eq!(small.count("SELECT count(*) FROM job WHERE kind = 'close_solved'"), 1);
    });
}
