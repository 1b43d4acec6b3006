//! What was said: to its requester his own, to technicians all of a ticket they may see.

use db::{Read, Sql, args};

use super::rating::{Rated, Rating};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;
use crate::tickets;

/// Where a requester stands with his request: whether he may say how it went, and what he said.
#[derive(Clone, Debug)]
pub struct Round {
    pub rated: Rated,
    pub said: Option<Rating>,
}

/// For its requester only; anybody else finds nothing.
pub fn round(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Round> {
    let ticket = tickets::find_own(r, cx, number)?;
    let rated = Rated::of(&ticket, cx.now);
    let said = match ticket.solved_at {
        Some(solved_at) => r.maybe(
            "SELECT a.id, a.ticket, a.person, p.name AS person_name, a.answer, a.words, a.solved_at, a.at
             FROM rating a JOIN person p ON p.id = a.person
             WHERE a.ticket = $1 AND a.solved_at = $2 AND a.person = $3",
            &args![ticket.number, solved_at, cx.viewer.person],
        )?,
        None => None,
    };
    Ok(Round { rated, said })
}

/// What was said of these tickets, newest first: for technicians, of those they may see.
pub fn of_tickets(r: &mut Read, cx: &Context, numbers: &[TicketNumber]) -> Result<Vec<Rating>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut seen = Vec::with_capacity(numbers.len());
    for number in numbers {
        match tickets::find_visible(r, cx, *number) {
            Ok(ticket) => seen.push(ticket.number),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let mut sql = Sql::new(
        "SELECT a.id, a.ticket, a.person, p.name AS person_name, a.answer, a.words, a.solved_at, a.at
         FROM rating a JOIN person p ON p.id = a.person WHERE a.ticket IN (",
    );
    sql.bind_list(seen).push(") ORDER BY a.at DESC, a.id DESC");
    Ok(r.query_sql(&sql)?)
}
