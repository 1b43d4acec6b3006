//! A letter that says that one of ours came back. It is recorded, and the letter of ours is marked as failed with the
//! server's words; it never opens a ticket, answers, or tells anybody by mail.

use db::Write;

use super::keep::LetterState;
use super::outcome::Outcome;
use super::read::Hand;
use crate::error::Result;
use crate::ids::PersonId;
use crate::mailboxes::gist::{Gist, one_line};
use crate::mailboxes::outbox;
use crate::mailboxes::thread::Found;

pub(super) fn record(tx: &mut Write, hand: &Hand, gist: &Gist, found: Option<Found>, late: bool) -> Result<Outcome> {
    let ours = match outbox::find_by_identifiers(tx, &identifiers(gist))? {
        Some(ours) => Some(ours),
        None => match found {
            Some(found) => outbox::last_sent_to(tx, found.ticket, found.person)?,
            None => None,
        },
    };
    let ticket = ours.as_ref().and_then(|o| o.ticket).or(found.map(|f| f.ticket));
    let words = words_of(gist);
    if late {
        return Ok(Outcome::new(LetterState::Bounce, "letter-reason-late")
            .on(ticket)
            .because(&words));
    }
    // A later hop of its way may have failed for somebody whom we never wrote to.
    // What came back long ago says nothing about an address today.
    if let Some(ours) = ours.filter(|ours| !hand.is_old_news() && concerns(gist, &ours.recipient)) {
        let cx = hand.desk(ours.person.unwrap_or(PersonId(0)));
        outbox::failed_for_good(tx, &cx, ours.id, &words)?;
    }
    Ok(Outcome::new(LetterState::Bounce, "letter-reason-bounce")
        .on(ticket)
        .because(&words))
}

/// Whether the report is about this recipient, or names nobody.
fn concerns(gist: &Gist, recipient: &str) -> bool {
    let Some(report) = &gist.letter.report else { return true };
    let each = report.recipients.iter().flat_map(|r| [&r.address, &r.original]);
    let named: Vec<&String> = each.chain([&report.recipient]).flatten().collect();
    named.is_empty() || named.iter().any(|one| one.eq_ignore_ascii_case(recipient))
}

/// The letter it is about, as far as the report names one.
fn identifiers(gist: &Gist) -> Vec<String> {
    let named = gist.letter.report.as_ref().and_then(|r| r.original_message_id.clone());
    let answered = gist
        .letter
        .in_reply_to
        .iter()
        .chain(gist.letter.references.iter().rev())
        .cloned();
    named
        .into_iter()
        .chain(answered)
        .map(|id| one_line(&id, 998))
        .take(20)
        .collect()
}

/// What the server said: whom it concerns, the status, the diagnosis.
fn words_of(gist: &Gist) -> String {
    let Some(report) = &gist.letter.report else {
        return String::new();
    };
    let parts = [&report.recipient, &report.status, &report.diagnostic];
    let said: Vec<&str> = parts
        .into_iter()
        .flatten()
        .map(|s| s.trim())
        .filter(|s| !s.is_empty())
        .collect();
    one_line(&said.join(": "), 400)
}
