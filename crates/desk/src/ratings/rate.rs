//! "It went well" or "It did not": by the requester, on the ticket kept, about the last time it was solved.

use db::{Packed, Write, args, packed};
use serde_json::json;

use super::rating::{NewRating, Rated, RatingAnswer};
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{RatingId, TicketNumber};
use crate::tickets;

const MOST_WORDS: usize = 2_000;

/// Says it, or says it anew. The same said twice is said once: no second line in the log.
pub fn rate(tx: &mut Write, cx: &Context, number: TicketNumber, new: &NewRating) -> Result<RatingId> {
    let ticket = tickets::hold_own(tx, cx, number)?;
    let words = new.words.trim();
    Checks::default().at_most(words, MOST_WORDS, "words").done()?;
    let solved_at = Rated::of(&ticket, cx.now).solved_at()?;
    let person = cx.viewer.person;
    let said: Option<(RatingId, RatingAnswer, Packed)> = tx.maybe(
        "SELECT id, answer, words FROM rating WHERE ticket = $1 AND solved_at = $2 AND person = $3",
        &args![ticket.number, solved_at, person],
    )?;
    if let Some((id, answer, kept)) = &said
        && (*answer, kept.0.as_str()) == (new.answer, words)
    {
        return Ok(*id);
    }
    let id: RatingId = tx.one(
        "INSERT INTO rating (ticket, person, answer, words, solved_at, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (ticket, solved_at, person) DO UPDATE
           SET answer = excluded.answer, words = excluded.words, at = excluded.at
         RETURNING id",
        &args![ticket.number, person, new.answer, packed(words), solved_at, cx.now],
    )?;
    let before = said.map(|(_, answer, _)| answer.as_str());
    let data = json!({"answer": [before, new.answer.as_str()]}).to_string();
    let fact = Fact::new(EventKind::Rated).on(ticket.number, ticket.team);
    events::record(tx, cx, fact.about(id.0).with(Some(data)))?;
    Ok(id)
}
