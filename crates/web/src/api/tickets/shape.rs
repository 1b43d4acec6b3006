//! A ticket as programs read it.

use desk::Read;
use desk::access::may_see_ticket;
use desk::tickets::{self as trade, MessageKind, Opened, Ticket};
use desk::{Context, PersonId, Result, TicketNumber, Time};
use serde::Serialize;
use utoipa::ToSchema;

use super::ByPerson;

#[derive(Debug, Serialize, ToSchema)]
pub struct ContactOut {
    pub email: Option<String>,
    pub name: String,
}

/// A line of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketOut {
    pub number: i64,
    pub subject: String,
    /// `new open pending on_hold solved closed`
    pub status: &'static str,
    /// `low normal high urgent`
    pub priority: &'static str,
    pub requester: ContactOut,
    pub assignee: Option<ContactOut>,
    /// The English name of the team.
    pub team: Option<String>,
    /// `mail portal chat phone in_person alert api`
    pub channel: &'static str,
    /// `en` or `fr`
    pub language: &'static str,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// When the next promise falls due; null while none runs.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Put away until then; null while it is not.
    #[schema(format = DateTime)]
    pub snoozed_until: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageOut {
    pub id: i64,
    /// `request reply note call visit`
    pub kind: &'static str,
    pub author: ContactOut,
    /// As it was written: Markdown for replies and notes, plain text for letters.
    pub body: String,
    #[schema(format = DateTime)]
    pub at: String,
    pub files: Vec<FileOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FileOut {
    pub id: i64,
    pub name: String,
    pub bytes: i64,
    pub sha256: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OneTicket {
    #[serde(flatten)]
    pub ticket: TicketOut,
    pub messages: Vec<MessageOut>,
}

fn contact(people: &ByPerson, id: PersonId) -> ContactOut {
    let found = people.get(&id);
    ContactOut {
        email: found.and_then(|c| c.address.clone()),
        name: found.map(|c| c.name.clone()).unwrap_or_default(),
    }
}

fn shaped(ticket: &Ticket, people: &ByPerson, team: Option<String>) -> TicketOut {
    TicketOut {
        number: ticket.number.0,
        subject: ticket.subject.clone(),
        status: ticket.status.as_str(),
        priority: ticket.priority.as_str(),
        requester: contact(people, ticket.requester),
        assignee: ticket.assignee.map(|id| contact(people, id)),
        team,
        channel: ticket.channel.as_str(),
        language: ticket.language.as_str(),
        created_at: ticket.created_at.rfc3339(),
        updated_at: ticket.updated_at.rfc3339(),
        due: (ticket.next_due != Time::NEVER).then(|| ticket.next_due.rfc3339()),
        snoozed_until: ticket.snoozed_until.map(Time::rfc3339),
    }
}

/// Lines for these tickets, in this order; those the viewer may not see are left out.
pub fn many(r: &mut Read, cx: &Context, numbers: &[TicketNumber]) -> Result<Vec<TicketOut>> {
    let mut tickets = Vec::with_capacity(numbers.len());
    for number in numbers {
        match trade::find_visible(r, cx, *number) {
            Ok(ticket) => tickets.push(ticket),
            Err(desk::Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let people = trade::contacts(
        r,
        tickets.iter().flat_map(|t| [Some(t.requester), t.assignee]).flatten(),
    )?;
    let teams = trade::team_names(r)?;
    Ok(tickets
        .iter()
        .map(|t| shaped(t, &people, t.team.and_then(|id| teams.get(&id).cloned())))
        .collect())
}

/// What [`one`] would answer right after it was opened, without reading back what was just written. Whoever may not
/// read it hears of no ticket, and nothing is kept.
pub fn opened(r: &mut Read, cx: &Context, opened: &Opened, body: String) -> Result<OneTicket> {
    let ticket = &opened.ticket;
    if !may_see_ticket(&cx.viewer, ticket) {
        return Err(desk::Error::NotFound);
    }
    let people = trade::contacts(r, [Some(ticket.requester), ticket.assignee].into_iter().flatten())?;
    let message = MessageOut {
        id: opened.message.0,
        kind: MessageKind::Request.as_str(),
        author: contact(&people, ticket.requester),
        body,
        at: ticket.created_at.rfc3339(),
        files: Vec::new(),
    };
    let team = team_of(r, ticket);
    Ok(OneTicket {
        ticket: shaped(ticket, &people, team),
        messages: vec![message],
    })
}

fn team_of(r: &mut Read, ticket: &Ticket) -> Option<String> {
    ticket.team.and_then(|id| trade::team_names(r).ok()?.remove(&id))
}

pub fn one(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<OneTicket> {
    let (ticket, messages, files) = trade::conversation(r, cx, number)?;
    let authors = messages.iter().map(|m| m.author);
    let people = trade::contacts(r, authors.chain([ticket.requester]).chain(ticket.assignee))?;
    let team = team_of(r, &ticket);
    let messages = messages
        .into_iter()
        .map(|m| MessageOut {
            id: m.id.0,
            kind: m.kind.as_str(),
            author: contact(&people, m.author),
            body: m.body.0,
            at: m.at.rfc3339(),
            files: files
                .iter()
                .filter(|f| f.message == m.id)
                .map(|f| FileOut {
                    id: f.id.0,
                    name: f.name.clone(),
                    bytes: f.bytes,
                    sha256: f.sha256.clone(),
                })
                .collect(),
        })
        .collect();
    Ok(OneTicket {
        ticket: shaped(&ticket, &people, team),
        messages,
    })
}
