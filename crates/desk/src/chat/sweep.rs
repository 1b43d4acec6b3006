//! What time does to chats: who waited too long for nobody, or left while he waited, has made a request; a talk its
//! visitor left long ago, or whose ticket was closed or merged, has ended.

use db::{Read, Write, args};

use super::record::{Chat, ChatState, GONE_AFTER};
use super::{end, store, transcript};
use crate::access::Viewer;
use crate::clock::{MINUTE, Time};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{PersonId, TicketNumber};
use crate::mailboxes::outbox;
use crate::tickets;

/// A talk whose visitor was not seen for so long is over.
const ENDS_AFTER: i64 = 30 * MINUTE;

/// Safe to run on two nodes at once: each chat is looked at again once it is held.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let asked = cx.clone();
    let due = desk.read(move |r| due(r, &asked)).await?;
    for number in due {
        let cx = cx.clone();
        desk.write(move |tx| move_on(tx, &cx, number)).await?;
    }
    Ok(())
}

/// The same in one transaction, for who has no desk around him.
pub fn sweep_now(tx: &mut Write, cx: &Context) -> Result<()> {
    for number in due(tx, cx)? {
        move_on(tx, cx, number)?;
    }
    Ok(())
}

fn due(r: &mut Read, cx: &Context) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT c.ticket FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.state IN ('waiting', 'taken') AND (t.status = 'closed' OR t.merged_into IS NOT NULL
           OR (c.state = 'waiting' AND (c.since <= $1 OR c.seen_at <= $2)) OR (c.state = 'taken' AND c.seen_at <= $3))
         ORDER BY c.ticket LIMIT 200",
        &args![waits_since(cx), cx.now.plus(-GONE_AFTER), cx.now.plus(-ENDS_AFTER)],
    )?)
}

fn waits_since(cx: &Context) -> Time {
    cx.now.plus(-cx.house.chat.minutes.saturating_mul(MINUTE))
}

fn move_on(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let chat = store::held(tx, number)?;
    let ticket = tickets::find_visible(tx, cx, number)?;
    match chat.state {
        ChatState::Waiting if chat.since <= waits_since(cx) || !chat.hears(cx.now) => {
            store::move_to(tx, &chat, ChatState::Left, None, cx.now)?;
            events::record(tx, cx, Fact::new(EventKind::ChatLeft).on(number, ticket.team))?;
            // From now on it is a request like others, and its first letter says so.
            outbox::acknowledge(tx, cx, &ticket, None)?;
            // It was taken before and put back: what was said then he may not have read.
            if ticket.confirmed && end::replied_after(tx, &chat, chat.asked_at)? {
                transcript::send(tx, cx, &chat, &ticket)?;
            }
            Ok(())
        }
        ChatState::Taken if is_over(&chat, cx.now) => end::finish(tx, cx, &chat, &ticket, true),
        // Its ticket was closed or merged. Where the chat itself has ended before, this does nothing.
        ChatState::Ended => {
            let unread = end::last_words_unread(tx, cx, &chat)?;
            end::finish(tx, cx, &chat, &ticket, unread)
        }
        _ => Ok(()),
    }
}

fn is_over(chat: &Chat, now: Time) -> bool {
    now.since(chat.seen_at) >= ENDS_AFTER
}
