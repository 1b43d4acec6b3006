//! The decision about one letter: joined to its ticket, made a ticket, held for a technician, or only recorded. Joining
//! takes a key and a known participant; a technician's name takes proof; being copied gives nothing.

use db::{Write, args};

use super::deliver;
use super::imported;
use super::keep::{LetterState, Way};
use super::logged::logged;
use super::outcome::{ENVELOPE, Outcome, RELEASED_TICKET};
use super::passed_on::passed_on;
use super::read::{Arrived, Hand};
use super::returned;
use crate::clock::{DAY, Time};
use crate::error::{Error, Result};
use crate::ids::LetterId;
use crate::mailboxes::gist::{Gist, one_line};
use crate::mailboxes::screen::{Known, Verdict, screen};
use crate::mailboxes::senders::{self, Sender};
use crate::mailboxes::thread::{self, Found};
use crate::mailboxes::{boxes, flood, outbox, proof, reply_address};
use crate::tickets;

pub(super) fn decide(tx: &mut Write, hand: &Hand, gist: &Gist) -> Result<Outcome> {
    let sender = gist.sender(&hand.arrived.envelope_from);
    if let (Some(how), Some(sender)) = (hand.released(), &sender) {
        let ticket = hand.arrived.ticket.filter(|_| how == RELEASED_TICKET);
        return deliver::released(tx, hand, gist, sender, ticket);
    }
    let verdict = verdict_on(tx, hand, gist)?;
    if let Verdict::Duplicate(twin) = verdict {
        return duplicate(tx, twin);
    }
    if let Some(outcome) = imported::here_already(tx, hand, gist)? {
        return Ok(outcome);
    }
    let found = thread::find_ticket(tx, &hand.house, &gist.letter, &hand.recipients)?;
    let ticket = found.map(|f| f.ticket);
    let answerable = match verdict {
        // What is brought in from a file is old news to whoever wrote it.
        Verdict::Person { answerable } => answerable && hand.arrived.way != Way::File,
        Verdict::Bounce { late } => return returned::record(tx, hand, gist, found, late),
        Verdict::Automatic(key) => return Ok(Outcome::new(LetterState::Automatic, key).on(ticket)),
        Verdict::Loop => return Ok(Outcome::new(LetterState::Automatic, "letter-reason-loop").on(ticket)),
        Verdict::Oversize | Verdict::Duplicate(_) => return Ok(Outcome::held("letter-reason-oversize").on(ticket)),
    };
    let Some(sender) = sender else {
        return Ok(Outcome::held("letter-reason-no-sender").on(ticket));
    };
    person_wrote(tx, hand, gist, found, &sender, answerable)
}

fn verdict_on(tx: &mut Write, hand: &Hand, gist: &Gist) -> Result<Verdict> {
    let twin = twin_of(tx, hand, gist)?;
    let own: Vec<boxes::Mailbox> = boxes::list(tx)?;
    let is_ours =
        |address: &str| boxes::base_address(address).is_some_and(|base| own.iter().any(|m| m.address == base));
    let is_our_mark = |id: &str| own.iter().any(|m| reply_address::claims_to_be_ours(id, m.domain()));
    let known = Known {
        bytes: hand.arrived.bytes,
        envelope_from: hand.envelope_from(),
        twin: twin.map(|id| id.0),
        is_ours: &is_ours,
        is_our_mark: &is_our_mark,
    };
    Ok(screen(&gist.letter, &known))
}

/// Who writes the very same words again after this has written again.
const SAME_WORDS: i64 = 7 * DAY;

/// The letter that this one repeats: the same bytes, or the same words and files of the same sender under the same
/// identifier or the same date. Without a date of its own it is another letter after a week; with one, and only with one, it
/// is known for ever, because a server that counts its letters anew hands over those of years. Programs that use one
/// identifier for all they write are not fused, and nobody's identifier can be used up by somebody else: a letter that is
/// vouched for repeats none that was held because it was not.
fn twin_of(tx: &mut Write, hand: &Hand, gist: &Gist) -> Result<Option<LetterId>> {
    let a = &hand.arrived;
    // Its copies may be read at this moment, by this node or another: one at a time, so that the second finds the first.
    tx.hold_name(&format!("letter:{}", gist.content))?;
    let sender = gist.sender(&a.envelope_from).unwrap_or_default();
    let proven = i64::from(is_proven(hand, gist, &sender));
    match same_bytes(tx, a, gist, proven)? {
        Some(same) => Ok(Some(same)),
        None => same_words(tx, a, gist, &sender, proven),
    }
}

