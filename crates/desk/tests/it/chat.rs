//! Live chat: nothing said is lost or doubled, each chat is taken once, and whoever has gone or waited in vain hears by
//! letter.

use std::sync::Arc;

use db::args;
use desk::access::{Role, Viewer};
use desk::chat::{self, ChatState, NewChat, NewLine, NewRules, Offer};
use desk::clock::{DAY, HOUR, MINUTE, SECOND};
use desk::events::EventKind;
use desk::mailboxes::{MailboxFields, boxes};
use desk::tickets::{self, Channel, MessageKind};
use desk::words::Lang;
use desk::{Context, Error, Result, TicketNumber, Time};

use crate::common::{NOW, Small, on_both};

/// The same person at another time, and with the rules of now.
pub(crate) fn at(small: &Small, cx: &Context, now: Time) -> Context {
    let house = small.db.write_now(desk::house::House::load).unwrap();
    Context {
        now,
        house: Arc::new(house),
        ..cx.clone()
    }
}

fn switch_on(small: &Small) {
    let rules = NewRules {
        on: true,
        hours: "desk".into(),
        minutes: "10".into(),
        sites: "https://www.cedar.example".into(),
    };
    small
        .write(&small.admin, move |tx, cx| chat::change_rules(tx, cx, &rules))
        .unwrap();
    small
        .write(&small.desk, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example")).map(drop)
        })
        .unwrap();
}

pub(crate) fn open_desk(small: &Small) {
    switch_on(small);
    small
        .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 3))
        .unwrap();
}

pub(crate) fn begin(small: &Small, now: Time, proven: bool) -> Result<(TicketNumber, String)> {
    let new = NewChat {
        person: small.requester.viewer.person,
        proven,
        language: Lang::En,
        body: "The VPN drops\nevery hour".into(),
    };
    let cx = at(small, &small.desk, now);
    small
        .write(&cx, move |tx, cx| chat::start(tx, cx, &new))
        .map(|(number, secret)| (number, secret.to_string()))
}

pub(crate) fn line(body: &str, client: &str) -> NewLine {
    NewLine {
        body: body.into(),
        client: client.into(),
    }
}

pub(crate) fn say(small: &Small, secret: &str, new: NewLine, now: Time) -> Result<desk::MessageId> {
    let (cx, secret) = (at(small, &small.desk, now), secret.to_string());
    small.write(&cx, move |tx, cx| chat::say(tx, cx, &secret, &new))
}

pub(crate) fn reply(small: &Small, number: TicketNumber, new: NewLine, now: Time) -> Result<desk::MessageId> {
    let cx = at(small, &small.technician, now);
    small.write(&cx, move |tx, cx| chat::reply(tx, cx, number, &new))
}

pub(crate) fn take(small: &Small, cx: &Context, number: TicketNumber) -> Result<()> {
    small.write(cx, move |tx, cx| chat::take(tx, cx, number).map(drop))
}

pub(crate) fn said(small: &Small, secret: &str) -> Vec<String> {
    let secret = secret.to_string();
    let lines = small.read(&small.desk, move |r, cx| {
        let chat = chat::by_secret(r, &secret, cx.now)?;
        chat::lines(r, &chat)
    });
    lines.unwrap().into_iter().map(|l| l.body.0).collect()
}

pub(crate) fn letters(small: &Small, number: TicketNumber) -> Vec<String> {
    small
        .read(&small.desk, move |r, _| {
            Ok(r.query(
                "SELECT kind FROM outgoing WHERE ticket = $1 OR ticket IS NULL ORDER BY id",
                &args![number],
            )?)
        })
        .unwrap()
}

pub(crate) fn state(small: &Small, number: TicketNumber) -> ChatState {
    small
        .read(&small.technician, move |r, cx| chat::find(r, cx, number))
        .unwrap()
        .0
        .state
}

