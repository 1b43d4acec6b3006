//! What a chat does not do: show what was not said in it, outlive its ticket, keep last words to itself, take away a
//! draft, or ask more of a technician than he said he takes.

use desk::access::Via;
use desk::chat::{self, ChatState, Offer};
use desk::clock::MINUTE;
use desk::tickets::{self, Answer, Channel, NewMessage};
use desk::{Context, Error, TicketNumber, drafts};

use crate::chat::{at, begin, letters, line, open_desk, reply, said, say, state, take};
use crate::common::{NOW, Small, on_both};

fn words(body: &str) -> NewMessage {
    NewMessage {
        body: body.into(),
        ..NewMessage::default()
    }
}

fn taken(small: &Small, proven: bool) -> (TicketNumber, String) {
    let (number, secret) = begin(small, NOW, proven).unwrap();
    take(small, &small.technician, number).unwrap();
    (number, secret)
}

fn end(small: &Small, number: TicketNumber, cx: &Context) {
    small.write(cx, move |tx, cx| chat::end(tx, cx, number)).unwrap();
}

#[test]
fn a_visitor_reads_what_was_said_in_the_chat_and_nothing_else_of_the_ticket() {
    on_both(|small| {
        open_desk(small);
        let (number, secret) = taken(small, false);
        small
            .write(&small.technician, move |tx, cx| {
                tickets::reply(tx, cx, number, &words("For the real one")).map(drop)
            })
            .unwrap();
        let mut own = small.requester.clone();
        own.viewer.via = Via::Session;
        let answer = Answer {
            author: own.viewer.person,
            channel: Channel::Portal,
            body: "I am the real one".into(),
            quoted: String::new(),
            html: None,
            files: Vec::new(),
            letter: None,
            subject: String::new(),
        };
        small
            .write(&own, move |tx, cx| tickets::receive(tx, cx, number, &answer).map(drop))
            .unwrap();
        reply(
            small,
            number,
            line("Said by letter in the chat", ""),
            NOW.plus(2 * MINUTE),
        )
        .unwrap();
        assert_eq!(
            said(small, &secret),
            ["The VPN drops\nevery hour", "Said by letter in the chat"]
        );
    });
}

#[test]
fn last_words_reach_whoever_was_not_seen_since() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = taken(small, true);
        end(small, number, &small.technician);
        assert_eq!(
            letters(small, number),
            Vec::<String>::new(),
            "control: nothing was said"
        );
        let (number, _) = taken(small, true);
        let later = NOW.plus(MINUTE);
        reply(small, number, line("Turn it off and on", "a"), later).unwrap();
        end(small, number, &at(small, &small.technician, later));
        assert_eq!(letters(small, number), ["notice"]);
    });
}

#[test]
fn what_was_said_before_it_was_put_back_goes_with_the_letter_that_it_is_a_request() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = taken(small, true);
        reply(small, number, line("A moment", "a"), NOW.plus(1)).unwrap();
        small
            .write(&small.technician, move |tx, cx| chat::hand_over(tx, cx, number, None))
            .unwrap();
        small
            .write(&at(small, &small.desk, NOW.plus(10 * MINUTE)), chat::sweep_now)
            .unwrap();
        assert_eq!(state(small, number), ChatState::Left);
        assert_eq!(letters(small, number), ["acknowledgement", "notice"]);
    });
}

#[test]
fn a_line_leaves_the_draft_of_its_ticket_alone() {
    on_both(|small| {
        open_desk(small);
        let (number, _) = taken(small, true);
        let count = || {
            small
                .read(&small.technician, move |r, cx| {
                    Ok(drafts::of_ticket(r, cx, number)?.len())
                })
                .unwrap()
        };
        small
            .write(&small.technician, move |tx, cx| {
                drafts::keep(tx, cx, number, "reply", "Dear requester", "").map(drop)
            })
            .unwrap();
        reply(small, number, line("Here", "a"), NOW).unwrap();
        reply(small, number, line("Gone", "b"), NOW.plus(2 * MINUTE)).unwrap();
        assert_eq!(count(), 1);
        small
            .write(&small.technician, move |tx, cx| {
                tickets::reply(tx, cx, number, &words("Dear requester")).map(drop)
            })
            .unwrap();
        assert_eq!(count(), 0, "control: the letter itself was sent");
    });
}

#[test]
fn a_chat_ends_with_its_ticket() {
    on_both(|small| {
        open_desk(small);
        let (kept, _) = taken(small, true);
        let merged = |number| {
            small
                .write(&small.technician, move |tx, cx| {
                    tickets::merge(tx, cx, number, kept).map(drop)
                })
                .unwrap();
        };
        let closed = |number| {
            small
                .write(&small.technician, move |tx, cx| {
                    tickets::close(tx, cx, number).map(drop)
                })
                .unwrap();
        };
        for over in [&merged as &dyn Fn(TicketNumber), &closed] {
            let (number, secret) = taken(small, true);
            over(number);
            assert_eq!(state(small, number), ChatState::Ended, "both sides see it at once");
            let refused = Some(Error::Conflict("conflict-chat-over"));
            assert_eq!(say(small, &secret, line("Hello?", "a"), NOW).err(), refused);
            assert_eq!(reply(small, number, line("Hello?", "b"), NOW).err(), refused);
            small.write(&small.desk, chat::sweep_now).unwrap();
            let ends = || {
                let history = small.history(number);
                let ended = history.iter().filter(|e| e.kind == desk::events::EventKind::ChatEnded);
                ended.count()
            };
            small.write(&small.desk, chat::sweep_now).unwrap();
            assert_eq!(ends(), 1, "written down, once");
        }
        assert_eq!(state(small, kept), ChatState::Taken, "control: the ticket kept goes on");
    });
}

#[test]
fn strangers_under_an_address_lock_its_owner_out_of_nothing() {
    on_both(|small| {
        open_desk(small);
        small
            .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 9))
            .unwrap();
        for _ in 0..2 {
            begin(small, NOW, false).unwrap();
        }
        let refused = |proven| begin(small, NOW, proven).err();
        assert_eq!(
            refused(false),
            Some(Error::Conflict("conflict-chat-full")),
            "and hear nothing of him"
        );
        assert_eq!((refused(true), refused(true)), (None, None));
        assert_eq!(refused(true), Some(Error::Conflict("conflict-chat-yours")));
    });
}

#[test]
fn nobody_has_more_chats_than_he_said_he_takes() {
    on_both(|small| {
        open_desk(small);
        small
            .write(&small.technician, |tx, cx| chat::set_share(tx, cx, 1))
            .unwrap();
        small.write(&small.admin, |tx, cx| chat::set_share(tx, cx, 1)).unwrap();
        let (first, _) = taken(small, true);
        let offer = || small.read(&at(small, &small.desk, NOW), chat::offer).unwrap();
        assert_eq!(offer(), Offer::Open);
        let (second, _) = begin(small, NOW, true).unwrap();
        assert_eq!(offer(), Offer::Nobody);
        let full = take(small, &small.technician, second).err();
        assert_eq!(full, Some(Error::Conflict("conflict-chat-share")));
        take(small, &small.admin, second).unwrap();
        let to = small.admin.viewer.person;
        let given = || {
            small.write(&small.technician, move |tx, cx| {
                chat::hand_over(tx, cx, first, Some(to)).map(drop)
            })
        };
        assert_eq!(given().err(), Some(Error::refused("to", "refused-chat-share")));
        end(small, second, &small.admin);
        assert_eq!(given(), Ok(()));
    });
}
