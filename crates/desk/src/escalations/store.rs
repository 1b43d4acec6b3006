//! SQL of the escalations. Private to this room.

use db::{Read, Sql, Write, args};

use super::escalation::{Escalation, To};
use super::packet::Packet;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{EscalationId, PersonId, TicketNumber};

/// The beginning of every question for escalations; what follows says which.
pub(super) const SELECT: &str = "SELECT e.id, e.ticket, e.state, e.kind, e.to_team, e.to_group, e.to_person, \
    e.from_team, e.from_assignee, e.topic, e.contact, e.taken_by, e.round, e.sent_by, e.sent_at, e.event, e.created_at \
    FROM escalation e JOIN ticket t ON t.number = e.ticket WHERE ";

pub(super) fn load(r: &mut Read, id: EscalationId) -> Result<Escalation> {
    let mut sql = Sql::new(SELECT);
    sql.push("e.id = ").bind(id);
    r.query_sql(&sql)?.into_iter().next().ok_or(Error::NotFound)
}

/// The last one of a ticket that was not taken back.
pub(super) fn latest(r: &mut Read, ticket: TicketNumber) -> Result<Option<Escalation>> {
    let mut sql = Sql::new(SELECT);
    sql.push("e.ticket = ")
        .bind(ticket)
        .push(" AND e.state <> 'withdrawn' ORDER BY e.id DESC LIMIT 1");
    Ok(r.query_sql(&sql)?.into_iter().next())
}

pub(super) fn insert(tx: &mut Write, e: &Escalation) -> Result<EscalationId> {
    Ok(EscalationId(tx.insert(
        "INSERT INTO escalation (ticket, state, kind, to_team, to_group, to_person, from_team, from_assignee, topic,
           contact, taken_by, round, sent_by, sent_at, event, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
        &args![
            e.ticket,
            e.state,
            e.kind,
            e.to_team,
            e.to_group,
            e.to_person,
            e.from_team,
            e.from_assignee,
            e.topic,
            e.contact,
            e.taken_by,
            e.round,
            e.sent_by,
            e.sent_at,
            e.event,
            e.created_at
        ],
    )?))
}

pub(super) fn save(tx: &mut Write, e: &Escalation) -> Result<()> {
    tx.exec(
        "UPDATE escalation SET state = $2, kind = $3, to_team = $4, to_group = $5, to_person = $6, from_team = $7,
           from_assignee = $8, topic = $9, contact = $10, taken_by = $11, round = $12, sent_by = $13, sent_at = $14,
           event = $15 WHERE id = $1",
        &args![
            e.id,
            e.state,
            e.kind,
            e.to_team,
            e.to_group,
            e.to_person,
            e.from_team,
            e.from_assignee,
            e.topic,
            e.contact,
            e.taken_by,
            e.round,
            e.sent_by,
            e.sent_at,
            e.event
        ],
    )?;
    Ok(())
}

pub(super) fn add_round(tx: &mut Write, e: &Escalation, to: To, packet: &Packet) -> Result<()> {
    let words = serde_json::to_string(packet).map_err(Error::fault)?;
    tx.exec(
        "INSERT INTO escalation_round (escalation, round, packet, sent_to, sent_by, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &args![e.id, e.round, words, to.written(), e.sent_by, e.sent_at],
    )?;
    Ok(())
}

db::table! {
    pub(super) struct RoundRow {
        pub round: i64,
        pub packet: String,
        pub sent_to: String,
        pub sent_by: PersonId,
        pub sent_at: Time,
        pub reason: String,
        pub returned_by: Option<PersonId>,
        pub returned_at: Option<Time>,
    }
}

impl RoundRow {
    pub(super) fn read(&self) -> Result<Packet> {
        serde_json::from_str(&self.packet).map_err(Error::fault)
    }
}

/// The first one first.
pub(super) fn rounds(r: &mut Read, id: EscalationId) -> Result<Vec<RoundRow>> {
    Ok(r.query(
        "SELECT round, packet, sent_to, sent_by, sent_at, reason, returned_by, returned_at FROM escalation_round
         WHERE escalation = $1 ORDER BY round",
        &args![id],
    )?)
}

/// What came back in this round: why and by whom; all empty where it did not.
pub(super) fn set_return(
    tx: &mut Write,
    e: &Escalation,
    reason: &str,
    by: Option<PersonId>,
    at: Option<Time>,
) -> Result<()> {
    tx.exec(
        "UPDATE escalation_round SET reason = $3, returned_by = $4, returned_at = $5
         WHERE escalation = $1 AND round = $2",
        &args![e.id, e.round, reason, by, at],
    )?;
    Ok(())
}

pub(super) fn draft(r: &mut Read, ticket: TicketNumber) -> Result<Option<Packet>> {
    let kept: Option<String> = r.maybe("SELECT packet FROM escalation_draft WHERE ticket = $1", &args![ticket])?;
    kept.map(|words| serde_json::from_str(&words).map_err(Error::fault))
        .transpose()
}

pub(super) fn keep_draft(tx: &mut Write, ticket: TicketNumber, packet: &Packet, by: PersonId, at: Time) -> Result<()> {
    let words = serde_json::to_string(packet).map_err(Error::fault)?;
    tx.exec(
        "INSERT INTO escalation_draft (ticket, packet, by_person, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ticket) DO UPDATE SET packet = excluded.packet, by_person = excluded.by_person, at = excluded.at",
        &args![ticket, words, by, at],
    )?;
    Ok(())
}

pub(super) fn forget_draft(tx: &mut Write, ticket: TicketNumber) -> Result<()> {
    tx.exec("DELETE FROM escalation_draft WHERE ticket = $1", &args![ticket])?;
    Ok(())
}

/// A round that was taken back before anybody answered: its words are a draft again.
pub(super) fn cut_round(tx: &mut Write, e: &Escalation) -> Result<()> {
    tx.exec(
        "DELETE FROM escalation_round WHERE escalation = $1 AND round = $2",
        &args![e.id, e.round],
    )?;
    Ok(())
}
