//! "I can take three": how many chats a technician takes at a time; none when he is away.

use db::{Read, Write, args};

use crate::access::{self, Place};
use crate::clock::{HOUR, Time};
use crate::context::Context;
use crate::error::{Error, Result};

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
    let found: Option<Share> = r.maybe(
        "SELECT takes, until FROM chat_share WHERE person = $1 AND until > $2",
        &args![cx.viewer.person, cx.now],
    )?;
    Ok(found.unwrap_or(Share {
        takes: 0,
        until: cx.now,
    }))
}
