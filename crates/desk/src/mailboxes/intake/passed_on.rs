//! A technician forwards somebody's letter to the desk: whoever wrote the original asks, and what the technician wrote
//! above it is a note for the team.

use db::Write;

use super::deliver;
use super::outcome::{Outcome, PASSED_ON};
use super::read::Hand;
use crate::access::Via;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::mailboxes::gist::{Gist, kept_text, plain_subject};
use crate::mailboxes::language::guess_language;
use crate::mailboxes::{boxes, senders, sentences};
use crate::people;
use crate::sign_in;
use crate::tickets::{self, Channel, NewMessage, NewTicket, Opened};

/// `None` when the letter passes nothing on, or the original is one of ours or of the technician himself.
pub(super) fn passed_on(tx: &mut Write, hand: &Hand, gist: &Gist, technician: PersonId) -> Result<Option<Outcome>> {
    let Some(original) = &gist.letter.forwarded else {
        return Ok(None);
    };
    let Some(address) = people::Address::parse(&original.from.address) else {
        return Ok(None);
    };
    let address = address.to_string();
    let ours = boxes::find_by_recipient(tx, &address)?.is_some();
    let known = senders::known(tx, &address)?;
    if ours || known.is_some_and(|s| s.id == technician || s.suspended) {
        return Ok(None);
    }
    let opened = open(tx, hand, gist, original, &address)?;
    note(tx, hand, &original.text_above, technician, &opened)?;
    let outcome = Outcome::filed(PASSED_ON, opened.number, opened.message);
    Ok(Some(outcome.because(&address)))
}

fn open(tx: &mut Write, hand: &Hand, gist: &Gist, original: &mail::Forwarded, address: &str) -> Result<Opened> {
    let language = guess_language(&original.text).unwrap_or_else(|| deliver::language_of(hand, gist));
    let nobody = hand.desk(PersonId(0));
    let name = original.from.name.as_deref();
    let person = senders::recognise(tx, &nobody, address, name, language)?;
    let subject = match plain_subject(original.subject.as_deref().unwrap_or(&gist.subject)) {
        none if none.is_empty() => sentences::say(language, "letter-no-subject"),
        subject => subject,
    };
    let (said, quoted) = words(original);
    let mut new = NewTicket::new(person, Channel::Mail, &subject, said.as_str());
    new.quoted = quoted;
    new.files.clone_from(&hand.files);
    let rule = deliver::rule_for(tx, hand, gist, address)?;
    deliver::route(&mut new, hand, rule);
    tickets::open(tx, &hand.desk(person), &new)
}

/// What whoever wrote the original says, and what he quotes. What the technician wrote above is none of it.
pub(super) fn words(original: &mail::Forwarded) -> (String, String) {
    let trimmed = mail::quote::trim(&original.text);
    (kept_text(&trimmed.visible), kept_text(&trimmed.rest))
}

/// Under his own rights: what he may not write on stays as it came, in the letter.
fn note(tx: &mut Write, hand: &Hand, words: &str, technician: PersonId, on: &Opened) -> Result<()> {
    let words = words.trim().trim_end_matches('_').trim_end();
    if words.is_empty() {
        return Ok(());
    }
    let cx = Context {
        viewer: sign_in::load_viewer(tx, technician, Via::Session)?,
        ..hand.desk(technician)
    };
    let new = NewMessage {
        body: words.to_string(),
        ..NewMessage::default()
    };
    match tx.attempt(|tx| tickets::note_beside(tx, &cx, on.number, &new)) {
        Ok(_) | Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}
