//! Handing over: the packet goes to a team, to a group outside, or to a supervisor, and the ticket with it.

use db::{Read, Write, args};

use super::escalation::{Escalation, Recorded, State, To};
use super::packet::Packet;
use super::store;
use crate::access::Role;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EscalationId, EventId, PersonId, TeamId, TicketNumber};
use crate::tickets::{self, Given, Status, Ticket};

/// Hands it over. One that was returned goes again as its next round.
pub fn hand_over(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    to: Option<To>,
    packet: &Packet,
) -> Result<Recorded> {
    let ticket = workable(tx, cx, number)?;
    let latest = store::latest(tx, number)?;
    if latest.as_ref().is_some_and(|one| one.state == State::Waiting) {
        return Err(Error::Conflict("conflict-escalation-open"));
    }
    let mut packet = packet.tidied();
    let mut checks = Checks::default();
    packet.check_length(&mut checks);
    packet.check_whole(&mut checks);
    checks.check(to.is_some(), "to", "refused-no-receiver").done()?;
    let to = to.ok_or(Error::refused("to", "refused-no-receiver"))?;
    may_go_to(tx, cx, &ticket, to)?;
    (packet.reply_due, packet.solve_due) = (owed(ticket.reply_due), owed(ticket.solve_due));
    let (_, _, files) = tickets::conversation(tx, cx, number)?;
    packet.files.retain(|id| files.iter().any(|file| file.id == *id));
    let mut escalation = written(cx, &ticket, latest, to);
    if escalation.round == 1 {
        escalation.id = store::insert(tx, &escalation)?;
    }
    store::add_round(tx, &escalation, to, &packet)?;
    store::forget_draft(tx, number)?;
    escalation.event = Some(moved(tx, cx, &ticket, to, escalation.id)?);
    store::save(tx, &escalation)?;
    recorded(&escalation)
}

pub(super) fn recorded(escalation: &Escalation) -> Result<Recorded> {
    let event = escalation
        .event
        .ok_or_else(|| Error::fault("an escalation without a deed"))?;
    Ok(Recorded {
        id: escalation.id,
        event,
    })
}

/// The ticket, held, if there is still something to be done about it.
pub(super) fn workable(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    let ticket = tickets::held(tx, cx, number)?;
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    if matches!(ticket.status, Status::Solved | Status::Closed) {
        return Err(Error::Conflict("conflict-already-solved"));
    }
    Ok(ticket)
}

fn owed(due: Time) -> Option<Time> {
    Some(due).filter(|due| *due != Time::NEVER)
}

fn written(cx: &Context, ticket: &Ticket, latest: Option<Escalation>, to: To) -> Escalation {
    // Whoever handed it over first stays the requester's contact, however far it goes.
    let contact = latest.as_ref().and_then(|one| one.contact);
    let returned = latest.filter(|one| one.state == State::Returned);
    let before = returned.as_ref();
    let mut escalation = Escalation {
        id: before.map_or(EscalationId(0), |old| old.id),
        ticket: ticket.number,
        state: State::Waiting,
        kind: to.kind(),
        to_team: None,
        to_group: None,
        to_person: None,
        from_team: ticket.team,
        from_assignee: ticket.assignee,
        topic: ticket.topic,
        contact: contact.or(Some(cx.viewer.person)),
        taken_by: None,
        round: before.map_or(1, |old| old.round + 1),
        sent_by: cx.viewer.person,
        sent_at: cx.now,
        event: None,
        created_at: before.map_or(cx.now, |old| old.created_at),
    };
    escalation.goes_to(to);
    escalation
}

/// A team has the ticket at once; a group outside is waited for; a supervisor has it when he takes it.
fn moved(tx: &mut Write, cx: &Context, ticket: &Ticket, to: To, id: EscalationId) -> Result<EventId> {
    let event = (EventKind::Escalated, id.0);
    let given = match to {
        To::Team(team) => Given {
            team: Some(team),
            assignee: None,
            waiting_for: None,
        },
        To::Group(group) => Given {
            team: ticket.team,
            assignee: ticket.assignee,
            waiting_for: Some(group.name(ticket.language)),
        },
        To::Supervisor(_) => {
            let fact = Fact::new(event.0).on(ticket.number, ticket.team).about(id.0);
            return events::record(tx, cx, fact);
        }
    };
    Ok(tickets::handed_on(tx, cx, ticket.number, event, &given)?.event)
}

fn may_go_to(r: &mut Read, cx: &Context, ticket: &Ticket, to: To) -> Result<()> {
    match to {
        To::Team(team) => may_go_to_team(r, cx, ticket, team),
        To::Group(_) => Ok(()),
        To::Supervisor(person) => may_go_to_person(r, cx, ticket, person),
    }
}

fn may_go_to_team(r: &mut Read, cx: &Context, ticket: &Ticket, team: TeamId) -> Result<()> {
    let known: Option<TeamId> = r.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
    known.ok_or(Error::refused("to", "refused-no-such-team"))?;
    let own = ticket.team == Some(team) || cx.viewer.teams.contains(&team);
    let members: i64 = r.one(
        "SELECT count(*) FROM membership m JOIN person p ON p.id = m.person WHERE m.team = $1 AND NOT p.suspended",
        &args![team],
    )?;
    Checks::default()
        .check(!own, "to", "refused-own-team")
        .check(own || members > 0, "to", "refused-empty-team")
        .done()
}

/// Somebody above, who may read the ticket where it is.
fn may_go_to_person(r: &mut Read, cx: &Context, ticket: &Ticket, person: PersonId) -> Result<()> {
    let found: Option<PersonId> = r.maybe(
        "SELECT p.id FROM person p WHERE p.id = $1 AND NOT p.suspended AND p.role IN ($2, $3) AND (p.role = $3
           OR NOT EXISTS (SELECT 1 FROM team t WHERE t.id = $4 AND t.private)
           OR EXISTS (SELECT 1 FROM membership m WHERE m.team = $4 AND m.person = p.id))",
        &args![person, Role::Supervisor, Role::Admin, ticket.team],
    )?;
    let other = found.is_some_and(|one| one != cx.viewer.person);
    Checks::default().check(other, "to", "refused-not-a-supervisor").done()
}
