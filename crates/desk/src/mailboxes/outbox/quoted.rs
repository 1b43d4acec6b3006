//! What was said before, under a reply: the last words, or the conversation, as the mailbox says. Only what the requester
//! reads anyway on his own page: never a note, nothing that was taken back.

use db::{Packed, Read, args};

use super::manners::Quote;
use super::parts::{escape, markdown};
use crate::clock::Time;
use crate::error::Result;
use crate::house::House;
use crate::ids::{MessageId, TicketNumber};
use crate::mailboxes::gist::one_line;
use crate::mailboxes::sentences::say_with;
use crate::tickets::MessageFormat;
use crate::words::{Arg, Lang, date_time};

const MOST_MESSAGES: i64 = 20;
const MOST_BYTES: usize = 64 * 1024;

db::table! {
    struct Said { body: Packed, format: MessageFormat, author: String, at: Time }
}

/// The quoted words as text and as HTML, the newest first; both empty when nothing is quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Quoted {
    pub text: String,
    pub html: String,
}

/// What stood on the ticket before this message; without one, all of it.
pub(super) fn history(
    r: &mut Read,
    house: &House,
    lang: Lang,
    how: Quote,
    ticket: TicketNumber,
    before: Option<MessageId>,
) -> Result<Quoted> {
    let most = match how {
        Quote::None => return Ok(Quoted::default()),
        Quote::Last => 1,
        Quote::All => MOST_MESSAGES,
    };
    let said: Vec<Said> = r.query(
        "SELECT m.body, m.format, p.name AS author, m.at FROM message m JOIN person p ON p.id = m.author
         WHERE m.ticket = $1 AND m.kind IN ('request', 'reply') AND m.state = 'sent' AND m.id < $2
         ORDER BY m.at DESC, m.id DESC LIMIT $3",
        &args![ticket, before.map_or(i64::MAX, |m| m.0), most],
    )?;
    let mut quoted = Quoted::default();
    for one in &said {
        let room = MOST_BYTES.saturating_sub(quoted.text.len());
        if room == 0 {
            break;
        }
        add(&mut quoted, house, lang, one, room);
    }
    Ok(quoted)
}

fn add(quoted: &mut Quoted, house: &House, lang: Lang, said: &Said, room: usize) {
    let body = said.body.trim();
    let cut = &body[..body.floor_char_boundary(room)];
    let more = if cut.len() < body.len() { "\n…" } else { "" };
    let body = format!("{cut}{more}");
    if body.trim().is_empty() {
        return;
    }
    let args = [
        ("date", Arg::Owned(date_time(lang, said.at, &house.zone))),
        ("name", Arg::Owned(one_line(&said.author, 120))),
    ];
    let lead = say_with(lang, "mail-quote-lead", &args);
    let lines: String = body.lines().map(|line| format!("> {line}\n")).collect();
    quoted.text.push_str(&format!("\n{lead}\n{lines}"));
    let html = match said.format {
        MessageFormat::Markdown => markdown(&body),
        MessageFormat::Text => plain(&body),
    };
    quoted
        .html
        .push_str(&format!("<p>{}</p><blockquote>{html}</blockquote>", escape(&lead)));
}

fn plain(text: &str) -> String {
    let paragraphs = text.split("\n\n").filter(|p| !p.trim().is_empty());
    paragraphs
        .map(|p| format!("<p>{}</p>", escape(p.trim()).replace('\n', "<br>")))
        .collect()
}
