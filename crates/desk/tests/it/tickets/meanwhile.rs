//! What happens between two deeds: a split, a merge, a solution or another hand between planning and sending, between
//! writing and taking back.

use desk::access::{Role, Scopes, Via};
use desk::clock::{DAY, HOUR};
use desk::drafts;
use desk::people::{self, NewPerson};
use desk::tickets::{self, Channel, Edit, NewMessage, NewTicket, PlannedState, Solution, Split};
use desk::views::Standard;
use desk::{Context, Error, EventId, MessageId, PersonId, PlannedId, Result, TicketNumber, Time};

use super::{at, words};
use crate::common::{NOW, Small, on_both};

const TOMORROW: Time = Time(NOW.0 + DAY);
const STALE: Result<TicketNumber> = Err(Error::Conflict("conflict-changed-since"));

fn me(small: &Small) -> Context {
    small.viewer_of(small.technician.viewer.person)
}

fn planned(small: &Small, number: TicketNumber) -> PlannedId {
    planned_at(small, number, NOW)
}

fn planned_at(small: &Small, number: TicketNumber, now: Time) -> PlannedId {
    let plan = move |tx: &mut desk::Write, cx: &Context| {
        tickets::plan_reply(tx, cx, number, &words("It is mended."), TOMORROW).map(|(_, id)| id)
    };
    small.write(&at(&me(small), now), plan).expect("planned")
}

fn send_job(small: &Small, id: PlannedId, then: Time) {
    small
        .write(&at(&small.desk, then), move |tx, cx| tickets::send_when_due(tx, cx, id))
        .expect("the job runs");
}

fn state(small: &Small, number: TicketNumber) -> (PlannedState, String) {
    let all = small
        .read(&small.desk, move |r, cx| tickets::planned(r, cx, number))
        .expect("read");
    (all[0].state, all[0].reason.clone())
}

fn replies(small: &Small) -> i64 {
    small.count("SELECT count(*) FROM message WHERE kind = 'reply' AND state = 'sent'")
}

fn unplan(small: &Small, by: &Context, id: PlannedId) -> EventId {
    small
        .write(by, move |tx, cx| tickets::unplan(tx, cx, id))
        .expect("called off")
        .1
}

fn draft(small: &Small, by: &Context, number: TicketNumber) -> Vec<String> {
    let drafts = small
        .read(by, move |r, cx| drafts::of_ticket(r, cx, number))
        .expect("read");
    drafts.into_iter().map(|draft| draft.body).collect()
}

fn split(small: &Small, number: TicketNumber, messages: &[MessageId], to: Option<PersonId>) -> (TicketNumber, EventId) {
    let asked = Split {
        messages: messages.to_vec(),
        subject: "Another matter".into(),
        requester: to,
    };
    small
        .write(&me(small), move |tx, cx| tickets::split(tx, cx, number, &asked))
        .expect("split")
}

fn noted(small: &Small, number: TicketNumber) -> (EventId, MessageId) {
    let note = move |tx: &mut desk::Write, cx: &Context| tickets::note(tx, cx, number, &words("Between us."));
    let (changed, message) = small.write(&me(small), note).expect("noted");
    (changed.event, message)
}

fn message_state(small: &Small, message: MessageId) -> String {
    small
        .db
        .read_now(move |r| -> Result<String> {
            Ok(r.one("SELECT state FROM message WHERE id = $1", &db::args![message])?)
        })
        .expect("read")
}

#[test]
fn an_answer_on_a_merged_ticket_stops_whoever_answers_the_one_kept() {
    on_both(|small| {
        let (old, kept) = (small.open(), small.open());
        small
            .does(move |tx, cx| tickets::merge(tx, cx, old, kept))
            .expect("merged");
        let id = planned(small, kept);
        let seen = MessageId(small.count("SELECT MAX(id) FROM message"));
        small
            .says(&at(&small.requester, NOW.plus(HOUR)), old, "Do not do it!")
            .expect("said");
        let stop = Error::Conflict("conflict-answered");
        let looked = small.write(&me(small), move |tx, cx| tickets::nothing_unseen(tx, cx, kept, seen));
        assert_eq!(looked, Err(stop.clone()));
        let sent = small.write(&me(small), move |tx, cx| tickets::send_now(tx, cx, id, seen).map(drop));
        assert_eq!(sent, Err(stop));
    });
}

