//! The record and its rules; pure.

use crate::clock::{DAY, MINUTE, Time};
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};

/// A visitor whose browser was not seen for so long has gone: what is said to him then goes by letter.
pub const GONE_AFTER: i64 = 2 * MINUTE;
/// So long after its end a visitor may still read his talk by the secret of it.
pub(super) const READ_FOR: i64 = DAY;

db::text_enum! {
    pub enum ChatState {
        Waiting => "waiting",
        Taken => "taken",
        Ended => "ended",
        /// Nobody took it in time: it became an ordinary request.
        Left => "left",
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Chat {
        pub ticket: TicketNumber,
        pub person: PersonId,
        pub state: ChatState,
        pub technician: Option<PersonId>,
        pub asked_at: Time,
        pub since: Time,
        pub seen_at: Time,
        pub ended_at: Option<Time>,
    }
}

impl Chat {
    pub fn is_open(&self) -> bool {
        matches!(self.state, ChatState::Waiting | ChatState::Taken)
    }

    /// Somebody is there to read what is said.
    pub fn hears(&self, now: Time) -> bool {
        self.is_open() && !self.is_gone(now)
    }

    pub(super) fn is_gone(&self, now: Time) -> bool {
        now.since(self.seen_at) >= GONE_AFTER
    }

    pub(super) fn must_be_open(&self) -> Result<()> {
        if self.is_open() {
            Ok(())
        } else {
            Err(Error::Conflict("conflict-chat-over"))
        }
    }

    /// What the visitor may read of the ticket ends with the chat: what is said on it later is not for whoever holds
    /// the secret.
    pub(super) fn read_until(&self) -> Time {
        self.ended_at.unwrap_or(Time::NEVER)
    }
}
