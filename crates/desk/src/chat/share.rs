//! "I can take three": how many chats a technician takes at a time; none when he is away.

use db::{Read, Write, args};

use crate::access::{self, Place};
use crate::clock::{HOUR, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};

pub const MOST_TAKEN: i64 = 9;
/// A day's work: whoever forgets to say that he went home is away by himself.
const LASTS: i64 = 12 * HOUR;

db::table! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Share { pub takes: i64, pub until: Time }
}

/// No event: how much somebody takes on is asked when a visitor comes, and nothing follows from it.
pub fn set_share(tx: &mut Write, cx: &Context, takes: i64) -> Result<()> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if !(0..=MOST_TAKEN).contains(&takes) {
        return Err(Error::refused("takes", "refused-choice"));
    }
    tx.exec(
        "INSERT INTO chat_share (person, takes, until) VALUES ($1, $2, $3)
         ON CONFLICT (person) DO UPDATE SET takes = excluded.takes, until = excluded.until",
        &args![cx.viewer.person, takes, cx.now.plus(LASTS)],
    )?;
    Ok(())
}

/// What the viewer takes now.
pub fn share(r: &mut Read, cx: &Context) -> Result<Share> {
    access::require(&cx.viewer, Place::Desk)?;
    of(r, cx.viewer.person, cx.now)
}

/// Whether this person has said he takes one chat more than those he has.
pub(super) fn has_room(r: &mut Read, person: PersonId, but: TicketNumber, now: Time) -> Result<bool> {
    let taken: i64 = r.one(
        "SELECT count(*) FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.technician = $1 AND c.state = 'taken' AND c.ticket <> $2
           AND t.status <> 'closed' AND t.merged_into IS NULL",
        &args![person, but],
    )?;
    Ok(taken < of(r, person, now)?.takes)
}

fn of(r: &mut Read, person: PersonId, now: Time) -> Result<Share> {
    let found: Option<Share> = r.maybe(
        "SELECT takes, until FROM chat_share WHERE person = $1 AND until > $2",
        &args![person, now],
    )?;
    Ok(found.unwrap_or(Share { takes: 0, until: now }))
}
