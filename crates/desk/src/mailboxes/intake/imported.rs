//! Letters about tickets that were brought in from elsewhere. Such a letter carries no key of ours: it answers a letter
//! that was brought in, or its subject bears an old number, which anybody can write. So it joins only for whoever took
//! part in that ticket; everybody else's is held.

use db::Write;

use super::deliver;
use super::keep::{LetterState, Way};
use super::outcome::Outcome;
use super::read::Hand;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;
use crate::mailboxes::gist::{Gist, one_line};
use crate::mailboxes::senders::Sender;
use crate::mailboxes::thread;
use crate::tickets;

/// `None` when it speaks of no such ticket.
pub(super) fn on_old_ticket(
    tx: &mut Write,
    hand: &Hand,
    gist: &Gist,
    known: Option<Sender>,
    answerable: bool,
) -> Result<Option<Outcome>> {
    // What a technician passes on is somebody else's words about it, not his.
    if known.is_some_and(|s| s.is_staff()) && gist.letter.forwarded.is_some() {
        return Ok(None);
    }
    let old = thread::imported(tx, &gist.letter)?;
    let Some(first) = old.answered.first().or(old.numbered.first()).copied() else {
        return Ok(None);
    };
    let held = |key| Ok(Some(Outcome::held(key).on(Some(first))));
    let Some(sender) = known.filter(|_| can_have_written(gist)) else {
        return held("letter-reason-imported-stranger");
    };
    let answered = taken_part_in(tx, &old.answered, sender)?;
    let ticket = match answered.first() {
        Some(ticket) => *ticket,
        // Two systems may have had the same number in the same form, and both tickets the same requester.
        None => match taken_part_in(tx, &old.numbered, sender)?[..] {
            [] => return held("letter-reason-imported-stranger"),
            [one] => one,
            _ => return held("letter-reason-imported-several"),
        },
    };
    deliver::joined(tx, hand, gist, ticket, sender, answerable).map(Some)
}

/// Tickets whose requester the import did not know have a name that nobody's mail comes from (RFC 2606, section 2).
fn can_have_written(gist: &Gist) -> bool {
    let from = gist.letter.from.as_ref().map_or("", |f| f.domain());
    !from.trim_end_matches('.').ends_with(".invalid")
}

fn taken_part_in(tx: &mut Write, all: &[TicketNumber], sender: Sender) -> Result<Vec<TicketNumber>> {
    let mut part = Vec::new();
    for ticket in all {
        match tickets::takes_part(tx, *ticket, sender.id) {
            Ok(true) => part.push(*ticket),
            Ok(false) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(part)
}

/// A letter out of a file that came in before as part of its ticket.
pub(super) fn here_already(tx: &mut Write, hand: &Hand, gist: &Gist) -> Result<Option<Outcome>> {
    let identifier = gist.letter.message_id.as_deref().map(|id| one_line(id, 998));
    let Some(identifier) = identifier.filter(|_| hand.arrived.way == Way::File) else {
        return Ok(None);
    };
    let ticket = tickets::holds_letter(tx, &identifier)?;
    let here = |ticket| Outcome::new(LetterState::Duplicate, "letter-reason-imported-already").on(Some(ticket));
    Ok(ticket.map(here))
}