#[test]
fn words_that_were_split_off_are_not_taken_back_from_where_they_were() {
    on_both(|small| {
        let number = small.open();
        let (event, message) = noted(small, number);
        let (new, _) = split(small, number, &[message], None);
        assert_eq!(
            small.write(&me(small), move |tx, cx| tickets::undo(tx, cx, event)),
            STALE
        );
        assert_eq!(message_state(small, message), "sent");
        let reply = move |tx: &mut desk::Write, cx: &Context| tickets::reply(tx, cx, new, &words("Mended."));
        let (changed, reply) = small.write(&me(small), reply).expect("replied");
        split(small, new, &[reply], None);
        let event = changed.event;
        assert_eq!(
            small.write(&me(small), move |tx, cx| tickets::undo(tx, cx, event)),
            STALE
        );
        assert_eq!(message_state(small, reply), "sent");
    });
}

#[test]
fn what_is_typed_on_a_ticket_goes_back_with_an_undone_split() {
    on_both(|small| {
        let number = small.open();
        let (_, message) = noted(small, number);
        let (new, event) = split(small, number, &[message], None);
        small
            .write(&me(small), move |tx, cx| {
                drafts::keep(tx, cx, new, "reply", "Half an answer", "")
            })
            .expect("kept");
        small
            .write(&me(small), move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        assert_eq!(draft(small, &me(small), number), ["Half an answer"]);
    });
}

#[test]
fn a_reply_that_was_held_is_held_again_and_a_late_one_waits_for_its_author() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
            .expect("solved");
        send_job(small, id, TOMORROW);
        small
            .does(move |tx, cx| tickets::reopen(tx, cx, number))
            .expect("open again");
        let event = unplan(small, &small.admin, id);
        small
            .write(&small.admin, move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        send_job(small, id, TOMORROW.plus(HOUR));
        assert_eq!(
            (replies(small), state(small, number)),
            (0, (PlannedState::Held, "held-done".into()))
        );

        let other = small.open();
        let id = planned(small, other);
        let event = unplan(small, &small.admin, id);
        let late = at(&small.admin, TOMORROW.plus(HOUR));
        small
            .write(&late, move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        send_job(small, id, TOMORROW.plus(HOUR));
        assert_eq!(
            (replies(small), state(small, other)),
            (0, (PlannedState::Held, "held-called-off".into()))
        );
    });
}

#[test]
fn a_reply_planned_after_the_solution_leaves() {
    on_both(|small| {
        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
            .expect("solved");
        let id = planned_at(small, number, NOW.plus(HOUR));
        send_job(small, id, TOMORROW);
        assert_eq!(replies(small), 1);
        let page = small
            .read(&small.admin, move |r, cx| {
                tickets::history_page(r, cx, number, None, None)
            })
            .expect("read");
        assert_ne!(page.lines[0].door.as_deref(), Some("api"), "no program wrote it");
    });
}

#[test]
fn a_split_holds_what_was_planned_and_its_undo_lets_it_go() {
    on_both(|small| {
        let number = small.open();
        let (_, message) = noted(small, number);
        let id = planned(small, number);
        let (_, event) = split(small, number, &[message], None);
        small
            .write(&me(small), move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        send_job(small, id, TOMORROW);
        assert_eq!(replies(small), 1);
        let id = planned(small, number);
        split(small, number, &[message], None);
        send_job(small, id, TOMORROW);
        assert_eq!(replies(small), 1);
        let held = small
            .read(&small.desk, move |r, cx| tickets::planned(r, cx, number))
            .expect("read");
        assert!(held.iter().any(|one| one.reason == "held-split"));
    });
}

#[test]
fn called_off_by_another_hand_its_words_go_back_to_its_author() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        let event = unplan(small, &small.admin, id);
        assert_eq!(draft(small, &me(small), number), ["It is mended."]);
        assert!(draft(small, &small.admin, number).is_empty());
        small
            .write(&small.admin, move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        assert!(draft(small, &me(small), number).is_empty(), "they leave after all");
        let edit = move |tx: &mut desk::Write, cx: &Context| tickets::unplan_to_edit(tx, cx, id);
        small.write(&me(small), edit).expect("to be edited");
        assert!(draft(small, &me(small), number).is_empty(), "the page gives them back");
    });
}

