//! A visitor asks: the ticket with his first words, and his place in the queue.

use db::{Read, Write, args};

use super::line::MOST_IN_A_LINE;
use super::offer::{Offer, offer};
use crate::access::Viewer;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::sign_in::Secret;
use crate::tickets::{self, Channel, NewTicket};
use crate::words::Lang;

/// Open chats of the whole desk, and of one person.
const MOST_OPEN: i64 = 200;
const MOST_OF_ONE: i64 = 2;
/// Characters of a subject made from the first line.
const SUBJECT: usize = 80;

#[derive(Clone, Debug)]
pub struct NewChat {
    pub person: PersonId,
    /// Signed in. A stranger's ticket is not confirmed: nothing but the confirmation is mailed.
    pub proven: bool,
    pub language: Lang,
    pub body: String,
}

/// The number of the ticket, and the secret of the talk: it is handed out this once.
pub fn start(tx: &mut Write, cx: &Context, new: &NewChat) -> Result<(TicketNumber, Secret)> {
    Checks::default().text(&new.body, MOST_IN_A_LINE, "body").done()?;
    // Those who ask at the same moment are counted one after the other.
    tx.hold_name("chat-start")?;
    if offer(tx, cx)? != Offer::Open {
        return Err(Error::Conflict("conflict-chat-closed"));
    }
    if open_count(tx)? >= MOST_OPEN {
        return Err(Error::Conflict("conflict-chat-full"));
    }
    if open_of(tx, new)? >= MOST_OF_ONE {
        // A stranger is not told that anybody of this address is talking just now.
        let told = if new.proven {
            "conflict-chat-yours"
        } else {
            "conflict-chat-full"
        };
        return Err(Error::Conflict(told));
    }
    let mut ticket = NewTicket::new(new.person, Channel::Chat, &subject_of(&new.body), new.body.trim());
    ticket.language = Some(new.language);
    ticket.confirmed = new.proven;
    let desk = Context {
        viewer: Viewer::desk(new.person),
        ..cx.clone()
    };
    let opened = tickets::open(tx, &desk, &ticket)?;
    let secret = Secret::new()?;
    tx.exec(
        "INSERT INTO chat (ticket, hash, person, state, asked_at, since, seen_at)
         VALUES ($1, $2, $3, 'waiting', $4, $4, $4)",
        &args![opened.number, secret.hash(), new.person, cx.now],
    )?;
    Ok((opened.number, secret))
}

pub(super) fn open_count(r: &mut Read) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.state IN ('waiting', 'taken') AND t.status <> 'closed' AND t.merged_into IS NULL",
        &[],
    )?)
}

/// The person's open chats of the same kind: what strangers begin under somebody's address locks nobody out.
fn open_of(r: &mut Read, new: &NewChat) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM chat c JOIN ticket t ON t.number = c.ticket
         WHERE c.person = $1 AND c.state IN ('waiting', 'taken') AND t.confirmed = $2
           AND t.status <> 'closed' AND t.merged_into IS NULL",
        &args![new.person, new.proven],
    )?)
}

/// The first line, cut between words.
fn subject_of(body: &str) -> String {
    let line = body.trim().lines().next().unwrap_or_default().trim();
    if line.chars().count() <= SUBJECT {
        return line.to_string();
    }
    let cut: String = line.chars().take(SUBJECT).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::subject_of;

    #[test]
    fn the_first_line_is_the_subject() {
        assert_eq!(subject_of(" The VPN drops \nevery hour"), "The VPN drops");
        let long = subject_of(&"printer ".repeat(30));
        assert!(long.chars().count() <= 81 && long.ends_with("printer…"), "{long}");
    }
}
