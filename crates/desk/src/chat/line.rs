//! One line, and all of them as both sides read them.

use db::{Packed, Read, Write, args};

use super::key::fresh_key;
use super::record::Chat;
use crate::clock::{MINUTE, Time};
use crate::error::{Checks, Error, Result};
use crate::ids::{MessageId, PersonId, TicketNumber};
use crate::tickets::{MessageFormat, MessageKind};

/// Characters of one line.
pub const MOST_IN_A_LINE: usize = 2_000;
/// Lines of one chat; more is a letter, or a machine.
const MOST_LINES: i64 = 500;
/// Lines of one visitor in a minute.
const MOST_A_MINUTE: i64 = 30;

/// What is said, and the name the sender's browser gave it.
#[derive(Clone, Debug, Default)]
pub struct NewLine {
    pub body: String,
    pub client: String,
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct LineRow {
        pub id: MessageId,
        pub kind: MessageKind,
        pub author: PersonId,
        pub author_name: String,
        pub format: MessageFormat,
        pub body: Packed,
        pub at: Time,
        pub client: Option<String>,
    }
}

/// What was said between the two in the chat, on this ticket alone and until it ended. Whoever holds the secret may have
/// given an address that is not his: what was merged into the ticket, what the team notes and what is answered by
/// letter or on the portal, even meanwhile, is not for him.
pub fn lines(r: &mut Read, chat: &Chat) -> Result<Vec<LineRow>> {
    Ok(r.query(
        "SELECT m.id, m.kind, m.author, p.name AS author_name, m.format, m.body, m.at, l.client
         FROM message m JOIN person p ON p.id = m.author
         LEFT JOIN chat_line l ON l.message = m.id AND l.ticket = m.ticket
         WHERE m.ticket = $1 AND m.state = 'sent' AND m.kind IN ('request', 'reply') AND m.at <= $2
           AND (m.channel = 'chat' OR l.message IS NOT NULL)
         ORDER BY m.at, m.id LIMIT 1000",
        &args![chat.ticket, chat.read_until()],
    )?)
}

impl NewLine {
    pub(super) fn check(&self) -> Result<()> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        Checks::default()
            .text(&self.body, MOST_IN_A_LINE, "body")
            .check(
                self.client.len() <= 64 && self.client.chars().all(plain),
                "body",
                "refused-chat-key",
            )
            .done()
    }

    /// The message this line became when it was sent before.
    pub(super) fn said_before(&self, r: &mut Read, ticket: TicketNumber) -> Result<Option<MessageId>> {
        if self.client.is_empty() {
            return Ok(None);
        }
        Ok(r.maybe(
            "SELECT message FROM chat_line WHERE ticket = $1 AND client = $2",
            &args![ticket, self.client.as_str()],
        )?)
    }

    pub(super) fn keep(&self, tx: &mut Write, ticket: TicketNumber, message: MessageId) -> Result<()> {
        // A line without a name is one of the chat too, also when it goes by letter.
        let client = match self.client.as_str() {
            "" => fresh_key()?,
            named => named.to_string(),
        };
        tx.exec(
            "INSERT INTO chat_line (ticket, client, message) VALUES ($1, $2, $3)",
            &args![ticket, client, message],
        )?;
        Ok(())
    }
}

/// Refuses what no person types.
pub(super) fn not_too_many(r: &mut Read, chat: &Chat, now: Time) -> Result<()> {
    let lately: i64 = r.one(
        "SELECT count(*) FROM message WHERE ticket = $1 AND at > $2 AND author = $3",
        &args![chat.ticket, now.plus(-MINUTE), chat.person],
    )?;
    if lately >= MOST_A_MINUTE {
        return Err(Error::TooOften { seconds: 60 });
    }
    let all: i64 = r.one("SELECT count(*) FROM message WHERE ticket = $1", &args![chat.ticket])?;
    if all >= MOST_LINES {
        return Err(Error::Conflict("conflict-chat-long"));
    }
    Ok(())
}
