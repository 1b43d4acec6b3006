//! Putting a letter where it belongs: on its ticket, as a technician's reply, or as a new ticket.

use db::Write;

use super::keep::LetterState;
use super::outcome::Outcome;
use super::read::Hand;
use crate::access::{Action, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::mailboxes::gist::Gist;
use crate::mailboxes::rules::{self, MailRule};
use crate::mailboxes::senders::{self, Sender};
use crate::mailboxes::{outbox, sentences};
use crate::sign_in;
use crate::tickets::{self, Answer, Channel, NewMessage, NewTicket};
use crate::words::Lang;

/// A letter without a key opens a ticket. Who is named in Cc gets nothing by it.
pub(super) fn opened(tx: &mut Write, hand: &Hand, gist: &Gist, address: &str, answerable: bool) -> Result<Outcome> {
    let rule = rule_for(tx, hand, gist, address)?;
    if let Some(rule) = rule
        .as_ref()
        .filter(|rule| rule.only_record && hand.released().is_none())
    {
        return Ok(Outcome::new(LetterState::Automatic, "letter-reason-rule").because(&rule.holds));
    }
    let language = language_of(hand, gist);
    let nobody = hand.desk(PersonId(0));
    let person = senders::recognise(tx, &nobody, address, gist.sender_name().as_deref(), language)?;
    let subject = match gist.subject.as_str() {
        "" => sentences::say(language, "letter-no-subject"),
        subject => subject.to_string(),
    };
    let mut new = NewTicket::new(person, Channel::Mail, &subject, gist.body.as_str());
    new.quoted.clone_from(&gist.quoted);
    new.html.clone_from(&gist.html);
    new.files.clone_from(&hand.files);
    new.acknowledge = answerable;
    route(&mut new, hand, rule);
    let opened = tickets::open(tx, &hand.desk(person), &new)?;
    if hand.is_old_news() {
        tickets::was_before(tx, &hand.desk_today(), opened.number, hand.is_long_ago())?;
    }
    Ok(Outcome::filed("letter-reason-opened", opened.number, opened.message))
}

/// Where it goes: as its mailbox says, and the rule that fits.
pub(super) fn route(new: &mut NewTicket, hand: &Hand, rule: Option<MailRule>) {
    new.letter = Some(hand.arrived.id);
    new.mailbox = hand.mailbox.as_ref().map(|m| m.id);
    new.team = hand.mailbox.as_ref().and_then(|m| m.team);
    if let Some(rule) = rule {
        new.team = rule.team.or(new.team);
        new.topic = rule.topic;
        new.priority = rule.priority;
    }
}

pub(super) fn rule_for(tx: &mut Write, hand: &Hand, gist: &Gist, address: &str) -> Result<Option<MailRule>> {
    let Some(mailbox) = &hand.mailbox else { return Ok(None) };
    let all = rules::list(tx, mailbox.id)?;
    Ok(rules::fitting(&all, gist, address, &hand.recipients).cloned())
}

/// A letter with a key from somebody who takes part.
pub(super) fn joined(
    tx: &mut Write,
    hand: &Hand,
    gist: &Gist,
    ticket: TicketNumber,
    sender: Sender,
    answerable: bool,
) -> Result<Outcome> {
    let asks = tickets::find_visible(tx, &hand.desk(sender.id), ticket)?.requester == sender.id;
    if sender.is_staff() && !asks {
        return replied(tx, hand, gist, ticket, sender);
    }
    let outcome = answered(tx, hand, gist, ticket, sender.id)?;
    if let (false, Some(on)) = (answerable, outcome.ticket) {
        // A follow-up of a closed ticket acknowledges by itself; to a list nothing may leave.
        outbox::unsay(tx, on)?;
    }
    Ok(outcome)
}

fn answered(tx: &mut Write, hand: &Hand, gist: &Gist, ticket: TicketNumber, author: PersonId) -> Result<Outcome> {
    let answer = Answer {
        author,
        channel: Channel::Mail,
        body: gist.body.clone(),
        quoted: gist.quoted.clone(),
        html: gist.html.clone(),
        files: hand.files.clone(),
        letter: Some(hand.arrived.id),
        subject: gist.subject.clone(),
    };
    if hand.is_old_news() {
        let message = tickets::said_before(tx, &hand.desk_today(), ticket, &answer, hand.now, hand.is_long_ago())?;
        return Ok(Outcome::filed("letter-reason-answered", ticket, message));
    }
    let (on, message) = tickets::receive(tx, &hand.desk(author), ticket, &answer)?;
    let key = if on == ticket {
        "letter-reason-answered"
    } else {
        "letter-reason-follow-up"
    };
    Ok(Outcome::filed(key, on, message))
}

/// A technician's proven letter is his reply, under his own rights: a private team's ticket is not there for him.
fn replied(tx: &mut Write, hand: &Hand, gist: &Gist, ticket: TicketNumber, sender: Sender) -> Result<Outcome> {
    let viewer = sign_in::load_viewer(tx, sender.id, Via::Session)?;
    let cx = Context {
        viewer,
        ..hand.desk(sender.id)
    };
    let new = NewMessage {
        body: gist.body.clone(),
        files: hand.files.clone(),
        ..NewMessage::default()
    };
    if !crate::access::may(
        &cx.viewer,
        Action::Work,
        &tickets::find_visible(tx, &hand.desk(sender.id), ticket)?,
    ) {
        return Ok(Outcome::held("letter-reason-not-allowed").on(Some(ticket)));
    }
    match tx.attempt(|tx| tickets::reply(tx, &cx, ticket, &new)) {
        Ok((_, message)) => Ok(Outcome::filed("letter-reason-replied", ticket, message)),
        // Empty, too long, merged away: a technician looks at it, nothing is lost.
        Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => {
            Ok(Outcome::held("letter-reason-not-allowed").on(Some(ticket)))
        }
        Err(other) => Err(other),
    }
}

/// A technician looked at it and let it in. On a ticket it stands as its sender's words, never as a reply that leaves.
pub(super) fn released(
    tx: &mut Write,
    hand: &Hand,
    gist: &Gist,
    address: &str,
    ticket: Option<TicketNumber>,
) -> Result<Outcome> {
    let Some(ticket) = ticket else {
        return opened(tx, hand, gist, address, false);
    };
    let nobody = hand.desk(PersonId(0));
    let language = language_of(hand, gist);
    let author = senders::recognise(tx, &nobody, address, gist.sender_name().as_deref(), language)?;
    let outcome = answered(tx, hand, gist, ticket, author)?;
    if let Some(on) = outcome.ticket.filter(|on| *on != ticket) {
        // It may be a machine's: a follow-up of a closed ticket would acknowledge it.
        outbox::unsay(tx, on)?;
    }
    Ok(outcome)
}

/// The language of somebody new: the letter's own, else the mailbox's, else the desk's.
pub(super) fn language_of(hand: &Hand, gist: &Gist) -> Lang {
    let of_mailbox = hand.mailbox.as_ref().map(|m| m.language);
    gist.language.or(of_mailbox).unwrap_or(hand.house.language)
}
