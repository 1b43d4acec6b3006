//! What became of a letter: its state, the reason as the key of a sentence, and what it was filed on.

use db::{Write, args};

use super::keep::LetterState;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{LetterId, MessageId, TicketNumber};
use crate::mailboxes::gist::{Gist, one_line};

/// A technician said: file it on its ticket. Stands in the ledger until the letter is read again.
pub(in crate::mailboxes) const RELEASED_TICKET: &str = "letter-released-ticket";
/// A technician said: make it a ticket.
pub(in crate::mailboxes) const RELEASED_NEW: &str = "letter-released-new";

/// It came out of a file, and is too old to be anybody's turn. Stands in the ledger until the letter is read.
pub(super) const BROUGHT_OLD: &str = "letter-brought-old";

/// A technician said: it needs no ticket. Behind it stands the reason it had before.
pub(in crate::mailboxes) const DISMISSED: &str = "letter-reason-dismissed";

/// A technician passed on what somebody else wrote.
pub(super) const PASSED_ON: &str = "letter-reason-passed-on";

/// A technician wrote down a change.
pub(super) const LOGGED: &str = "letter-reason-logged";

/// Its sender opened too many tickets of late.
pub(in crate::mailboxes) const STORM: &str = "letter-reason-storm";
/// Everybody together did.
pub(in crate::mailboxes) const MAILBOX_STORM: &str = "letter-reason-mailbox-storm";

/// The key of a technician's reply stands on its envelope alone.
pub(super) const ENVELOPE: &str = "letter-reason-envelope";

/// Every key the column `reason` may begin with; each has a sentence in both languages.
const KEYS: [&str; 32] = [
    RELEASED_TICKET,
    RELEASED_NEW,
    BROUGHT_OLD,
    "letter-reason-opened",
    PASSED_ON,
    LOGGED,
    "letter-reason-answered",
    "letter-reason-follow-up",
    "letter-reason-replied",
    "letter-reason-stranger",
    "letter-reason-imported-stranger",
    "letter-reason-imported-several",
    "letter-reason-imported-already",
    "letter-reason-no-proof",
    "letter-reason-suspended",
    "letter-reason-not-allowed",
    "letter-reason-no-sender",
    "letter-reason-oversize",
    STORM,
    MAILBOX_STORM,
    ENVELOPE,
    "letter-reason-fault",
    "letter-reason-automatic",
    "letter-reason-circular",
    "letter-reason-report",
    "letter-reason-feedback",
    "letter-reason-loop",
    "letter-reason-bounce",
    "letter-reason-late",
    "letter-reason-duplicate",
    "letter-reason-rule",
    DISMISSED,
];

pub fn reason_keys() -> &'static [&'static str] {
    &KEYS
}

/// The key, and the words that go with it.
pub(in crate::mailboxes) fn split_reason(reason: &str) -> (&str, &str) {
    reason.split_once(' ').unwrap_or((reason, ""))
}

#[derive(Debug)]
pub(super) struct Outcome {
    pub state: LetterState,
    pub key: &'static str,
    pub detail: String,
    pub ticket: Option<TicketNumber>,
    pub message: Option<MessageId>,
    /// Under whose name it counts for the brake; empty where it does not.
    pub brake: String,
}

impl Outcome {
    pub(super) fn new(state: LetterState, key: &'static str) -> Outcome {
        Outcome {
            state,
            key,
            detail: String::new(),
            ticket: None,
            message: None,
            brake: String::new(),
        }
    }

    pub(super) fn held(key: &'static str) -> Outcome {
        Outcome::new(LetterState::Held, key)
    }

    pub(super) fn filed(key: &'static str, ticket: TicketNumber, message: MessageId) -> Outcome {
        Outcome {
            ticket: Some(ticket),
            message: Some(message),
            ..Outcome::new(LetterState::Filed, key)
        }
    }

    pub(super) fn on(mut self, ticket: Option<TicketNumber>) -> Outcome {
        self.ticket = ticket;
        self
    }

    pub(super) fn because(mut self, detail: &str) -> Outcome {
        self.detail = one_line(detail, 500);
        self
    }

    fn reason(&self) -> String {
        format!("{} {}", self.key, self.detail).trim_end().to_string()
    }
}

/// The line of the ledger as it now stands.
pub(super) fn write_down(tx: &mut Write, id: LetterId, gist: &Gist, envelope_from: &str, o: &Outcome) -> Result<()> {
    tx.exec(
        "UPDATE letter SET state = $2, reason = $3, ticket = $4, message = $5, brake = $6 WHERE id = $1",
        &args![id, o.state, o.reason(), o.ticket, o.message, o.brake.as_str()],
    )?;
    describe(tx, id, gist, envelope_from)
}

/// What the letter says, for the ledger.
pub(super) fn describe(tx: &mut Write, id: LetterId, gist: &Gist, envelope_from: &str) -> Result<()> {
    let subject = gist.letter.subject.as_deref().map(|s| one_line(s, 500));
    let message_id = gist.letter.message_id.as_deref().map(|m| one_line(m, 998));
    tx.exec(
        "UPDATE letter SET message_id = $2, sender = $3, sender_name = $4, subject = $5, attachments = $6, defects = $7,
           findings = $8, content = $9, dated = $10 WHERE id = $1",
        &args![
            id,
            message_id,
            gist.sender(envelope_from),
            gist.sender_name(),
            subject,
            gist.attachments_json(),
            gist.defects.as_str(),
            gist.findings.json(),
            gist.content.as_str(),
            gist.letter.date
        ],
    )?;
    Ok(())
}

/// A letter that could not be read, however often it was tried: held, with the words of the fault.
pub(super) fn hold_unread(tx: &mut Write, id: LetterId, now: Time, words: &str) -> Result<()> {
    let reason = format!("letter-reason-fault {}", one_line(words, 500));
    tx.exec(
        "UPDATE letter SET state = 'held', reason = $2, read_at = $3 WHERE id = $1 AND state = 'kept'",
        &args![id, reason, now],
    )?;
    Ok(())
}