fn same_bytes(tx: &mut Write, a: &Arrived, gist: &Gist, proven: i64) -> Result<Option<LetterId>> {
    let since = match gist.letter.date {
        Some(_) => Time(i64::MIN),
        None => a.received_at.plus(-SAME_WORDS),
    };
    // Without a sender in the letter, the same bytes may be two people's.
    let named = i64::from(gist.sender("").is_some());
    Ok(tx.maybe(
        "SELECT id FROM letter WHERE sha256 = $1 AND id < $2 AND received_at > $3 AND (envelope_from = $4 OR $5 = 1)
           AND ($6 = 0 OR state NOT IN ('held', 'duplicate', 'refused')
             OR state = 'held' AND reason NOT IN ('letter-reason-no-proof', 'letter-reason-envelope'))
         ORDER BY id LIMIT 1",
        &args![a.sha256.as_str(), a.id, since, a.envelope_from.as_str(), named, proven],
    )?)
}

fn same_words(tx: &mut Write, a: &Arrived, gist: &Gist, sender: &str, proven: i64) -> Result<Option<LetterId>> {
    let message_id = gist.letter.message_id.as_deref().map(|id| one_line(id, 998));
    let date = gist.letter.date;
    let same: Option<LetterId> = tx.maybe(
        "SELECT id FROM letter WHERE content = $1 AND content <> '' AND id <> $2 AND COALESCE(sender, '') = $3
           AND ($8 = 0 OR reason NOT IN ('letter-reason-no-proof', 'letter-reason-envelope'))
           AND state IN ('filed', 'held')
           AND (message_id = $4 AND dated BETWEEN $9 AND $10
             OR (dated = $5 OR message_id = $4 AND (dated IS NULL OR $5 IS NULL))
               AND received_at > $6 AND received_at < $7)
         ORDER BY id LIMIT 1",
        &args![
            gist.content.as_str(),
            a.id,
            sender,
            message_id.as_deref(),
            date,
            a.received_at.plus(-SAME_WORDS),
            a.received_at.plus(SAME_WORDS),
            proven,
            date.map(|date| date.saturating_sub(SAME_WORDS)),
            date.map(|date| date.saturating_add(SAME_WORDS))
        ],
    )?;
    let (None, Some(message_id)) = (same, message_id) else {
        return Ok(same);
    };
    // Of letters that an earlier version read only the subject is known.
    let subject = gist.letter.subject.as_deref().map(|s| one_line(s, 500));
    Ok(tx.maybe(
        "SELECT id FROM letter WHERE message_id = $1 AND content = '' AND id <> $2 AND COALESCE(sender, '') = $3
           AND COALESCE(subject, '') = $4 AND state IN ('filed', 'held') ORDER BY id LIMIT 1",
        &args![message_id, a.id, sender, subject.unwrap_or_default()],
    )?)
}

fn duplicate(tx: &mut Write, twin: i64) -> Result<Outcome> {
    let ticket = tx.one("SELECT ticket FROM letter WHERE id = $1", &args![twin])?;
    let outcome = Outcome::new(LetterState::Duplicate, "letter-reason-duplicate");
    Ok(outcome.on(ticket).because(&twin.to_string()))
}

fn person_wrote(
    tx: &mut Write,
    hand: &Hand,
    gist: &Gist,
    found: Option<Found>,
    address: &str,
    answerable: bool,
) -> Result<Outcome> {
    let known = senders::known(tx, address)?;
    let ticket = found.map(|f| f.ticket);
    if known.is_some_and(|s| s.suspended) {
        return Ok(Outcome::held("letter-reason-suspended").on(ticket));
    }
    // Whoever writes a technician's address into From gets nothing for it without our own server's word.
    if known.is_some_and(|s| s.is_staff()) && !is_proven(hand, gist, address) {
        return Ok(Outcome::held("letter-reason-no-proof").on(ticket));
    }
    if !hand.is_old_news() {
        outbox::heard_from(tx, address, hand.arrived.id)?;
    }
    if found.is_none()
        && let Some(outcome) = imported::on_old_ticket(tx, hand, gist, known, answerable)?
    {
        return Ok(outcome);
    }
    match (found, known) {
        (None, _) => opens(tx, hand, gist, known, address, answerable),
        (Some(found), Some(sender)) if sender.is_staff() && !is_named_within(tx, hand, gist, address, found)? => {
            Ok(Outcome::held(ENVELOPE).on(ticket))
        }
        (Some(found), Some(sender)) if takes_part(tx, found, sender)? => {
            deliver::joined(tx, hand, gist, found.ticket, sender, answerable)
        }
        (Some(found), _) => Ok(Outcome::held("letter-reason-stranger").on(Some(found.ticket))),
    }
}

