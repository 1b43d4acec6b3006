//! A reply that did not arrive goes out again, to the same address or another. It is a new letter under an identifier of
//! its own; the one that failed keeps its state and the other server's words.

use db::{Read, Write, args};
use serde_json::{Value, json};

use super::queue::{self, NewLetter, OutgoingKind, OutgoingState, Recipient};
use crate::access::{self, Action};
use crate::clock::SECOND;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, LetterId, MailboxId, MessageId, OutgoingId, PersonId, TeamId, TicketNumber};
use crate::mailboxes::boxes::{self, Mailbox};
use crate::people::{self, Address, EditPerson};
use crate::tickets::{self, Ticket};

/// Where a reply goes the second time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resend {
    /// Another address; left out, the one it failed at.
    pub to: Option<String>,
    /// Keep that address as the person's main one.
    pub keep: bool,
}

db::table! {
    /// A reply that did not arrive, as it can be sent again.
    #[derive(Clone, Debug)]
    pub struct Failed {
        pub id: OutgoingId,
        pub ticket: TicketNumber,
        pub message: MessageId,
        pub person: PersonId,
        pub mailbox: Option<MailboxId>,
        pub recipient: String,
        /// What the other server said.
        pub words: String,
    }
}

/// The letter of this reply that failed last, while nothing newer of it is on its way. For whoever may work on the ticket
/// that shows it and on the one it stands on, which differ after a merge.
pub fn failed(r: &mut Read, cx: &Context, number: TicketNumber, message: MessageId) -> Result<Failed> {
    admitted(r, cx, number)?;
    let last: Option<(OutgoingId, OutgoingState)> = r.maybe(
        "SELECT id, state FROM outgoing
         WHERE message = $1 AND kind = 'reply' AND ticket IS NOT NULL AND person IS NOT NULL AND state <> 'withdrawn'
         ORDER BY id DESC LIMIT 1",
        &args![message],
    )?;
    let nothing = Error::Conflict("conflict-letter-not-failed");
    let Some((id, OutgoingState::Failed)) = last else {
        return Err(nothing);
    };
    let found: Failed = r.one(
        "SELECT o.id, o.ticket, o.message, COALESCE(p.merged_into, p.id) AS person, o.mailbox, o.recipient, o.words
         FROM outgoing o JOIN person p ON p.id = o.person WHERE o.id = $1",
        &args![id],
    )?;
    // Words that one may not see are as good as not there.
    admitted(r, cx, found.ticket).map_err(|_| nothing)?;
    Ok(found)
}

fn admitted(r: &mut Read, cx: &Context, ticket: TicketNumber) -> Result<Ticket> {
    let ticket = tickets::find_visible(r, cx, ticket)?;
    if access::may(&cx.viewer, Action::Work, &ticket) {
        Ok(ticket)
    } else {
        Err(Error::NotFound)
    }
}

/// Sends it again. It waits as long as it may be taken back.
pub fn resend(tx: &mut Write, cx: &Context, number: TicketNumber, message: MessageId, how: &Resend) -> Result<EventId> {
    // Pressed twice, or by two people: the second finds the letter of the first on its way.
    tx.hold_name(&format!("resend:{message}"))?;
    let failed = failed(tx, cx, number, message)?;
    let ticket = admitted(tx, cx, failed.ticket)?;
    let to = recipient(tx, &failed, how)?;
    let mailbox = mailbox_of(tx, &failed, &ticket)?.ok_or(Error::Conflict("conflict-no-mailbox"))?;
    if how.keep {
        keep(tx, cx, failed.person, &to.address)?;
    }
    let new = NewLetter {
        kind: OutgoingKind::Reply,
        ticket: Some(failed.ticket),
        message: Some(message),
        to: &to,
        mailbox: &mailbox,
        send_at: cx.now.plus(cx.house.undo_seconds.clamp(0, 600) * SECOND),
    };
    let outgoing = queue::insert(tx, &cx.house, cx.now, &new)?;
    let data = json!({"recipient": to.address, "outgoing": outgoing.0}).to_string();
    let fact = Fact::new(EventKind::ReplyResent).on(failed.ticket, ticket.team);
    events::record(tx, cx, fact.about(message.0).with(Some(data)))
}

fn recipient(r: &mut Read, failed: &Failed, how: &Resend) -> Result<Recipient> {
    let given = how.to.as_deref().map(str::trim).filter(|to| !to.is_empty());
    let address = Address::parse(given.unwrap_or(&failed.recipient));
    let address = address.ok_or(Error::refused("to", "refused-address"))?;
    if boxes::find_by_recipient(r, address.as_str())?.is_some() {
        return Err(Error::refused("to", "refused-address-ours"));
    }
    if people::by_address(r, address.as_str())?.is_some_and(|owner| owner != failed.person) {
        return Err(Error::refused("to", "refused-address-taken"));
    }
    let language = r.one("SELECT language FROM person WHERE id = $1", &args![failed.person])?;
    Ok(Recipient {
        id: failed.person,
        language,
        address: address.to_string(),
    })
}

/// The mailbox it was written from, if it is still in use.
fn mailbox_of(r: &mut Read, failed: &Failed, ticket: &Ticket) -> Result<Option<Mailbox>> {
    let before = failed.mailbox.map(|id| boxes::find(r, id)).transpose()?;
    match before.filter(|m| m.retired_at.is_none()) {
        Some(mailbox) => Ok(Some(mailbox)),
        None => boxes::home_of(r, ticket),
    }
}

/// The rule of who may change addresses is that of the people's room: an address opens the door of its owner.
fn keep(tx: &mut Write, cx: &Context, person: PersonId, address: &str) -> Result<()> {
    let before: Vec<String> = tx.query(
        "SELECT address FROM address WHERE person = $1 AND address <> $2 ORDER BY main DESC, address",
        &args![person, address],
    )?;
    let addresses = Some([address.to_string()].into_iter().chain(before).collect());
    let edit = EditPerson {
        addresses,
        ..EditPerson::default()
    };
    let kept = people::edit(tx, cx, person, &edit);
    match kept {
        Err(Error::Refused(why)) => Err(Error::refused("keep", why.first().map_or("refused-address", |r| r.key))),
        other => other.map(drop),
    }
}

/// Takes a second letter back while it waits; the person's addresses stay as they are.
pub fn call_back(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let outgoing = data["outgoing"]
        .as_i64()
        .ok_or(Error::Conflict("conflict-cannot-undo"))?;
    let withdrawn = tx.exec(
        "UPDATE outgoing SET state = 'withdrawn' WHERE id = $1 AND state = 'waiting' AND attempts = 0",
        &args![outgoing],
    )?;
    if withdrawn == 0 {
        return Err(Error::Conflict("conflict-already-sent"));
    }
    let team: Option<TeamId> = tx.one("SELECT team FROM ticket WHERE number = $1", &args![number])?;
    events::record(tx, cx, Fact::new(EventKind::Undone).on(number, team).about(event.id.0))?;
    Ok(())
}

/// A letter came from this address, so letters reach it again; one that came before the mark, and is only now read or
/// read again, says nothing.
pub(in crate::mailboxes) fn heard_from(tx: &mut Write, address: &str, letter: LetterId) -> Result<()> {
    tx.exec(
        "UPDATE address SET bounced_at = NULL WHERE address = $1
           AND bounced_at < (SELECT received_at FROM letter WHERE id = $2)",
        &args![address, letter],
    )?;
    Ok(())
}
