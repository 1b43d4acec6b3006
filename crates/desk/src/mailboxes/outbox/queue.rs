//! Putting letters into the outbox, and taking them back out while they wait.

use db::{Read, Write, args};
use serde::{Deserialize, Serialize};

use super::{brakes, manners};
use crate::clock::SECOND;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::house::House;
use crate::ids::{MailboxId, MessageId, OutgoingId, PersonId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::mailboxes::boxes::{self, Mailbox};
use crate::mailboxes::reply_address;
use crate::tickets::Ticket;
use crate::words::Lang;

db::text_enum! {
    pub enum OutgoingKind {
        Reply => "reply",
        Acknowledgement => "acknowledgement",
        Solved => "solved",
        SignIn => "sign_in",
        Confirm => "confirm",
        Notice => "notice",
    }
}
db::text_enum! {
    pub enum OutgoingState { Waiting => "waiting", Sent => "sent", Failed => "failed", Withdrawn => "withdrawn" }
}

db::table! {
    /// Where a person's letters go.
    pub(super) struct Recipient { pub id: PersonId, pub language: Lang, pub address: String }
}

pub(super) struct NewLetter<'a> {
    pub kind: OutgoingKind,
    pub ticket: Option<TicketNumber>,
    pub message: Option<MessageId>,
    pub to: &'a Recipient,
    pub mailbox: &'a Mailbox,
    pub send_at: Time,
}

/// The letter that carries a reply to the requester, in the reply's own transaction. It waits as long as the reply may
/// be taken back. Nothing is queued when there is no address, none that was confirmed, or no mailbox to write from.
pub fn queue_reply(tx: &mut Write, cx: &Context, ticket: &Ticket, message: MessageId) -> Result<()> {
    if !ticket.confirmed {
        return Ok(());
    }
    let Some(to) = recipient(tx, ticket.requester)? else {
        return Ok(());
    };
    let Some(mailbox) = boxes::home_of(tx, ticket)? else {
        return Ok(());
    };
    let send_at = cx.now.plus(cx.house.undo_seconds.clamp(0, 600) * SECOND);
    let new = NewLetter {
        kind: OutgoingKind::Reply,
        ticket: Some(ticket.number),
        message: Some(message),
        to: &to,
        mailbox: &mailbox,
        send_at,
    };
    insert(tx, &cx.house, cx.now, &new)?;
    Ok(())
}

/// Takes a reply's letter back. True when nothing of it has left or will leave: it waited, or there never was one.
pub fn withdraw(tx: &mut Write, message: MessageId) -> Result<bool> {
    tx.exec(
        "UPDATE outgoing SET state = 'withdrawn' WHERE message = $1 AND state = 'waiting' AND attempts = 0",
        &args![message],
    )?;
    let leaving: Option<OutgoingId> = tx.maybe(
        "SELECT id FROM outgoing WHERE message = $1 AND state <> 'withdrawn' LIMIT 1",
        &args![message],
    )?;
    Ok(leaving.is_none())
}

/// Tells the requester that it came in, or, when the address was not confirmed, asks for that. The brakes may say no,
/// and then nothing leaves; the ticket stands all the same.
pub fn acknowledge(tx: &mut Write, cx: &Context, ticket: &Ticket, mailbox: Option<MailboxId>) -> Result<()> {
    let Some(to) = recipient(tx, ticket.requester)? else {
        return Ok(());
    };
    let mailbox = match mailbox {
        Some(id) => Some(boxes::in_use(tx, id)?),
        None => boxes::home_of(tx, ticket)?,
    };
    let Some(mailbox) = mailbox else { return Ok(()) };
    let kind = if ticket.confirmed {
        OutgoingKind::Acknowledgement
    } else {
        OutgoingKind::Confirm
    };
    if kind == OutgoingKind::Acknowledgement && !manners::of(tx, mailbox.id)?.acknowledge {
        return Ok(());
    }
    if !brakes::may_write(tx, cx, kind, ticket.number, &to.address)? {
        return Ok(());
    }
    let ticket = Some(ticket.number);
    insert(
        tx,
        &cx.house,
        cx.now,
        &NewLetter {
            kind,
            ticket,
            message: None,
            to: &to,
            mailbox: &mailbox,
            send_at: cx.now,
        },
    )?;
    Ok(())
}