/// It carries no key: it opens a ticket, unless its sender, or everybody together, opened too many of late.
fn opens(
    tx: &mut Write,
    hand: &Hand,
    gist: &Gist,
    known: Option<Sender>,
    address: &str,
    answerable: bool,
) -> Result<Outcome> {
    let counted = flood::counted(tx, address, is_proven(hand, gist, address), &hand.arrived.peer)?;
    let mailbox = hand.mailbox.as_ref().map(|m| m.id);
    if let Some(storm) = flood::brake(tx, hand.arrived.way, &counted, mailbox, hand.now)? {
        return Ok(Outcome::held(storm));
    }
    // Only of the staff is it known who passes on what: anybody can write another's name above words.
    let technician = known.filter(|s| s.is_staff()).map(|s| s.id);
    if let Some(technician) = technician
        && let Some(outcome) = logged(tx, hand, gist, technician)?
    {
        return Ok(outcome);
    }
    let passed = technician.map(|id| passed_on(tx, hand, gist, id)).transpose()?;
    let mut outcome = match passed.flatten() {
        Some(outcome) => outcome,
        None => deliver::opened(tx, hand, gist, address, answerable)?,
    };
    if outcome.state == LetterState::Filed && hand.arrived.way != Way::File {
        outcome.brake = counted.mark;
    }
    Ok(outcome)
}

/// A technician's letter is vouched for wherever it is sent: who has one in hand can bring it to us again with another
/// envelope. So its ticket must be named by the letter itself, in fields that are vouched for like its sender.
fn is_named_within(tx: &mut Write, hand: &Hand, gist: &Gist, address: &str, found: Found) -> Result<bool> {
    let domain = address.rsplit_once('@').map_or("", |(_, d)| d);
    let fields = match hand.arrived.way {
        Way::Smtp => hand.vouched.as_ref().map(|v| v.covered.clone()).unwrap_or_default(),
        Way::Lmtp | Way::Imap => mail::vouch::left_alone(&hand.raw, domain),
        Way::File => Vec::new(),
    };
    thread::is_named(tx, &hand.house, &gist.letter, &fields, found.ticket)
}

/// The holder of a key is no participant: people pass letters on. A technician takes part in every ticket he may work
/// on, which the verb itself checks.
fn takes_part(tx: &mut Write, found: Found, sender: Sender) -> Result<bool> {
    if sender.is_staff() {
        return Ok(true);
    }
    match tickets::takes_part(tx, found.ticket, sender.id) {
        Err(Error::NotFound) => Ok(false),
        answer => answer,
    }
}

/// Our own mail server stands before IMAP and LMTP and says what it found. On our SMTP door anybody can say anything, so
/// there the name servers were asked.
fn is_proven(hand: &Hand, gist: &Gist, address: &str) -> bool {
    let domain = address.rsplit_once('@').map_or("", |(_, d)| d);
    let one_sender = !gist.letter.defects.iter().any(|d| match d {
        mail::Defect::SeveralSenders => true,
        mail::Defect::Repeated(field) => field.eq_ignore_ascii_case("from"),
        _ => false,
    });
    let named = gist
        .letter
        .from
        .as_ref()
        .is_some_and(|f| f.address.eq_ignore_ascii_case(address));
    let server = hand.mailbox.as_ref().and_then(|m| m.authserv_id.as_deref());
    let vouched_for = match hand.arrived.way {
        Way::Lmtp | Way::Imap => {
            server.is_some_and(|id| proof::dmarc_passes(&gist.letter.authentication_results, id, domain))
        }
        Way::Smtp => hand.vouched.as_ref().is_some_and(|v| v.vouches_for(address)),
        Way::File => false,
    };
    one_sender && named && vouched_for
}
