//! What time does to chats: who waited too long for nobody, or left while he waited, has made a request; a talk its
//! visitor left long ago has ended.

use db::{Read, Write, args};

use super::record::{Chat, ChatState, GONE_AFTER};
use super::{end, store};
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
        "SELECT ticket FROM chat WHERE (state = 'waiting' AND (since <= $1 OR seen_at <= $2))
           OR (state = 'taken' AND seen_at <= $3) ORDER BY ticket LIMIT 200",
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
            outbox::acknowledge(tx, cx, &ticket, None)
        }
        ChatState::Taken if is_over(&chat, cx.now) => end::finish(tx, cx, &chat, &ticket, true),
        _ => Ok(()),
    }
}

fn is_over(chat: &Chat, now: Time) -> bool {
    now.since(chat.seen_at) >= ENDS_AFTER
}
