//! One ticket, whole: for the ticket page, the portal and the API. What a viewer may read of it is decided here, once.

use db::{Packed, Read, Sql, Write, args};

use super::link::{self, Linked};
use super::mention::{self, Mention};
use super::ticket::{Channel, Ticket};
use super::write::{MessageFormat, MessageKind, MessageState};
use super::{store, tag, watch};
use crate::access::{self, Action};
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;
use crate::events::{self, Event};
use crate::ids::{FileId, LetterId, MessageId, PersonId, TicketNumber};

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NamedPerson { pub id: PersonId, pub name: String }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct MessageRow {
        pub id: MessageId,
        pub ticket: TicketNumber,
        pub kind: MessageKind,
        pub state: MessageState,
        pub channel: Channel,
        pub author: PersonId,
        pub author_name: String,
        pub format: MessageFormat,
        pub body: Packed,
        pub quoted: Packed,
        pub html: Option<Packed>,
        pub minutes: Option<i64>,
        pub letter: Option<LetterId>,
        pub at: Time,
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct FileRow {
        pub id: FileId,
        pub ticket: TicketNumber,
        pub message: MessageId,
        pub name: String,
        pub mime: String,
        pub bytes: i64,
        pub sha256: String,
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct SolutionRow {
        pub ticket: TicketNumber,
        pub cause: Packed,
        pub steps: Packed,
        pub helped: Packed,
        pub author: PersonId,
        pub author_name: String,
        pub at: Time,
    }
}

/// Everything the ticket page shows of the ticket itself.
#[derive(Clone, Debug)]
pub struct Detail {
    pub ticket: Ticket,
    pub requester: NamedPerson,
    pub assignee: Option<NamedPerson>,
    pub messages: Vec<MessageRow>,
    pub files: Vec<FileRow>,
    pub events: Vec<Event>,
    pub solutions: Vec<SolutionRow>,
    pub tags: Vec<String>,
    pub watchers: Vec<NamedPerson>,
    /// Who was named in its messages.
    pub mentions: Vec<Mention>,
    pub links: Vec<Linked>,
    /// The tickets merged into this one.
    pub merged: Vec<TicketNumber>,
    /// When the viewer last looked.
    pub read_at: Option<Time>,
}

/// The ticket, if the viewer may see it. A merged one says where it went in `merged_into`.
pub fn find_visible(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    store::load(r, number)?.admit(&cx.viewer, Action::See)
}

/// The ticket, if the viewer may read all of it.
pub fn find_inside(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    store::load(r, number)?.admit(&cx.viewer, Action::Inside)
}

/// The last ticket of the chain of merges this one went into, if the viewer may see that one too.
pub fn merged_root(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<TicketNumber> {
    find_visible(r, cx, number)?;
    let root = store::root(r, number)?;
    Ok(find_visible(r, cx, root).map_or(number, |t| t.number))
}

/// For technicians.
pub fn detail(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Detail> {
    access::require(&cx.viewer, access::Place::Desk)?;
    let ticket = find_inside(r, cx, number)?;
    let numbers = seen_with_merged(r, cx, number)?;
    let read_at = r.maybe(
        "SELECT at FROM read_mark WHERE person = $1 AND ticket = $2",
        &args![cx.viewer.person, number],
    )?;
    Ok(Detail {
        requester: person(r, ticket.requester)?,
        assignee: ticket.assignee.map(|id| person(r, id)).transpose()?,
        messages: messages(r, &numbers, true)?,
        files: files(r, &numbers)?,
        events: events::history(r, &numbers)?,
        solutions: solutions(r, &numbers)?,
        tags: tag::of(r, number)?,
        watchers: watch::of(r, &numbers)?,
        mentions: mention::of(r, &numbers)?,
        links: link::links(r, cx, number)?,
        merged: numbers.into_iter().filter(|n| *n != number).collect(),
        read_at,
        ticket,
    })
}

/// What the viewer may read of the conversation: technicians all of it, requesters what was said between them and the
/// desk on their own ticket. Notes, calls, visits and what was taken back are never for requesters.
pub fn conversation(
    r: &mut Read,
    cx: &Context,
    number: TicketNumber,
) -> Result<(Ticket, Vec<MessageRow>, Vec<FileRow>)> {
    let ticket = find_visible(r, cx, number)?;
    let staff = access::may(&cx.viewer, Action::Inside, &ticket);
    let numbers = if staff {
        seen_with_merged(r, cx, number)?
    } else {
        own_side(r, &ticket)?
    };
    let messages = messages(r, &numbers, staff)?;
    let files = files(r, &numbers)?;
    let shown = files
        .into_iter()
        .filter(|f| messages.iter().any(|m| m.id == f.message))
        .collect();
    Ok((ticket, messages, shown))
}

/// The ticket and what was merged into it, but for what the viewer may not see: merging shows nobody a private team's.
pub(super) fn seen_with_merged(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<TicketNumber>> {
    let mut seen = Vec::new();
    for each in store::with_merged(r, number)? {
        if each == number || access::may(&cx.viewer, Action::Inside, &store::raw(r, each)?) {
            seen.push(each);
        }
    }
    Ok(seen)
}

/// The merged tickets of the same requester: letters of others stay theirs.
fn own_side(r: &mut Read, ticket: &Ticket) -> Result<Vec<TicketNumber>> {
    let mut own = Vec::new();
    for number in store::with_merged(r, ticket.number)? {
        if number == ticket.number || store::raw(r, number)?.requester == ticket.requester {
            own.push(number);
        }
    }
    Ok(own)
}

fn person(r: &mut Read, id: PersonId) -> Result<NamedPerson> {
    Ok(r.one("SELECT id, name FROM person WHERE id = $1", &args![id])?)
}

fn messages(r: &mut Read, numbers: &[TicketNumber], staff: bool) -> Result<Vec<MessageRow>> {
    let mut sql = Sql::new(
        "SELECT m.id, m.ticket, m.kind, m.state, m.channel, m.author, p.name AS author_name, m.format, m.body,
           m.quoted, m.html, m.minutes, m.letter, m.at
         FROM message m JOIN person p ON p.id = m.author WHERE m.state <> 'withdrawn' AND m.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(")");
    if !staff {
        sql.push(" AND m.state = 'sent' AND m.kind IN ('request', 'reply')");
    }
    sql.push(" ORDER BY m.at, m.id");
    Ok(r.query_sql(&sql)?)
}

fn files(r: &mut Read, numbers: &[TicketNumber]) -> Result<Vec<FileRow>> {
    let mut sql = Sql::new("SELECT id, ticket, message, name, mime, bytes, sha256 FROM file WHERE ticket IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY id");
    Ok(r.query_sql(&sql)?)
}

fn solutions(r: &mut Read, numbers: &[TicketNumber]) -> Result<Vec<SolutionRow>> {
    let mut sql = Sql::new(
        "SELECT s.ticket, s.cause, s.steps, s.helped, s.author, p.name AS author_name, s.at
         FROM solution s JOIN person p ON p.id = s.author WHERE s.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY s.at");
    Ok(r.query_sql(&sql)?)
}

/// One file, if the viewer may read the message it hangs on.
pub fn find_file(r: &mut Read, cx: &Context, id: FileId) -> Result<FileRow> {
    let file: FileRow = r.one(
        "SELECT id, ticket, message, name, mime, bytes, sha256 FROM file WHERE id = $1",
        &args![id],
    )?;
    let (_, messages, _) = conversation(r, cx, file.ticket)?;
    let readable = messages.iter().any(|m| m.id == file.message);
    if readable {
        Ok(file)
    } else {
        Err(crate::error::Error::NotFound)
    }
}

/// Whether a look at this ticket must be on record: an administrator sees it only because he is one.
fn is_audited_look(cx: &Context, ticket: &Ticket) -> bool {
    let own = ticket.requester == cx.viewer.person;
    !own && ticket.team.is_some_and(|team| cx.viewer.audited_teams.contains(&team))
}

/// Puts the look on record where it must be, before anything of the ticket is shown; without the record there is no
/// look. Costs nothing for those whose looks are not audited.
pub async fn look(desk: &Desk, cx: &Context, number: TicketNumber) -> Result<()> {
    if cx.viewer.audited_teams.is_empty() {
        return Ok(());
    }
    let asked = cx.clone();
    let audited = desk
        .read(move |r| Ok(is_audited_look(&asked, &find_visible(r, &asked, number)?)))
        .await?;
    if audited {
        let cx = cx.clone();
        desk.write(move |tx| note_look(tx, &cx, number)).await?;
    }
    Ok(())
}

fn note_look(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::See)?;
    if is_audited_look(cx, &ticket) {
        let subject = format!("ticket {number}");
        access::audit(
            tx,
            cx.now,
            Some(cx.viewer.person),
            "looked at a private ticket",
            &subject,
            "",
        )?;
    }
    Ok(())
}

/// The viewer has looked: what comes later is new.
///
/// No event: reading is nobody else's news.
pub fn mark_read(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    store::load(tx, number)?.admit(&cx.viewer, Action::See)?;
    tx.exec(
        "INSERT INTO read_mark (person, ticket, at) VALUES ($1, $2, $3)
         ON CONFLICT (person, ticket) DO UPDATE SET at = excluded.at",
        &args![cx.viewer.person, number, cx.now],
    )?;
    mention::seen(tx, cx, number)
}
