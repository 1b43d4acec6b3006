//! A ticket as programs read it.

use std::collections::BTreeMap;

use desk::Read;
use desk::access::may_see_ticket;
use desk::forms;
use desk::tickets::{self as trade, MessageKind, Opened, Step, Ticket};
use desk::{Context, PersonId, Result, TicketNumber, Time};
use serde::Serialize;
use serde_json::Value;
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
    /// The number of its topic.
    pub topic: Option<i64>,
    /// What it has in the fields of its topic, by their keys: words, a number, `2026-11-17`, true or false, the key of
    /// what was chosen or a list of them.
    pub fields: BTreeMap<String, Value>,
    pub messages: Vec<MessageOut>,
    /// What has to be done; for technicians only.
    pub steps: Vec<StepOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StepOut {
    pub id: i64,
    pub words: String,
    pub done: bool,
    /// The name of whoever ticked it.
    pub done_by: Option<String>,
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
    pub assignee: Option<String>,
    /// 2026-11-17.
    pub due: Option<String>,
}

fn step(step: Step) -> StepOut {
    StepOut {
        id: step.id.0,
        words: step.words,
        done: step.done_at.is_some(),
        done_by: step.done_by_name,
        done_at: step.done_at.map(Time::rfc3339),
        assignee: step.assignee_name,
        due: step.due,
    }
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
    let fields = fields_of(r, cx, ticket.number)?;
    Ok(OneTicket {
        topic: ticket.topic.map(|id| id.0),
        fields,
        ticket: shaped(ticket, &people, team),
        messages: vec![message],
        steps: Vec::new(),
    })
}

/// Those that are shown and filled in, as far as the viewer sees them.
fn fields_of(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<BTreeMap<String, Value>> {
    let (form, answers) = forms::values_of(r, cx, number)?;
    let one = |field: &forms::Field| Some((field.key.clone(), answers.get(&field.id)?.to_json(field)));
    Ok(form.shown(&answers).into_iter().filter_map(one).collect())
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
    let steps = if cx.viewer.is_staff() {
        trade::steps(r, cx, number)?
    } else {
        Vec::new()
    };
    let fields = fields_of(r, cx, number)?;
    Ok(OneTicket {
        topic: ticket.topic.map(|id| id.0),
        fields,
        ticket: shaped(&ticket, &people, team),
        messages,
        steps: steps.into_iter().map(step).collect(),
    })
}