#[test]
fn what_went_along_is_no_answer_to_what_stays() {
    on_both(|small| {
        let number = small.open();
        let later = at(&small.requester, NOW.plus(HOUR));
        let (_, second) = small.says(&later, number, "And the mouse squeaks.").expect("said");
        let (_, reply) = small
            .write(&at(&me(small), NOW.plus(2 * HOUR)), move |tx, cx| {
                tickets::reply(tx, cx, number, &words("A new mouse is on its way."))
            })
            .expect("replied");
        let before = small.ticket(number);
        let (new, event) = split(small, number, &[second, reply], None);
        let (stays, went) = (small.ticket(number), small.ticket(new));
        assert_eq!((stays.replied_at, stays.requester_spoke_at), (None, Some(NOW)));
        assert_eq!(
            stays.next_due, stays.reply_due,
            "the first word of the first matter is still owed"
        );
        assert_eq!(went.replied_at, Some(NOW.plus(2 * HOUR)));
        small
            .write(&me(small), move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        let after = small.ticket(number);
        assert_eq!(
            (after.replied_at, after.requester_spoke_at, after.next_due),
            (before.replied_at, before.requester_spoke_at, before.next_due)
        );
    });
}

#[test]
fn a_letter_that_has_not_left_stays_with_whom_it_is_for() {
    on_both(|small| {
        super::naming::mailbox(small);
        let number = small.open();
        let (_, reply) = small
            .write(&me(small), move |tx, cx| {
                tickets::reply(tx, cx, number, &words("Mended."))
            })
            .expect("replied");
        let (new, _) = split(small, number, &[reply], Some(small.admin.viewer.person));
        let of = |number: TicketNumber| {
            small.count_of(
                "SELECT count(*) FROM outgoing WHERE kind = 'reply' AND ticket = $1",
                number.0,
            )
        };
        assert_eq!((of(number), of(new)), (1, 0));
    });
}

#[test]
fn a_record_that_became_part_of_another_asks_as_that() {
    on_both(|small| {
        let add = |name: &str| {
            let new = NewPerson::new(name, &format!("{}@cedar.example", name.to_lowercase()), Role::Requester);
            small
                .write(&small.admin, move |tx, cx| people::add(tx, cx, &new))
                .expect("added")
        };
        let (first, second, third) = (add("First"), add("Second"), add("Third"));
        let number = small.open_with(|new| new.requester = first).number;
        let id = planned(small, number);
        let (_, said) = small
            .says(&at(&small.viewer_of(first), NOW.plus(-HOUR)), number, "And the mouse.")
            .expect("said");
        let seen = small.count("SELECT MAX(id) FROM message");
        small.exec(&format!("UPDATE planned_reply SET seen = {seen}"));
        for (from, into) in [(first, second), (second, third)] {
            small
                .write(&small.admin, move |tx, cx| people::merge(tx, cx, from, into))
                .expect("one record");
        }
        send_job(small, id, TOMORROW);
        assert_eq!(replies(small), 1, "{:?}", state(small, number));
        let offered = small
            .read(&me(small), move |r, cx| tickets::may_ask(r, cx, number))
            .expect("read");
        assert_eq!(offered.iter().map(|one| one.id).collect::<Vec<_>>(), [third]);
        let (new, _) = split(small, number, &[said], None);
        assert_eq!(small.ticket(new).requester, third);
    });
}

#[test]
fn nobodys_ticket_and_another_teams_is_not_put_away() {
    on_both(|small| {
        let team = small.team("Network", false);
        let snoozed = || {
            let number = small.open();
            small.does(move |tx, cx| tickets::take(tx, cx, number)).expect("taken");
            small
                .does(move |tx, cx| tickets::snooze(tx, cx, number, TOMORROW))
                .expect("put away");
            number
        };
        let released = snoozed();
        let changed = small
            .does(move |tx, cx| tickets::release(tx, cx, released))
            .expect("released");
        let unassigned = small.read(&small.technician, |r, cx| {
            tickets::count(r, cx, &Standard::Unassigned.condition())
        });
        assert_eq!(unassigned, Ok(1));
        small.undo(changed.event).expect("undone");
        assert_eq!(small.ticket(released).snoozed_until, Some(TOMORROW));
        let moved = snoozed();
        let edit = Edit {
            team: Some(Some(team)),
            ..Edit::default()
        };
        small
            .does(move |tx, cx| tickets::edit(tx, cx, moved, &edit))
            .expect("moved");
        assert_eq!(small.ticket(moved).snoozed_until, None);
    });
}

/// The technician's own request went to a team that is closed to him.
#[test]
fn what_a_closed_team_says_of_ones_own_request_is_the_teams() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        small.join(team, small.admin.viewer.person);
        let own = small.technician.viewer.person;
        let mut new = NewTicket::new(own, Channel::Portal, "Payslip", "It is wrong.");
        new.team = Some(team);
        let number = small
            .write(&small.desk, move |tx, cx| tickets::open(tx, cx, &new))
            .expect("opened")
            .number;
        let admin = small.viewer_of(small.admin.viewer.person);
        small
            .write(&admin, move |tx, cx| {
                tickets::note(tx, cx, number, &words("He is leaving."))?;
                tickets::plan_reply(tx, cx, number, &NewMessage { ..words("Soon.") }, TOMORROW).map(drop)
            })
            .expect("said among themselves");
        let me = me(small);
        let program = Context {
            viewer: desk::access::Viewer {
                via: Via::Token(Scopes {
                    read: true,
                    write: false,
                    admin: false,
                }),
                ..me.viewer.clone()
            },
            ..me.clone()
        };
        for cx in [&me, &program] {
            let (_, messages, _) = small
                .read(cx, move |r, cx| tickets::conversation(r, cx, number))
                .expect("his own request");
            assert_eq!(messages.len(), 1, "what he wrote himself");
            let hidden = |answer: Result<()>| assert_eq!(answer, Err(Error::NotFound));
            hidden(small.read(cx, move |r, cx| tickets::detail(r, cx, number).map(drop)));
            hidden(small.read(cx, move |r, cx| tickets::planned(r, cx, number).map(drop)));
            hidden(small.read(cx, move |r, cx| {
                tickets::history_page(r, cx, number, None, None).map(drop)
            }));
            hidden(small.read(cx, move |r, cx| tickets::spent(r, cx, number).map(drop)));
            assert!(
                small
                    .read(cx, move |r, cx| tickets::steps(r, cx, number))
                    .expect("none")
                    .is_empty()
            );
        }
        let all = small
            .read(&admin, move |r, cx| tickets::detail(r, cx, number))
            .expect("theirs");
        assert_eq!(all.messages.len(), 2, "control: the note is there");
    });
}

#[test]
fn watching_that_is_taken_up_again_stays_when_tickets_part() {
    on_both(|small| {
        let (old, kept) = (small.open(), small.open());
        let mine = me(small);
        small
            .write(&mine, move |tx, cx| tickets::watch(tx, cx, old))
            .expect("watches");
        small
            .does(move |tx, cx| tickets::merge(tx, cx, old, kept))
            .expect("merged");
        let event = small
            .write(&mine, move |tx, cx| tickets::unwatch(tx, cx, kept))
            .expect("no more");
        small
            .write(&mine, move |tx, cx| tickets::undo(tx, cx, event))
            .expect("again");
        small
            .write(&mine, move |tx, cx| tickets::unmerge(tx, cx, old).map(drop))
            .expect("parted");
        let watched = small.read(&mine, |r, cx| tickets::count(r, cx, &Standard::Watching.condition()));
        assert_eq!(watched, Ok(2));
    });
}
