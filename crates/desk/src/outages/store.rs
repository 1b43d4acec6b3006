//! SQL of the outages. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};

use super::outage::{Effect, Hit, Outage, Phase};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{OutageNumber, PersonId, ServiceId, TicketNumber, UpdateId};
use crate::words::Both;

db::table! {
    struct Row {
        number: OutageNumber,
        title_en: String,
        title_fr: String,
        phase: Phase,
        shown: bool,
        note: String,
        began_at: Time,
        ended_at: Option<Time>,
        opened_by: PersonId,
        removed: bool,
        created_at: Time,
    }
}

/// The beginning of every question for outages; what follows says which.
pub(super) const SELECT: &str = "SELECT number, title_en, title_fr, phase, shown, note, began_at, ended_at, opened_by, \
    removed, created_at FROM outage o WHERE ";

pub(super) fn query(r: &mut Read, sql: &Sql) -> Result<Vec<Outage>> {
    let rows: Vec<Row> = r.query_sql(sql)?;
    let mut hits = hits_of(r, rows.iter().map(|row| row.number))?;
    let assembled = rows.into_iter().map(|row| {
        let services = hits.remove(&row.number).unwrap_or_default();
        assembled(row, services)
    });
    Ok(assembled.collect())
}

fn hits_of(r: &mut Read, numbers: impl Iterator<Item = OutageNumber>) -> Result<BTreeMap<OutageNumber, Vec<Hit>>> {
    let mut sql = Sql::new("SELECT outage, service, effect FROM outage_service WHERE outage IN (");
    sql.bind_list(numbers);
    sql.push(") ORDER BY outage, service");
    let mut found: BTreeMap<OutageNumber, Vec<Hit>> = BTreeMap::new();
    for (number, service, effect) in r.query_sql::<(OutageNumber, ServiceId, Effect)>(&sql)? {
        found.entry(number).or_default().push(Hit { service, effect });
    }
    Ok(found)
}

fn assembled(row: Row, services: Vec<Hit>) -> Outage {
    Outage {
        number: row.number,
        title: Both::new(&row.title_en, &row.title_fr),
        phase: row.phase,
        shown: row.shown,
        note: row.note,
        began_at: row.began_at,
        ended_at: row.ended_at,
        services,
        opened_by: row.opened_by,
        removed: row.removed,
        created_at: row.created_at,
    }
}

pub(super) fn hold(tx: &mut Write, number: OutageNumber) -> Result<()> {
    tx.hold_rows(
        "SELECT number FROM outage WHERE number = $1 FOR NO KEY UPDATE",
        &args![number],
    )?;
    Ok(())
}

/// One outage; one that was taken back is not there.
pub(super) fn load(r: &mut Read, number: OutageNumber) -> Result<Outage> {
    let mut sql = Sql::new(SELECT);
    sql.push("NOT removed AND number = ").bind(number);
    query(r, &sql)?.pop().ok_or(Error::NotFound)
}

pub(super) fn insert(tx: &mut Write, outage: &Outage) -> Result<OutageNumber> {
    let number = OutageNumber(tx.insert(
        "INSERT INTO outage (title_en, title_fr, phase, shown, note, began_at, ended_at, opened_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING number",
        &args![
            outage.title.en.as_str(),
            outage.title.fr.as_str(),
            outage.phase,
            outage.shown,
            outage.note.as_str(),
            outage.began_at,
            outage.ended_at,
            outage.opened_by,
            outage.created_at
        ],
    )?);
    set_hits(tx, number, &outage.services)?;
    Ok(number)
}

pub(super) fn save(tx: &mut Write, outage: &Outage) -> Result<()> {
    tx.exec(
        "UPDATE outage SET title_en = $2, title_fr = $3, phase = $4, shown = $5, note = $6, began_at = $7,
           ended_at = $8, removed = $9 WHERE number = $1",
        &args![
            outage.number,
            outage.title.en.as_str(),
            outage.title.fr.as_str(),
            outage.phase,
            outage.shown,
            outage.note.as_str(),
            outage.began_at,
            outage.ended_at,
            outage.removed
        ],
    )?;
    set_hits(tx, outage.number, &outage.services)
}