#[test]
fn a_chat_is_a_ticket_and_each_line_is_one_message_however_often_it_is_sent() {
    on_both(|small| {
        open_desk(small);
        let (number, secret) = begin(small, NOW, true).unwrap();
        take(small, &small.technician, number).unwrap();
        let first = say(small, &secret, line("It began today", "a-1"), NOW).unwrap();
        assert_eq!(
            say(small, &secret, line("It began today", "a-1"), NOW),
            Ok(first),
            "sent again"
        );
        let other = say(small, &secret, line("It began today", "a-2"), NOW).unwrap();
        assert_ne!(first, other, "control: another name is another line");
        let answer = reply(small, number, line("Which version?", "b-1"), NOW).unwrap();
        assert_eq!(reply(small, number, line("Which version?", "b-1"), NOW), Ok(answer));
        assert_eq!(
            said(small, &secret),
            [
                "The VPN drops\nevery hour",
                "It began today",
                "It began today",
                "Which version?"
            ]
        );
        let detail = small
            .read(&small.technician, move |r, cx| tickets::detail(r, cx, number))
            .unwrap();
        assert_eq!(detail.ticket.channel, Channel::Chat);
        assert_eq!(detail.ticket.subject, "The VPN drops");
        assert_eq!(detail.ticket.assignee, Some(small.technician.viewer.person));
        assert!(detail.messages.iter().all(|m| m.channel == Channel::Chat));
        assert_eq!(
            letters(small, number),
            Vec::<String>::new(),
            "he is there: nothing is mailed"
        );
    });
}

#[test]
fn a_chat_is_taken_once_and_its_line_is_its_takers() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = begin(small, NOW, true).unwrap();
        assert_eq!(
            reply(small, number, line("Hello", "x"), NOW).err(),
            Some(Error::Conflict("conflict-chat-not-yours"))
        );
        assert_eq!(take(small, &small.requester, number).err(), Some(Error::NotFound));
        take(small, &small.technician, number).unwrap();
        small.write(&small.admin, |tx, cx| chat::set_share(tx, cx, 1)).unwrap();
        assert_eq!(
            take(small, &small.admin, number).err(),
            Some(Error::Conflict("conflict-chat-taken"))
        );
        let to = small.requester.viewer.person;
        let given = small.write(&small.technician, move |tx, cx| {
            chat::hand_over(tx, cx, number, Some(to))
        });
        assert!(matches!(given, Err(Error::Refused(_))), "a requester takes no chats");
        let to = small.admin.viewer.person;
        small
            .write(&small.technician, move |tx, cx| {
                chat::hand_over(tx, cx, number, Some(to))
            })
            .unwrap();
        assert!(
            reply(small, number, line("Hello", "y"), NOW).is_err(),
            "it is another's now"
        );
        small
            .write(&small.admin, move |tx, cx| chat::hand_over(tx, cx, number, None))
            .unwrap();
        assert_eq!(state(small, number), ChatState::Waiting);
        let kinds: Vec<EventKind> = small.history(number).iter().map(|e| e.kind).collect();
        assert_eq!(
            kinds,
            [
                EventKind::TicketOpened,
                EventKind::ChatTaken,
                EventKind::ChatHandedOver,
                EventKind::ChatHandedOver
            ]
        );
    });
}

#[test]
fn whoever_has_gone_gets_the_line_by_letter() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = begin(small, NOW, true).unwrap();
        take(small, &small.technician, number).unwrap();
        reply(small, number, line("Here?", "a"), NOW.plus(2 * MINUTE - 1)).unwrap();
        assert_eq!(letters(small, number), Vec::<String>::new());
        reply(small, number, line("You have gone", "b"), NOW.plus(2 * MINUTE)).unwrap();
        assert_eq!(letters(small, number), ["reply"]);
        let cx = at(small, &small.desk, NOW.plus(2 * MINUTE));
        small
            .write(&cx, move |tx, cx| {
                let chat = chat::find(tx, cx, number)?.0;
                chat::seen(tx, &chat, cx.now).map(drop)
            })
            .unwrap();
        reply(small, number, line("Here again", "c"), NOW.plus(3 * MINUTE)).unwrap();
        assert_eq!(letters(small, number), ["reply"], "back: live again");
    });
}

