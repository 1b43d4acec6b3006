//! A problem comes in: by mail, portal, phone, at the counter, by the API. One transaction makes the ticket, its first
//! message, its due times, its event, and the acknowledgement that may leave.

use db::{Text, Write, args};

use super::fill;
use super::priority::{Impact, Priority, Urgency, priority_of};
use super::store;
use super::ticket::{Channel, Stage, Status, Ticket};
use super::write::{self, MessageFormat, MessageKind, NewFile, Words};
use crate::access::{Place, Via};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::forms::Given;
use crate::ids::{EventId, LetterId, MailboxId, MessageId, OrganizationId, PersonId, TeamId, TicketNumber, TopicId};
use crate::mailboxes::outbox;
use crate::words::Lang;

#[derive(Clone, Debug)]
pub struct NewTicket {
    pub subject: String,
    pub body: Text,
    pub format: MessageFormat,
    pub html: Option<String>,
    pub quoted: String,
    pub requester: PersonId,
    pub channel: Channel,
    pub language: Option<Lang>,
    pub impact: Impact,
    pub urgency: Urgency,
    /// Overrides the table of impact and urgency.
    pub priority: Option<Priority>,
    pub topic: Option<TopicId>,
    pub team: Option<TeamId>,
    pub assignee: Option<PersonId>,
    pub files: Vec<NewFile>,
    pub letter: Option<LetterId>,
    pub mailbox: Option<MailboxId>,
    /// False for an anonymous form: nothing but a confirmation is mailed until the address is confirmed.
    pub confirmed: bool,
    /// Send the requester a first letter that says it came in.
    pub acknowledge: bool,
    /// For imports: when it really began.
    pub created_at: Option<Time>,
    /// What the fields of its topic have.
    pub given: Given,
}

impl NewTicket {
    /// The usual case; the other fields have the values most callers want.
    pub fn new(requester: PersonId, channel: Channel, subject: &str, body: impl Into<Text>) -> NewTicket {
        NewTicket {
            subject: subject.to_string(),
            body: body.into(),
            format: MessageFormat::Text,
            html: None,
            quoted: String::new(),
            requester,
            channel,
            language: None,
            impact: Impact::One,
            urgency: Urgency::Medium,
            priority: None,
            topic: None,
            team: None,
            assignee: None,
            files: Vec::new(),
            letter: None,
            mailbox: None,
            confirmed: true,
            acknowledge: false,
            created_at: None,
            given: Given::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Opened {
    pub number: TicketNumber,
    /// As it was written.
    pub ticket: Ticket,
    pub message: MessageId,
    pub event: EventId,
}

db::table! {
    struct Asker { language: Lang, organization: Option<OrganizationId> }
}

pub fn open(tx: &mut Write, cx: &Context, new: &NewTicket) -> Result<Opened> {
    may_open(cx, new)?;
    if cx.viewer.via != Via::Desk {
        // A letter may come without a subject or a body; a person who types may not leave both out.
        Checks::default()
            .text(&new.subject, 250, "subject")
            .at_most(&new.body, 1_000_000, "body")
            .done()?;
    }
    let asker: Option<Asker> = tx.maybe(
        "SELECT language, organization FROM person WHERE id = $1 AND merged_into IS NULL",
        &args![new.requester],
    )?;
    let asker = asker.ok_or(Error::refused("requester", "refused-no-such-person"))?;
    known_places(tx, new)?;
    let mut ticket = draft(cx, new, &asker);
    let by_topic = team_of_topic(tx, new.topic)?;
    ticket.team = ticket.team.or(by_topic);
    ticket.settle(&cx.house);
    ticket.number = store::insert(tx, &ticket)?;
    let words = Words {
        kind: MessageKind::Request,
        channel: new.channel,
        author: new.requester,
        format: new.format,
        body: new.body.value(),
        quoted: &new.quoted,
        html: new.html.as_deref(),
        minutes: None,
        letter: new.letter,
        at: ticket.created_at,
    };
    let message = write::add(tx, ticket.number, words, &new.files)?;
    fill::answer(tx, cx, &ticket, &new.given)?;
    let fact = Fact::new(EventKind::TicketOpened)
        .on(ticket.number, ticket.team)
        .about(message.0);
    let event = events::record(tx, cx, fact)?;
    if new.acknowledge {
        outbox::acknowledge(tx, cx, &ticket, new.mailbox)?;
    }
    Ok(Opened {
        number: ticket.number,
        ticket,
        message,
        event,
    })
}

fn may_open(cx: &Context, new: &NewTicket) -> Result<()> {
    if cx.viewer.via == Via::Desk {
        return Ok(());
    }
    if cx.viewer.is_staff() {
        return crate::access::require(&cx.viewer, Place::DeskWrite);
    }
    crate::access::require(&cx.viewer, Place::SignedIn)?;
    // What a requester may say of his own request ends here: who has it and how urgent it is, the desk decides.
    let own =
        new.requester == cx.viewer.person && new.assignee.is_none() && new.priority.is_none() && new.team.is_none();
    let writes = !matches!(cx.viewer.via, Via::Token(scopes) if !scopes.write);
    if own && writes { Ok(()) } else { Err(Error::NotFound) }
}

/// A team or an assignee that is none is refused in words, not by the database.
fn known_places(tx: &mut Write, new: &NewTicket) -> Result<()> {
    if let Some(team) = new.team {
        let found: Option<TeamId> = tx.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
        found.ok_or(Error::refused("team", "refused-no-such-team"))?;
    }
    if let Some(assignee) = new.assignee {
        super::assign::must_be_technician(tx, assignee)?;
    }
    Ok(())
}

fn draft(cx: &Context, new: &NewTicket, asker: &Asker) -> Ticket {
    let at = new.created_at.unwrap_or(cx.now);
    let status = if new.assignee.is_some() {
        Status::Open
    } else {
        Status::New
    };
    Ticket {
        number: TicketNumber(0),
        subject: new.subject.trim().chars().take(250).collect(),
        status,
        stage: Stage::Active as i64,
        impact: new.impact,
        urgency: new.urgency,
        priority: new.priority.unwrap_or(priority_of(new.impact, new.urgency)),
        priority_set: new.priority.is_some(),
        channel: new.channel,
        language: new.language.unwrap_or(asker.language),
        topic: new.topic,
        team: new.team,
        assignee: new.assignee,
        requester: new.requester,
        organization: asker.organization,
        confirmed: new.confirmed,
        merged_into: None,
        waiting_for: String::new(),
        created_at: at,
        updated_at: at,
        replied_at: None,
        solved_at: None,
        closed_at: None,
        reply_due: Time::NEVER,
        solve_due: Time::NEVER,
        next_due: Time::NEVER,
        paused_at: None,
        paused_work: 0,
        requester_spoke_at: Some(at),
        snoozed_until: None,
        policy: None,
        asked_at: None,
        asked_paused: 0,
        answer_due: Time::NEVER,
        alarm_at: Time::NEVER,
    }
}

fn team_of_topic(tx: &mut Write, topic: Option<TopicId>) -> Result<Option<TeamId>> {
    let Some(topic) = topic else { return Ok(None) };
    let team: Option<Option<TeamId>> =
        tx.maybe("SELECT team FROM topic WHERE id = $1 AND NOT retired", &args![topic])?;
    team.ok_or(Error::refused("topic", "refused-no-such-topic"))
}