fn set_hits(tx: &mut Write, number: OutageNumber, hits: &[Hit]) -> Result<()> {
    tx.exec("DELETE FROM outage_service WHERE outage = $1", &args![number])?;
    for hit in hits {
        tx.exec(
            "INSERT INTO outage_service (outage, service, effect) VALUES ($1, $2, $3)",
            &args![number, hit.service, hit.effect],
        )?;
    }
    Ok(())
}

/// What was said of an outage, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub id: UpdateId,
    pub phase: Phase,
    pub words: Both,
    pub author: String,
    pub at: Time,
}

db::table! {
    struct UpdateRow {
        id: UpdateId,
        outage: OutageNumber,
        phase: Phase,
        words_en: String,
        words_fr: String,
        author: String,
        at: Time,
    }
}

/// The updates of these, the newest first.
pub(super) fn updates(r: &mut Read, numbers: &[OutageNumber]) -> Result<BTreeMap<OutageNumber, Vec<Update>>> {
    let mut sql = Sql::new(
        "SELECT u.id, u.outage, u.phase, u.words_en, u.words_fr, p.name AS author, u.at
         FROM outage_update u JOIN person p ON p.id = u.author WHERE NOT u.withdrawn AND u.outage IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY u.id DESC");
    let mut found: BTreeMap<OutageNumber, Vec<Update>> = BTreeMap::new();
    for row in r.query_sql::<UpdateRow>(&sql)? {
        found.entry(row.outage).or_default().push(Update {
            id: row.id,
            phase: row.phase,
            words: Both::new(&row.words_en, &row.words_fr),
            author: row.author,
            at: row.at,
        });
    }
    Ok(found)
}

pub(super) fn add_update(
    tx: &mut Write,
    cx: &Context,
    number: OutageNumber,
    phase: Phase,
    words: &Both,
) -> Result<UpdateId> {
    Ok(UpdateId(tx.insert(
        "INSERT INTO outage_update (outage, phase, words_en, words_fr, author, at) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING id",
        &args![
            number,
            phase,
            words.en.as_str(),
            words.fr.as_str(),
            cx.viewer.person,
            cx.now
        ],
    )?))
}

pub(super) fn withdraw_update(tx: &mut Write, id: UpdateId) -> Result<()> {
    tx.exec("UPDATE outage_update SET withdrawn = TRUE WHERE id = $1", &args![id])?;
    Ok(())
}

/// What the open outages do to services now.
pub(crate) fn effects_now(r: &mut Read) -> Result<Vec<(ServiceId, Effect)>> {
    Ok(r.query(
        "SELECT s.service, s.effect FROM outage o JOIN outage_service s ON s.outage = o.number
         WHERE o.phase <> 'over' AND NOT o.removed",
        &[],
    )?)
}

pub(super) fn tickets_of(r: &mut Read, number: OutageNumber) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT ticket FROM outage_ticket WHERE outage = $1 ORDER BY ticket",
        &args![number],
    )?)
}

/// The services of the outages that explain a ticket.
pub(crate) fn services_of_ticket(r: &mut Read, ticket: TicketNumber) -> Result<Vec<ServiceId>> {
    Ok(r.query(
        "SELECT DISTINCT s.service FROM outage_ticket t JOIN outage o ON o.number = t.outage
         JOIN outage_service s ON s.outage = t.outage WHERE t.ticket = $1 AND NOT o.removed ORDER BY s.service",
        &args![ticket],
    )?)
}

/// The tickets that outages of these services explain.
pub(crate) fn tickets_of_services(r: &mut Read, services: &[ServiceId]) -> Result<Vec<TicketNumber>> {
    let mut sql = Sql::new(
        "SELECT DISTINCT t.ticket FROM outage_service s JOIN outage o ON o.number = s.outage
         JOIN outage_ticket t ON t.outage = s.outage WHERE NOT o.removed AND s.service IN (",
    );
    sql.bind_list(services.iter().copied());
    sql.push(") ORDER BY t.ticket DESC LIMIT 2000");
    Ok(r.query_sql(&sql)?)
}

/// How many said that it hits them too.
pub(super) fn me_toos(r: &mut Read, numbers: &[OutageNumber]) -> Result<BTreeMap<OutageNumber, i64>> {
    let mut sql = Sql::new("SELECT outage, count(*) AS n FROM outage_me_too WHERE outage IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") GROUP BY outage");
    Ok(r.query_sql::<(OutageNumber, i64)>(&sql)?.into_iter().collect())
}