#[test]
fn nobody_writes_to_others_through_a_chat() {
    on_both(|small| {
        open_desk(small);
        let (number, secret) = begin(small, NOW, false).unwrap();
        take(small, &small.technician, number).unwrap();
        reply(small, number, line("Hello", "a"), NOW.plus(HOUR)).unwrap();
        assert_eq!(
            letters(small, number),
            Vec::<String>::new(),
            "the address is not confirmed"
        );
        small
            .write(&small.desk, move |tx, cx| chat::end_own(tx, cx, &secret, true))
            .unwrap();
        assert_eq!(
            letters(small, number),
            ["confirm"],
            "and what was said is not mailed there"
        );
        let (number, secret) = begin(small, NOW, true).unwrap();
        small
            .write(&small.desk, move |tx, cx| chat::end_own(tx, cx, &secret, true))
            .unwrap();
        assert_eq!(
            letters(small, number),
            ["notice"],
            "control: a known address gets the talk"
        );
    });
}

#[test]
fn a_chat_nobody_takes_becomes_a_request_and_one_that_is_left_ends() {
    on_both(|small| {
        open_desk(small);
        let waits = |now: Time, seen: Time| {
            let (number, _) = begin(small, NOW, true).unwrap();
            small
                .write(&small.desk, move |tx, _| {
                    tx.exec("UPDATE chat SET seen_at = $2 WHERE ticket = $1", &args![number, seen])?;
                    Ok(())
                })
                .unwrap();
            let cx = at(small, &small.desk, now);
            small.write(&cx, chat::sweep_now).unwrap();
            let now = state(small, number);
            small
                .write(&small.technician, move |tx, cx| chat::end(tx, cx, number))
                .unwrap();
            (number, now)
        };
        let late = NOW.plus(10 * MINUTE);
        assert_eq!(waits(NOW.plus(10 * MINUTE - 1), late).1, ChatState::Waiting);
        let (number, left) = waits(late, late);
        assert_eq!(left, ChatState::Left);
        assert!(letters(small, number).contains(&"acknowledgement".to_string()));
        assert!(small.history(number).iter().any(|e| e.kind == EventKind::ChatLeft));
        assert_eq!(
            waits(NOW.plus(2 * MINUTE), NOW).1,
            ChatState::Left,
            "he left while he waited"
        );

        let (number, _) = begin(small, NOW, true).unwrap();
        take(small, &small.technician, number).unwrap();
        let cx = at(small, &small.desk, NOW.plus(30 * MINUTE - 1));
        small.write(&cx, chat::sweep_now).unwrap();
        assert_eq!(state(small, number), ChatState::Taken);
        let cx = at(small, &small.desk, NOW.plus(30 * MINUTE));
        small.write(&cx, chat::sweep_now).unwrap();
        assert_eq!(state(small, number), ChatState::Ended);
    });
}

#[test]
fn a_chat_can_be_had_when_it_is_on_open_and_somebody_takes_it() {
    on_both(|small| {
        let offer = |now: Time| {
            let cx = at(small, &small.desk, now);
            small.read(&cx, chat::offer).unwrap()
        };
        assert_eq!(offer(NOW), Offer::Off);
        switch_on(small);
        assert_eq!(offer(NOW), Offer::Nobody);
        assert_eq!(
            begin(small, NOW, true).err(),
            Some(Error::Conflict("conflict-chat-closed"))
        );
        small
            .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 1))
            .unwrap();
        assert_eq!(offer(NOW), Offer::Open);
        let evening = NOW.plus(9 * HOUR);
        assert!(matches!(offer(evening), Offer::Closed(Some(next)) if next > evening));
        small
            .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 0))
            .unwrap();
        assert_eq!(offer(NOW), Offer::Nobody, "away");
        assert!(
            small
                .write(&small.requester, |tx, cx| chat::set_share(tx, cx, 1))
                .is_err()
        );
        assert!(
            small
                .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 10))
                .is_err()
        );
    });
}

#[test]
fn a_secret_opens_one_talk_until_a_day_after_its_end() {
    on_both(|small| {
        open_desk(small);
        let (number, secret) = begin(small, NOW, true).unwrap();
        let stored: Vec<String> = small
            .read(&small.desk, |r, _| Ok(r.query("SELECT hash FROM chat", &args![])?))
            .unwrap();
        assert!(!stored.contains(&secret), "only a hash is kept");
        take(small, &small.technician, number).unwrap();
        small
            .write(&small.technician, move |tx, cx| chat::end(tx, cx, number))
            .unwrap();
        let later = at(small, &small.technician, NOW.plus(SECOND));
        small
            .write(&later, move |tx, cx| {
                let new = tickets::NewMessage {
                    body: "Said by letter, later".into(),
                    ..tickets::NewMessage::default()
                };
                tickets::reply(tx, cx, number, &new).map(drop)
            })
            .unwrap();
        assert_eq!(
            said(small, &secret).len(),
            1,
            "what is said after the chat is not for the secret"
        );
        assert_eq!(
            say(small, &secret, line("More", "z"), NOW).err(),
            Some(Error::Conflict("conflict-chat-over"))
        );
        let open = |now: Time| {
            let secret = secret.clone();
            let cx = at(small, &small.desk, now);
            small.read(&cx, move |r, cx| chat::by_secret(r, &secret, cx.now).map(drop))
        };
        assert_eq!(open(NOW.plus(DAY - 1)), Ok(()));
        assert_eq!(open(NOW.plus(DAY)), Err(Error::NotFound));
    });
}