/// An acknowledgement that must not leave after all, because of the letter that caused it.
pub(in crate::mailboxes) fn unsay(tx: &mut Write, ticket: TicketNumber) -> Result<()> {
    tx.exec(
        "UPDATE outgoing SET state = 'withdrawn'
         WHERE ticket = $1 AND kind = 'acknowledgement' AND state = 'waiting' AND attempts = 0",
        &args![ticket],
    )?;
    Ok(())
}

/// The letter with a sign-in link for the portal. The link itself is made when the letter leaves, so that no row ever
/// holds it. False when the brakes or a missing mailbox say no; the page must not tell the difference.
pub fn sign_in_link(tx: &mut Write, house: &House, now: Time, person: PersonId) -> Result<bool> {
    let Some(to) = recipient(tx, person)? else {
        return Ok(false);
    };
    let all = boxes::live(tx)?;
    let Some(mailbox) = all.first() else { return Ok(false) };
    if !brakes::may_send_link(tx, now, &to.address)? {
        return Ok(false);
    }
    let new = NewLetter {
        kind: OutgoingKind::SignIn,
        ticket: None,
        message: None,
        to: &to,
        mailbox,
        send_at: now,
    };
    insert(tx, house, now, &new)?;
    Ok(true)
}

/// A letter of fixed sentences and figures to one of the staff, about nothing that is one ticket's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub subject: String,
    /// Paragraphs, parted by empty lines; the columns of a table stay where they are.
    pub text: String,
    pub footer: String,
    /// The page it leads to, from its first slash on.
    pub path: String,
    /// The page where its reader can do without such letters, where there is one.
    #[serde(default)]
    pub switch_off: Option<String>,
}

/// Queues a notice. False when there is no address or no mailbox to write from. The brakes are for what strangers can
/// cause; whoever calls this bounds it himself.
pub fn notice(tx: &mut Write, house: &House, now: Time, person: PersonId, notice: &Notice) -> Result<bool> {
    let Some(to) = recipient(tx, person)? else {
        return Ok(false);
    };
    let all = boxes::live(tx)?;
    let Some(mailbox) = all.first() else { return Ok(false) };
    let new = NewLetter {
        kind: OutgoingKind::Notice,
        ticket: None,
        message: None,
        to: &to,
        mailbox,
        send_at: now,
    };
    let id = insert(tx, house, now, &new)?;
    let data = serde_json::to_string(notice).map_err(Error::fault)?;
    tx.exec("UPDATE outgoing SET data = $2 WHERE id = $1", &args![id, data])?;
    Ok(true)
}

/// The person's main address. An address of ours is nobody's: writing to it would be writing to ourselves.
pub(super) fn recipient(r: &mut Read, person: PersonId) -> Result<Option<Recipient>> {
    let found: Option<Recipient> = r.maybe(
        "SELECT p.id, p.language, a.address FROM person q JOIN person p ON p.id = COALESCE(q.merged_into, q.id)
         JOIN address a ON a.person = p.id WHERE q.id = $1 ORDER BY a.main DESC, a.address LIMIT 1",
        &args![person],
    )?;
    let Some(found) = found else { return Ok(None) };
    let ours = boxes::find_by_recipient(r, &found.address)?.is_some();
    Ok(Some(found).filter(|_| !ours))
}

pub(super) fn insert(tx: &mut Write, house: &House, now: Time, new: &NewLetter<'_>) -> Result<OutgoingId> {
    let unique = unique()?;
    let domain = new.mailbox.domain();
    let message_id = match new.ticket {
        Some(ticket) => {
            let token = reply_address::token_for(tx, house, ticket, new.to.id)?;
            reply_address::message_id(&token, &unique, domain)
        }
        None => format!("l{unique}.0@{domain}"),
    };
    let id = tx.insert(
        "INSERT INTO outgoing (kind, ticket, message, person, recipient, mailbox, language, message_id, state,
           created_at, send_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10) RETURNING id",
        &args![
            new.kind,
            new.ticket,
            new.message,
            new.to.id,
            new.to.address.as_str(),
            new.mailbox.id,
            new.to.language,
            message_id,
            now,
            new.send_at
        ],
    )?;
    jobs::enqueue(tx, JobKind::SendLetter, id, new.send_at)?;
    Ok(OutgoingId(id))
}

fn unique() -> Result<String> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(Error::fault)?;
    Ok(data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase())
}
