//! The record and its rules; pure.

use db::Packed;

use crate::clock::{DAY, Time};
use crate::error::{Error, Result};
use crate::ids::{PersonId, RatingId, TicketNumber};
use crate::tickets::{Stage, Ticket};

/// How long after the solving it may be said or changed.
pub const RATED_FOR: i64 = 30 * DAY;

db::text_enum! {
    pub enum RatingAnswer { Good => "good", Bad => "bad" }
}

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Rating {
        pub id: RatingId,
        pub ticket: TicketNumber,
        pub person: PersonId,
        pub person_name: String,
        pub answer: RatingAnswer,
        pub words: Packed,
        /// The solving it is about.
        pub solved_at: Time,
        pub at: Time,
    }
}

/// What a requester says.
#[derive(Clone, Debug)]
pub struct NewRating {
    pub answer: RatingAnswer,
    pub words: String,
}

/// Whether a ticket can be rated now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// Yes: the solving it would be about.
    Now(Time),
    /// It is not solved, or not any more.
    NotSolved,
    /// It was solved too long ago.
    TooLate,
}

impl Rated {
    pub fn of(ticket: &Ticket, now: Time) -> Rated {
        let done = ticket.stage == Stage::Done as i64;
        match ticket.solved_at.filter(|_| done) {
            None => Rated::NotSolved,
            Some(at) if now.since(at) >= RATED_FOR => Rated::TooLate,
            Some(at) => Rated::Now(at),
        }
    }

    pub(super) fn solved_at(self) -> Result<Time> {
        match self {
            Rated::Now(at) => Ok(at),
            Rated::NotSolved => Err(Error::Conflict("conflict-rated-open")),
            Rated::TooLate => Err(Error::Conflict("conflict-rated-late")),
        }
    }
}
