//! Replies that leave at their own time: once, under the rights of then, and never blindly.

use desk::clock::{DAY, HOUR};
use desk::drafts;
use desk::events::EventKind;
use desk::tickets::{self, NewFile, NewMessage, PlannedState, Status};
use desk::{Context, Error, MessageId, PlannedId, TicketNumber, Time};

use super::{at, words};
use crate::common::{NOW, Small, on_both};

const TOMORROW: Time = Time(NOW.0 + DAY);

fn reply() -> NewMessage {
    NewMessage {
        then: Some(Status::Pending),
        ..words("It is mended.")
    }
}

fn planned(small: &Small, number: TicketNumber) -> PlannedId {
    let me = small.viewer_of(small.technician.viewer.person);
    small
        .write(&me, move |tx, cx| {
            tickets::plan_reply(tx, cx, number, &reply(), TOMORROW)
        })
        .unwrap()
        .1
}

fn job(small: &Small, id: PlannedId, then: Time) {
    let cx = at(&small.desk, then);
    small
        .write(&cx, move |tx, cx| tickets::send_when_due(tx, cx, id))
        .unwrap();
}

fn state(small: &Small, number: TicketNumber) -> (PlannedState, String) {
    let all = small
        .read(&small.desk, move |r, cx| tickets::planned(r, cx, number))
        .unwrap();
    (all[0].state, all[0].reason.clone())
}

fn replies(small: &Small) -> i64 {
    small.count("SELECT count(*) FROM message WHERE kind = 'reply' AND state = 'sent'")
}

fn held(reason: &str) -> (PlannedState, String) {
    (PlannedState::Held, reason.to_string())
}

#[test]
fn it_leaves_at_its_time_once_and_waits_for_the_requester() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        job(small, id, TOMORROW.plus(-1));
        assert_eq!(replies(small), 0);
        assert_eq!(small.ticket(number).assignee, Some(small.technician.viewer.person));
        job(small, id, TOMORROW);
        job(small, id, TOMORROW.plus(HOUR));
        assert_eq!(replies(small), 1);
        assert_eq!(state(small, number).0, PlannedState::Sent);
        assert_eq!(small.ticket(number).status, Status::Pending);
        let last = small.history(number).pop().unwrap();
        assert_eq!(
            (last.kind, last.actor),
            (EventKind::Replied, Some(small.technician.viewer.person))
        );
    });
}

#[test]
fn its_files_leave_with_it_and_are_part_of_every_backup_before() {
    on_both(|small| {
        let number = small.open();
        let file = NewFile {
            name: "plan.pdf".into(),
            mime: "application/pdf".into(),
            bytes: 7,
            sha256: "ab".repeat(32),
            content_id: None,
        };
        let new = NewMessage {
            files: vec![file],
            ..reply()
        };
        let me = small.viewer_of(small.technician.viewer.person);
        let (_, id) = small
            .write(&me, move |tx, cx| tickets::plan_reply(tx, cx, number, &new, TOMORROW))
            .unwrap();
        assert_eq!(small.db.read_now(tickets::file_hashes).unwrap(), ["ab".repeat(32)]);
        job(small, id, TOMORROW);
        assert_eq!(small.count("SELECT count(*) FROM file WHERE name = 'plan.pdf'"), 1);
    });
}

#[test]
fn a_word_of_the_requester_holds_it_and_shows_it_to_its_author() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        small.says(&small.requester, number, "It got worse.").unwrap();
        let me = small.viewer_of(small.technician.viewer.person);
        small
            .write(&at(&me, NOW.plus(HOUR)), move |tx, cx| {
                tickets::mark_read(tx, cx, number)
            })
            .unwrap();
        job(small, id, TOMORROW);
        assert_eq!((replies(small), state(small, number)), (0, held("held-answered")));
        let marks =
            "SELECT count(*) FROM read_mark m JOIN ticket t ON t.number = m.ticket WHERE m.at < t.requester_spoke_at";
        assert_eq!(small.count(marks), 1, "unread again");
        assert_eq!(small.history(number).pop().unwrap().kind, EventKind::ReplyHeldBack);
    });
}

#[test]
fn a_reply_of_a_colleague_holds_it_and_a_note_does_not() {
    on_both(|small| {
        let (number, second) = (small.open(), small.open());
        let (id, other) = (planned(small, number), planned(small, second));
        let colleague = small.admin.clone();
        small
            .write(&colleague, move |tx, cx| {
                tickets::reply(tx, cx, number, &words("Done."))
            })
            .unwrap();
        small
            .write(&colleague, move |tx, cx| tickets::note(tx, cx, second, &words("Hm.")))
            .unwrap();
        job(small, id, TOMORROW);
        job(small, other, TOMORROW);
        assert_eq!(state(small, number), held("held-answered"));
        assert_eq!(state(small, second).0, PlannedState::Sent);
    });
}

#[test]
fn solved_meanwhile_it_is_held() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        job(small, id, TOMORROW);
        assert_eq!((replies(small), state(small, number)), (0, held("held-done")));
        assert_eq!(small.ticket(number).status, Status::Solved);
    });
}

#[test]
fn merged_it_leaves_on_the_ticket_kept_of_the_same_person_only() {
    on_both(|small| {
        let (number, into) = (small.open(), small.open());
        let id = planned(small, number);
        small.does(move |tx, cx| tickets::merge(tx, cx, number, into)).unwrap();
        job(small, id, TOMORROW);
        assert_eq!(state(small, into).0, PlannedState::Sent);
        assert_eq!(small.ticket(into).status, Status::Pending);
        let other = small.person("Registry", "registry@cedar.example", desk::access::Role::Requester);
        let theirs = small.open_with(|new| new.requester = other).number;
        let mine = small.open();
        let id = planned(small, mine);
        small.does(move |tx, cx| tickets::merge(tx, cx, mine, theirs)).unwrap();
        job(small, id, TOMORROW);
        assert_eq!(state(small, theirs), held("held-other-person"), "no stranger reads it");
    });
}

