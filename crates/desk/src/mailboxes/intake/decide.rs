//! The decision about one letter: joined to its ticket, made a ticket, held for a technician, or only recorded. Joining
//! takes a key and a known participant; a technician's name takes proof; being copied gives nothing.

use db::{Write, args};

use super::deliver;
use super::imported;
use super::keep::{LetterState, Way};
use super::outcome::{Outcome, RELEASED_TICKET};
use super::passed_on::passed_on;
use super::read::Hand;
use super::returned;
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

/// An earlier letter with the same bytes, or one already filed or held with the same identifier, sender and subject.
/// Programs that use one identifier for all their letters are not fused: another subject is another letter.
fn twin_of(tx: &mut Write, hand: &Hand, gist: &Gist) -> Result<Option<LetterId>> {
    let a = &hand.arrived;
    // Its copies may be read at this moment, by this node or another: one at a time, so that the second finds the first.
    tx.hold_name(&format!("letter:{}", a.sha256))?;
    if let Some(message_id) = &gist.letter.message_id {
        tx.hold_name(&format!("letter:{}", one_line(message_id, 998)))?;
    }
    let same: Option<LetterId> = tx.maybe(
        "SELECT id FROM letter WHERE sha256 = $1 AND id < $2 ORDER BY id LIMIT 1",
        &args![a.sha256.as_str(), a.id],
    )?;
    let (None, Some(message_id)) = (same, &gist.letter.message_id) else {
        return Ok(same);
    };
    let subject = gist
        .letter
        .subject
        .as_deref()
        .map(|s| one_line(s, 500))
        .unwrap_or_default();
    Ok(tx.maybe(
        "SELECT id FROM letter WHERE message_id = $1 AND id <> $2 AND sender = $3 AND COALESCE(subject, '') = $4
           AND state IN ('filed', 'held') ORDER BY id LIMIT 1",
        &args![one_line(message_id, 998), a.id, gist.sender(&a.envelope_from), subject],
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
        outbox::heard_from(tx, address)?;
    }
    if found.is_none()
        && let Some(outcome) = imported::on_old_ticket(tx, hand, gist, known, answerable)?
    {
        return Ok(outcome);
    }
    match (found, known) {
        (None, _) if flood::is_flood(tx, hand.arrived.way, address, hand.now)? => {
            Ok(Outcome::held("letter-reason-storm"))
        }
        (None, _) => {
            // Only of the staff is it known who passes on what: anybody can write another's name above words.
            let technician = known.filter(|s| s.is_staff()).map(|s| s.id);
            let passed = technician.map(|id| passed_on(tx, hand, gist, id)).transpose()?;
            match passed.flatten() {
                Some(outcome) => Ok(outcome),
                None => deliver::opened(tx, hand, gist, address, answerable),
            }
        }
        (Some(found), Some(sender)) if takes_part(tx, found, sender)? => {
            deliver::joined(tx, hand, gist, found.ticket, sender, answerable)
        }
        (Some(found), _) => Ok(Outcome::held("letter-reason-stranger").on(Some(found.ticket))),
    }
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
