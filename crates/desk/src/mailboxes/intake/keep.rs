//! Keeping a letter before anything is known about it.

use db::{Write, args};
use sha2::{Digest, Sha256};

use super::came::{came_at, is_old};
use super::outcome::BROUGHT_OLD;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{LetterId, MailboxId};
use crate::jobs::{self, JobKind};
use crate::mailboxes::boxes;
use crate::mailboxes::gist::one_line;
use crate::mailboxes::tally;
use crate::tickets;

db::text_enum! {
    /// How a letter came: to a door of ours, fetched from a mailbox elsewhere (by IMAP or POP3), or out of a file.
    pub enum Way { Smtp => "smtp", Lmtp => "lmtp", Imap => "imap", File => "file" }
}
db::text_enum! {
    /// Where a letter stands. `Kept` waits to be read; every other state has a reason.
    pub enum LetterState {
        Kept => "kept",
        Filed => "filed",
        Held => "held",
        Automatic => "automatic",
        Bounce => "bounce",
        Duplicate => "duplicate",
        Refused => "refused",
    }
}

/// The bytes as they came, their line in the ledger, and the job that will read them. One letter for several of our
/// mailboxes is one line. The sender is told 250 only after the commit of this transaction.
pub fn keep(
    tx: &mut Write,
    now: Time,
    way: Way,
    mailbox: Option<MailboxId>,
    envelope_from: &str,
    envelope_to: &[String],
    raw: &[u8],
) -> Result<LetterId> {
    let envelope = Envelope {
        from: envelope_from,
        to: envelope_to,
        came: now,
    };
    keep_as(tx, now, way, mailbox, &envelope, raw)
}

struct Envelope<'a> {
    from: &'a str,
    to: &'a [String],
    /// Long before it is kept, for a letter out of a file.
    came: Time,
}

fn keep_as(
    tx: &mut Write,
    now: Time,
    way: Way,
    mailbox: Option<MailboxId>,
    envelope: &Envelope<'_>,
    raw: &[u8],
) -> Result<LetterId> {
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(raw));
    let envelope_to: Vec<String> = envelope.to.iter().map(|to| to.replace('\0', "")).collect();
    let id = tx.insert(
        "INSERT INTO letter (mailbox, received_at, envelope_from, envelope_to, way, bytes, sha256, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'kept') RETURNING id",
        &args![
            mailbox,
            envelope.came,
            envelope.from.replace('\0', ""),
            serde_json::json!(envelope_to).to_string(),
            way,
            i64::try_from(raw.len()).unwrap_or(i64::MAX),
            sha256
        ],
    )?;
    tx.exec("INSERT INTO letter_raw (letter, raw) VALUES ($1, $2)", &args![id, raw])?;
    tally::count(tx, mailbox, way, now, id, raw.len())?;
    jobs::enqueue(tx, JobKind::ReadLetter, id, now)?;
    Ok(LetterId(id))
}

/// Who brought it to our own door, for the proof of its sender.
/// No event: it is part of keeping the letter, and nobody's news.
pub fn brought_by(tx: &mut Write, id: LetterId, peer: &str, helo: &str) -> Result<()> {
    tx.exec(
        "UPDATE letter SET peer = $2, helo = $3 WHERE id = $1",
        &args![id, peer, one_line(helo, 255)],
    )?;
    Ok(())
}

/// What became of a letter out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    New,
    /// The ledger holds the same bytes.
    HereAlready,
}

/// A letter out of a file, unless it is in the ledger. It came when it says it came, and one older than `open_days`
/// opens no ticket that anybody must answer. With `only_look` it is judged and not kept.
pub fn keep_from_file(
    tx: &mut Write,
    now: Time,
    mailbox: MailboxId,
    raw: &[u8],
    open_days: i64,
    only_look: bool,
) -> Result<Brought> {
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(raw));
    let known: Option<LetterId> = tx.maybe(
        "SELECT id FROM letter WHERE sha256 = $1 ORDER BY id LIMIT 1",
        &args![sha256.as_str()],
    )?;
    if known.is_some() {
        return Ok(Brought::HereAlready);
    }
    if !only_look {
        tickets::know_letters(tx)?;
        let address = boxes::find(tx, mailbox)?.address;
        let envelope = Envelope {
            from: "",
            to: &[address],
            came: came_at(raw, now),
        };
        let id = keep_as(tx, now, Way::File, Some(mailbox), &envelope, raw)?;
        if is_old(envelope.came, now, open_days) {
            tx.exec("UPDATE letter SET reason = $2 WHERE id = $1", &args![id, BROUGHT_OLD])?;
        }
    }
    Ok(Brought::New)
}