#[test]
fn a_chat_has_bounds() {
    on_both(|small| {
        open_desk(small);
        let (_, secret) = begin(small, NOW, true).unwrap();
        begin(small, NOW, true).unwrap();
        assert_eq!(
            begin(small, NOW, true).err(),
            Some(Error::Conflict("conflict-chat-yours"))
        );
        let long = "x".repeat(2_001);
        assert!(matches!(
            say(small, &secret, line(&long, "l"), NOW),
            Err(Error::Refused(_))
        ));
        assert!(say(small, &secret, line(&long[1..], "m"), NOW).is_ok(), "control");
        assert!(matches!(
            say(small, &secret, line("a", "<b>"), NOW),
            Err(Error::Refused(_))
        ));
        assert!(matches!(
            say(small, &secret, line("  ", "n"), NOW),
            Err(Error::Refused(_))
        ));
        let fast = (0..40).map(|n| say(small, &secret, line("a", &format!("k{n}")), NOW.plus(SECOND)));
        let kept = fast.filter(Result::is_ok).count();
        assert_eq!(kept, 28, "thirty a minute, with the two before");
        assert!(say(small, &secret, line("a", "later"), NOW.plus(2 * MINUTE)).is_ok());
    });
}

#[test]
fn what_a_private_team_has_is_in_nobody_elses_queue() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = begin(small, NOW, true).unwrap();
        let count = |cx: &Context| {
            small
                .read(cx, |r, cx| {
                    Ok((chat::open_chats(r, cx)?.len(), chat::waiting_count(r, cx)?))
                })
                .unwrap()
        };
        assert_eq!(count(&small.technician), (1, 1));
        let team = small.team("Guards", true);
        small
            .write(&small.admin, move |tx, cx| {
                let edit = tickets::Edit {
                    team: Some(Some(team)),
                    ..tickets::Edit::default()
                };
                tickets::edit(tx, cx, number, &edit).map(drop)
            })
            .unwrap();
        let outsider = small.viewer_of(small.technician.viewer.person);
        assert_eq!(count(&outsider), (0, 0));
        assert_eq!(take(small, &outsider, number).err(), Some(Error::NotFound));
    });
}

#[test]
fn a_visitor_never_reads_a_note_and_is_nobody_but_the_visitor() {
    on_both(|small| {
        open_desk(small);
        let staff = NewChat {
            person: small.technician.viewer.person,
            proven: false,
            language: Lang::Fr,
            body: "I say I am a technician".into(),
        };
        let (number, secret) = small
            .write(&at(small, &small.desk, NOW), move |tx, cx| chat::start(tx, cx, &staff))
            .unwrap();
        let note = tickets::NewMessage {
            body: "He is not".into(),
            ..tickets::NewMessage::default()
        };
        small
            .write(&small.admin, move |tx, cx| {
                tickets::note(tx, cx, number, &note).map(drop)
            })
            .unwrap();
        say(small, &secret, line("Still me", "s"), NOW).unwrap();
        assert_eq!(said(small, &secret), ["I say I am a technician", "Still me"]);
        let kinds = small
            .read(&small.admin, move |r, cx| tickets::detail(r, cx, number))
            .unwrap()
            .messages;
        let last = kinds.last().unwrap();
        assert_eq!(
            (last.kind, last.author),
            (MessageKind::Request, small.technician.viewer.person)
        );
        assert_eq!(
            Viewer::desk(last.author).role,
            Role::Admin,
            "control: the desk's own hand could do more"
        );
    });
}
