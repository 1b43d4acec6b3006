//! Which ticket a letter belongs to: by the keyed reply address among its recipients, or by an identifier of ours that
//! it answers. Never by its subject alone, never by a bare number.

use db::Read;

use super::reply_address;
use crate::error::Result;
use crate::house::House;
use crate::ids::{PersonId, TicketNumber};
use crate::tickets::{self, BroughtIn};

/// The ticket, and the person whose reply address it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub ticket: TicketNumber,
    pub person: PersonId,
}

/// A letter names a handful of recipients and identifiers; one that names thousands is not asked about each.
const MOST: usize = 60;

pub(super) fn find_ticket(
    r: &mut Read,
    house: &House,
    letter: &mail::Letter,
    envelope_to: &[String],
) -> Result<Option<Found>> {
    for token in tokens(letter, envelope_to) {
        if let Some((ticket, person)) = reply_address::find(r, house, &token)? {
            // The key is of where it was written; the words it answers may have been split off since.
            let answers: Vec<String> = identifiers(letter).take(MOST).cloned().collect();
            let ticket = tickets::went_to(r, ticket, &answers)?.unwrap_or(ticket);
            return Ok(Some(Found { ticket, person }));
        }
    }
    Ok(None)
}

/// Whether the letter names this ticket by a key in one of these fields: `to`, `cc`, `in-reply-to`, `references`.
pub(super) fn is_named(
    r: &mut Read,
    house: &House,
    letter: &mail::Letter,
    fields: &[&str],
    ticket: TicketNumber,
) -> Result<bool> {
    let of = |field| fields.contains(&field);
    let named = letter.to.iter().filter(|_| of("to"));
    let named = named.chain(letter.cc.iter().filter(|_| of("cc")));
    let addresses = named.filter_map(|a| reply_address::in_address(&a.address));
    let answered = letter.in_reply_to.iter().filter(|_| of("in-reply-to"));
    let answered = answered.chain(letter.references.iter().rev().filter(|_| of("references")));
    let identifiers_of_ours = answered.filter_map(|id| reply_address::in_message_id(id));
    let answers: Vec<String> = identifiers(letter).take(MOST).cloned().collect();
    for token in addresses.take(MOST).chain(identifiers_of_ours.take(MOST)) {
        if let Some((named, _)) = reply_address::find(r, house, &token)?
            && tickets::went_to(r, named, &answers)?.unwrap_or(named) == ticket
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tickets brought in from elsewhere that the letter speaks of: it answers a letter of theirs, or its subject bears
/// their number in the form the import was told. That alone files nothing: see `intake/imported.rs`.
pub(super) fn imported(r: &mut Read, letter: &mail::Letter) -> Result<BroughtIn> {
    let answers: Vec<String> = identifiers(letter).take(MOST).cloned().collect();
    tickets::brought_in(r, &answers, letter.subject.as_deref().unwrap_or_default())
}

/// What it answers, the newest first.
fn identifiers(letter: &mail::Letter) -> impl Iterator<Item = &String> {
    letter.in_reply_to.iter().chain(letter.references.iter().rev())
}

/// The tokens it carries, the most telling first: where it was sent, then what it answers, the newest first.
fn tokens(letter: &mail::Letter, envelope_to: &[String]) -> Vec<String> {
    let named = letter.to.iter().chain(&letter.cc).map(|a| a.address.as_str());
    let recipients = envelope_to
        .iter()
        .chain(&letter.delivered_to)
        .map(String::as_str)
        .chain(named);
    let mut tokens: Vec<String> = recipients.filter_map(reply_address::in_address).take(MOST).collect();
    tokens.extend(
        identifiers(letter)
            .filter_map(|id| reply_address::in_message_id(id))
            .take(MOST),
    );
    let mut seen = std::collections::HashSet::new();
    tokens.retain(|t| seen.insert(t.clone()));
    tokens
}