#[test]
fn the_rights_of_its_author_are_those_of_then() {
    on_both(|small| {
        let team = small.team("Inquiries", true);
        let (number, second) = (small.open(), small.open());
        let (id, other) = (planned(small, number), planned(small, second));
        small
            .write(&small.admin, move |tx, cx| {
                let edit = tickets::Edit {
                    team: Some(Some(team)),
                    ..tickets::Edit::default()
                };
                tickets::edit(tx, cx, number, &edit)
            })
            .unwrap();
        job(small, id, TOMORROW);
        assert_eq!(state(small, number), held("held-no-access"));
        let me = small.technician.viewer.person;
        small
            .write(&small.admin, move |tx, cx| desk::people::suspend(tx, cx, me))
            .unwrap();
        job(small, other, TOMORROW);
        assert_eq!(state(small, second), held("held-author-gone"));
        assert_eq!(replies(small), 0);
    });
}

#[test]
fn a_requester_who_is_gone_gets_nothing() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        let asker = small.requester.viewer.person;
        small
            .write(&small.admin, move |tx, cx| desk::people::suspend(tx, cx, asker))
            .unwrap();
        job(small, id, TOMORROW);
        assert_eq!((replies(small), state(small, number)), (0, held("held-person-gone")));
    });
}

#[test]
fn its_author_sends_it_now_and_only_he() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        small.says(&small.requester, number, "It got worse.").unwrap();
        job(small, id, TOMORROW);
        let newest = MessageId(small.count("SELECT MAX(id) FROM message"));
        let send = |cx: &Context, seen| small.write(cx, move |tx, cx| tickets::send_now(tx, cx, id, seen));
        let me = small.viewer_of(small.technician.viewer.person);
        assert_eq!(send(&small.admin, newest).unwrap_err(), Error::NotFound);
        assert_eq!(
            send(&me, MessageId(0)).unwrap_err(),
            Error::Conflict("conflict-answered")
        );
        send(&me, newest).unwrap();
        assert_eq!(send(&me, newest).unwrap_err(), Error::Conflict("conflict-not-planned"));
        assert_eq!(replies(small), 1);
    });
}

#[test]
fn called_off_it_does_not_leave_and_undo_plans_it_again() {
    on_both(|small| {
        let number = small.open();
        let id = planned(small, number);
        let me = small.viewer_of(small.technician.viewer.person);
        let (_, event) = small.write(&me, move |tx, cx| tickets::unplan(tx, cx, id)).unwrap();
        job(small, id, TOMORROW);
        assert_eq!(replies(small), 0);
        let words = small
            .read(&me, move |r, cx| tickets::called_off(r, cx, number, id))
            .unwrap();
        assert_eq!(words.unwrap().body.0, "It is mended.");
        let others = small.read(&small.admin, move |r, cx| tickets::called_off(r, cx, number, id));
        assert!(others.unwrap().is_none(), "nobody else's composer");
        small.undo(event).unwrap();
        job(small, id, TOMORROW);
        assert_eq!(replies(small), 1);
        let again = small.write(&me, move |tx, cx| tickets::unplan(tx, cx, id));
        assert_eq!(again.unwrap_err(), Error::Conflict("conflict-not-planned"));
    });
}

#[test]
fn undo_of_the_plan_gives_the_ticket_back_too() {
    on_both(|small| {
        let number = small.open();
        let me = small.viewer_of(small.technician.viewer.person);
        let (changed, id) = small
            .write(&me, move |tx, cx| {
                tickets::plan_reply(tx, cx, number, &reply(), TOMORROW)
            })
            .unwrap();
        small.undo(changed.event).unwrap();
        job(small, id, TOMORROW);
        assert_eq!((replies(small), small.ticket(number).assignee), (0, None));
    });
}

#[test]
fn what_is_typed_meanwhile_stays_when_it_leaves() {
    on_both(|small| {
        let number = small.open();
        let me = small.viewer_of(small.technician.viewer.person);
        let keep =
            move |tx: &mut desk::Write, cx: &Context| drafts::keep(tx, cx, number, "reply", "Something else", "");
        small.write(&me, keep).unwrap();
        let id = planned(small, number);
        let kept = |cx: &Context| {
            small
                .read(cx, move |r, cx| drafts::of_ticket(r, cx, number))
                .unwrap()
                .len()
        };
        assert_eq!(kept(&me), 0, "the words that were planned are a draft no more");
        small.write(&me, keep).unwrap();
        job(small, id, TOMORROW);
        assert_eq!((replies(small), kept(&me)), (1, 1));
    });
}

#[test]
fn without_words_or_in_the_past_nothing_is_planned() {
    on_both(|small| {
        let number = small.open();
        let me = small.viewer_of(small.technician.viewer.person);
        let plan = |new: NewMessage, when| {
            small
                .write(&me, move |tx, cx| tickets::plan_reply(tx, cx, number, &new, when))
                .map(drop)
        };
        assert_eq!(plan(words(" "), TOMORROW), Err(Error::refused("body", "refused-empty")));
        assert_eq!(plan(reply(), NOW), Err(Error::refused("until", "refused-past")));
        assert_eq!(small.count("SELECT count(*) FROM planned_reply"), 0);
        let asked = small.write(&small.requester, move |tx, cx| {
            tickets::plan_reply(tx, cx, number, &reply(), TOMORROW)
        });
        assert_eq!(asked.unwrap_err(), Error::NotFound);
    });
}
