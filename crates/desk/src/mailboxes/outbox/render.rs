//! Writing a letter that leaves: typed values from the rows, the keyed reply address and link, the thread it belongs to.

use db::{Packed, Read, Write, args};

use super::fill::Values;
use super::links::{self, HowItWent};
use super::manners;
use super::parts::{self, Content, Reply};
use super::queue::{Notice, OutgoingKind};
use super::quoted;
use super::template::TemplateKind;
use super::templates::{self, Which};
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::files;
use crate::house::House;
use crate::ids::{MailboxId, MessageId, OutgoingId, PersonId, TicketNumber};
use crate::mailboxes::boxes::{self, Mailbox};
use crate::mailboxes::reply_address;
use crate::tickets::{Stage, Status};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub(super) struct Row {
        id: OutgoingId,
        kind: OutgoingKind,
        ticket: Option<TicketNumber>,
        message: Option<MessageId>,
        person: Option<PersonId>,
        recipient: String,
        mailbox: Option<MailboxId>,
        language: Lang,
        message_id: String,
        data: String,
        send_at: Time,
    }
}
db::table! {
    struct Said { body: Packed, author: String, at: Time }
}
db::table! {
    struct Attached { name: String, mime: String, sha256: String }
}

/// A letter ready to be written out; its files are still in the store.
#[derive(Debug)]
pub struct Draft {
    pub id: OutgoingId,
    /// The envelope sender: the keyed address for a reply, so that a bounce finds its ticket; nobody for what is
    /// automatic, so that nothing ever answers it.
    pub from: String,
    pub to: String,
    letter: mail::Outgoing,
    files: Vec<Attached>,
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl Draft {
    /// The bytes to send. Reads the files, so it blocks; an address or a file that cannot be sent is a refusal.
    pub fn compose(mut self, store: &files::Store) -> Result<Vec<u8>> {
        for file in &self.files {
            self.letter
                .attachments
                .push((file.name.clone(), file.mime.clone(), store.get(&file.sha256)?));
        }
        mail::compose(&self.letter).map_err(Error::fault)
    }
}

pub(super) fn draft(tx: &mut Write, house: &House, now: Time, row: &Row, public_url: &str) -> Result<Draft> {
    let mailbox = row.mailbox.ok_or(Error::NotFound)?;
    let mailbox = boxes::in_use(tx, mailbox)?;
    let said = said_by(tx, row.message)?;
    let desk = if mailbox.name.is_empty() {
        house.name.clone()
    } else {
        mailbox.name.clone()
    };
    let (content, unsubscribe) = words(tx, house, now, row, said.as_ref(), public_url)?;
    let reply_to = reply_to(tx, house, row, &mailbox)?;
    let automatic = row.kind != OutgoingKind::Reply;
    let envelope = if automatic { String::new() } else { reply_to.clone() };
    let (in_reply_to, references) = thread_of(tx, row)?;
    let name = said.map_or(desk.clone(), |s| format!("{} - {desk}", s.author));
    let marks = if automatic {
        vec![("X-Loop", mailbox.address.clone())]
    } else {
        Vec::new()
    };
    let letter = mail::Outgoing {
        message_id: row.message_id.clone(),
        from: mail::Address::new(Some(&name), &mailbox.address),
        reply_to: Some(mail::Address::new(Some(&desk), &reply_to)),
        to: vec![mail::Address::new(None, &row.recipient)],
        subject: content.subject,
        // Tried again, it is the same letter to the last field.
        date: row.send_at.0,
        in_reply_to,
        references,
        text: content.text,
        html: content.html,
        auto_submitted: submitted(row.kind),
        list_unsubscribe: unsubscribe,
        language: Some(row.language.tag().to_string()),
        extra: marks,
        ..mail::Outgoing::default()
    };
    Ok(Draft {
        id: row.id,
        from: envelope,
        to: row.recipient.clone(),
        letter,
        files: files_of(tx, row.message)?,
    })
}

/// What it says, and where its reader can do without such letters.
fn words(
    tx: &mut Write,
    house: &House,
    now: Time,
    row: &Row,
    said: Option<&Said>,
    public_url: &str,
) -> Result<(Content, Option<String>)> {
    if let Some(notice) = notice_of(row)? {
        // Its page asks who comes; no key is made for it.
        let link = format!("{public_url}{}", notice.path);
        let unsubscribe = notice.switch_off.as_deref().map(|path| format!("{public_url}{path}"));
        return Ok((parts::notice(row.language, &notice, &link), unsubscribe));
    }
    let person = row.person.ok_or(Error::NotFound)?;
    let secret = links::make(tx, now, row.kind, person, row.ticket)?;
    let asked = HowItWent::of(public_url, row.language, secret.as_str());
    let link = format!(
        "{public_url}{}",
        links::path_of(row.language, row.kind, secret.as_str())
    );
    let name: String = tx.one("SELECT name FROM person WHERE id = $1", &args![person])?;
    let values = Values {
        lang: row.language,
        number: row.ticket.map(|t| t.0),
        desk: &house.name,
        name: &name,
        link: &link,
        asked: Some(&asked),
    };
    Ok((content(tx, house, row, said, values)?, None))
}

fn notice_of(row: &Row) -> Result<Option<Notice>> {
    if row.kind != OutgoingKind::Notice {
        return Ok(None);
    }
    serde_json::from_str(&row.data).map(Some).map_err(Error::fault)
}

fn submitted(kind: OutgoingKind) -> Option<mail::AutoSubmitted> {
    match kind {
        OutgoingKind::Reply => None,
        OutgoingKind::Acknowledgement | OutgoingKind::Confirm => Some(mail::AutoSubmitted::Replied),
        _ => Some(mail::AutoSubmitted::Generated),
    }
}

db::table! {
    struct About { subject: String, status: Status, solved_at: Option<Time> }
}

fn content(r: &mut Read, house: &House, row: &Row, said: Option<&Said>, values: Values<'_>) -> Result<Content> {
    let which = Which {
        kind: TemplateKind::of(row.kind),
        language: row.language,
        mailbox: row.mailbox,
    };
    let template = templates::current(r, which)?;
    let (Some(said), Some(ticket), Some(mailbox)) = (said, row.ticket, row.mailbox) else {
        return Ok(parts::automatic(&template, &values));
    };
    let about: About = r.one(
        "SELECT subject, status, solved_at FROM ticket WHERE number = $1",
        &args![ticket],
    )?;
    // The reply that solved it asks how it went; a letter of its own would only say it twice.
    let solved = about.status.stage() == Stage::Done && about.solved_at == Some(said.at);
    let manners = manners::of(r, mailbox)?;
    let reply = Reply {
        subject: &about.subject,
        body: &said.body,
        signature: manners.signature(row.language),
        frame: &template,
        asked: values.asked.filter(|_| solved),
        values,
        quoted: &quoted::history(r, house, row.language, manners.quote, ticket, row.message)?,
    };
    Ok(reply.content())
}

fn said_by(r: &mut Read, message: Option<MessageId>) -> Result<Option<Said>> {
    let Some(message) = message else { return Ok(None) };
    Ok(r.maybe(
        "SELECT m.body, p.name AS author, m.at FROM message m JOIN person p ON p.id = m.author WHERE m.id = $1",
        &args![message],
    )?)
}

fn files_of(r: &mut Read, message: Option<MessageId>) -> Result<Vec<Attached>> {
    let Some(message) = message else { return Ok(Vec::new()) };
    Ok(r.query(
        "SELECT name, mime, sha256 FROM file WHERE message = $1 ORDER BY id",
        &args![message],
    )?)
}

fn reply_to(tx: &mut Write, house: &House, row: &Row, mailbox: &Mailbox) -> Result<String> {
    let (Some(ticket), Some(person)) = (row.ticket, row.person) else {
        return Ok(mailbox.address.clone());
    };
    let token = reply_address::token_for(tx, house, ticket, person)?;
    Ok(reply_address::address_with(&mailbox.address, &token))
}

/// The letter it answers, and the thread before it, so that mail programs show one conversation: as they were when it was
/// due, so that it is the same letter however often it is tried. What a stranger wrote
/// into a Message-ID is repeated only when it can stand in a header.
fn thread_of(r: &mut Read, row: &Row) -> Result<(Option<String>, Vec<String>)> {
    let Some(ticket) = row.ticket else {
        return Ok((None, Vec::new()));
    };
    let received: Vec<String> = r.query(
        "SELECT message_id FROM letter WHERE ticket = $1 AND state = 'filed' AND message_id IS NOT NULL
           AND received_at <= $2 ORDER BY id DESC LIMIT 10",
        &args![ticket, row.send_at],
    )?;
    let sent: Vec<String> = r.query(
        "SELECT message_id FROM outgoing WHERE ticket = $1 AND state = 'sent' AND id < $2 ORDER BY id DESC LIMIT 5",
        &args![ticket, row.id],
    )?;
    let fits = |id: &String| {
        (3..=200).contains(&id.len())
            && id.contains('@')
            && id.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>')
    };
    let answered = received.iter().find(|id| fits(id)).or(sent.first()).cloned();
    let mut references: Vec<String> = sent
        .into_iter()
        .rev()
        .chain(received.into_iter().rev())
        .filter(fits)
        .collect();
    if let Some(last) = &answered {
        references.retain(|id| id != last);
        references.push(last.clone());
    }
    Ok((answered, references))
}
