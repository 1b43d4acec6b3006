//! What was said, as a letter to the visitor.

use db::{Read, Write, args};

use super::line::lines;
use super::record::Chat;
use super::sentences::say;
use crate::context::Context;
use crate::error::Result;
use crate::mailboxes::outbox::{self, Notice};
use crate::people;
use crate::tickets::Ticket;
use crate::words::{self, Arg, Lang};

/// To an address nobody has confirmed nothing of it is mailed, but the question whether it is his: a stranger must not
/// make the desk write his words to somebody else.
pub(super) fn send(tx: &mut Write, cx: &Context, chat: &Chat, ticket: &Ticket) -> Result<()> {
    if !ticket.confirmed {
        return outbox::acknowledge(tx, cx, ticket, None);
    }
    let person = people::root(tx, chat.person)?;
    let notice = notice(tx, cx, chat, ticket)?;
    outbox::notice(tx, &cx.house, cx.now, person, &notice)?;
    Ok(())
}

fn notice(r: &mut Read, cx: &Context, chat: &Chat, ticket: &Ticket) -> Result<Notice> {
    let lang: Lang = r.one("SELECT language FROM ticket WHERE number = $1", &args![ticket.number])?;
    let number = ticket.number.to_string();
    let about = [("number", Arg::Text(&number))];
    let said = lines(r, chat)?;
    let each = said.iter().map(|line| {
        let time = words::clock_time(lang, line.at, &cx.house.zone);
        format!("{time}  {}\n{}", line.author_name, line.body.0)
    });
    let mut paragraphs = vec![say(lang, "chat-letter-lead", &about)];
    paragraphs.extend(each);
    Ok(Notice {
        switch_off: None,
        subject: say(lang, "chat-letter-subject", &about),
        text: paragraphs.join("\n\n"),
        footer: say(lang, "chat-letter-footer", &[]),
        path: format!("/{lang}/requests/{number}"),
    })
}
