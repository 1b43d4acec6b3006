//! SQL of the changes. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};

use super::change::{Change, Risk, State};
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{ChangeNumber, PersonId, ServiceId};
use crate::words::Both;

db::table! {
    struct Row {
        number: ChangeNumber,
        title: String,
        words: String,
        state: State,
        risk: Risk,
        begins_at: Option<Time>,
        ends_at: Option<Time>,
        started_at: Option<Time>,
        ended_at: Option<Time>,
        site: String,
        back_out: String,
        result: String,
        notice_en: String,
        notice_fr: String,
        owner: PersonId,
        opened_by: PersonId,
        asked_by: Option<PersonId>,
        decided_by: Option<PersonId>,
        decided_at: Option<Time>,
        decision: String,
        removed: bool,
        revision: i64,
        created_at: Time,
    }
}

/// The beginning of every question for changes; what follows says which.
pub(super) const SELECT: &str = "SELECT number, title, words, state, risk, begins_at, ends_at, started_at, ended_at, \
    site, back_out, result, notice_en, notice_fr, owner, opened_by, asked_by, decided_by, decided_at, decision, \
    removed, revision, created_at FROM system_change c WHERE ";

/// The changes a question finds, each with its services and devices.
pub(super) fn query(r: &mut Read, sql: &Sql) -> Result<Vec<Change>> {
    let rows: Vec<Row> = r.query_sql(sql)?;
    let numbers: Vec<ChangeNumber> = rows.iter().map(|row| row.number).collect();
    let mut services = services_of(r, &numbers)?;
    let mut devices = devices_of(r, &numbers)?;
    let assembled = rows.into_iter().map(|row| {
        let services = services.remove(&row.number).unwrap_or_default();
        let devices = devices.remove(&row.number).unwrap_or_default();
        assembled(row, services, devices)
    });
    Ok(assembled.collect())
}

fn services_of(r: &mut Read, numbers: &[ChangeNumber]) -> Result<BTreeMap<ChangeNumber, Vec<ServiceId>>> {
    let mut sql = Sql::new("SELECT change, service FROM change_service WHERE change IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY change, service");
    let mut found: BTreeMap<ChangeNumber, Vec<ServiceId>> = BTreeMap::new();
    for (number, service) in r.query_sql::<(ChangeNumber, ServiceId)>(&sql)? {
        found.entry(number).or_default().push(service);
    }
    Ok(found)
}

fn devices_of(r: &mut Read, numbers: &[ChangeNumber]) -> Result<BTreeMap<ChangeNumber, Vec<String>>> {
    let mut sql = Sql::new("SELECT change, name FROM change_device WHERE change IN (");
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY change, place");
    let mut found: BTreeMap<ChangeNumber, Vec<String>> = BTreeMap::new();
    for (number, name) in r.query_sql::<(ChangeNumber, String)>(&sql)? {
        found.entry(number).or_default().push(name);
    }
    Ok(found)
}

fn assembled(row: Row, services: Vec<ServiceId>, devices: Vec<String>) -> Change {
    Change {
        number: row.number,
        title: row.title,
        words: row.words,
        state: row.state,
        risk: row.risk,
        begins_at: row.begins_at,
        ends_at: row.ends_at,
        started_at: row.started_at,
        ended_at: row.ended_at,
        site: row.site,
        back_out: row.back_out,
        result: row.result,
        notice: Both::new(&row.notice_en, &row.notice_fr),
        owner: row.owner,
        opened_by: row.opened_by,
        asked_by: row.asked_by,
        decided_by: row.decided_by,
        decided_at: row.decided_at,
        decision: row.decision,
        services,
        devices,
        removed: row.removed,
        revision: row.revision,
        created_at: row.created_at,
    }
}

pub(super) fn hold(tx: &mut Write, number: ChangeNumber) -> Result<()> {
    tx.hold_rows(
        "SELECT number FROM system_change WHERE number = $1 FOR NO KEY UPDATE",
        &args![number],
    )?;
    Ok(())
}

/// One change; one that was taken back is not there.
pub(super) fn load(r: &mut Read, number: ChangeNumber) -> Result<Change> {
    let mut sql = Sql::new(SELECT);
    sql.push("NOT removed AND number = ").bind(number);
    query(r, &sql)?.pop().ok_or(Error::NotFound)
}

pub(super) fn insert(tx: &mut Write, change: &Change) -> Result<ChangeNumber> {
    let number = ChangeNumber(tx.insert(
        "INSERT INTO system_change (title, words, state, risk, begins_at, ends_at, started_at, ended_at, from_at, to_at,
           site, back_out, result, notice_en, notice_fr, owner, opened_by, decision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) RETURNING number",
        &args![
            change.title.as_str(),
            change.words.as_str(),
            change.state,
            change.risk,
            change.begins_at,
            change.ends_at,
            change.started_at,
            change.ended_at,
            change.from_at(),
            change.to_at(),
            change.site.as_str(),
            change.back_out.as_str(),
            change.result.as_str(),
            change.notice.en.as_str(),
            change.notice.fr.as_str(),
            change.owner,
            change.opened_by,
            change.decision.as_str(),
            change.created_at
        ],
    )?);
    set_lists(tx, number, change)?;
    Ok(number)
}

pub(super) fn save(tx: &mut Write, change: &Change) -> Result<()> {
    tx.exec(
        "UPDATE system_change SET title = $2, words = $3, state = $4, risk = $5, begins_at = $6, ends_at = $7,
           started_at = $8, ended_at = $9, from_at = $10, to_at = $11, site = $12, back_out = $13, result = $14,
           notice_en = $15, notice_fr = $16, owner = $17, asked_by = $18, decided_by = $19, decided_at = $20,
           decision = $21, removed = $22, revision = $23 WHERE number = $1",
        &args![
            change.number,
            change.title.as_str(),
            change.words.as_str(),
            change.state,
            change.risk,
            change.begins_at,
            change.ends_at,
            change.started_at,
            change.ended_at,
            change.from_at(),
            change.to_at(),
            change.site.as_str(),
            change.back_out.as_str(),
            change.result.as_str(),
            change.notice.en.as_str(),
            change.notice.fr.as_str(),
            change.owner,
            change.asked_by,
            change.decided_by,
            change.decided_at,
            change.decision.as_str(),
            change.removed,
            change.revision
        ],
    )?;
    set_lists(tx, change.number, change)
}

fn set_lists(tx: &mut Write, number: ChangeNumber, change: &Change) -> Result<()> {
    tx.exec("DELETE FROM change_service WHERE change = $1", &args![number])?;
    tx.exec("DELETE FROM change_device WHERE change = $1", &args![number])?;
    for service in &change.services {
        tx.exec(
            "INSERT INTO change_service (change, service) VALUES ($1, $2)",
            &args![number, *service],
        )?;
    }
    for (place, name) in (1_i64..).zip(&change.devices) {
        tx.exec(
            "INSERT INTO change_device (change, place, name) VALUES ($1, $2, $3)",
            &args![number, place, name.as_str()],
        )?;
    }
    Ok(())
}

/// The services somebody is changing now.
pub(crate) fn under_way(r: &mut Read) -> Result<Vec<ServiceId>> {
    Ok(r.query(
        "SELECT DISTINCT s.service FROM system_change c JOIN change_service s ON s.change = c.number
         WHERE c.state = 'in_progress' AND NOT c.removed",
        &[],
    )?)
}

/// What requesters are told of: under way, or approved and to begin soon.
pub(crate) fn announced(r: &mut Read, until: Time) -> Result<Vec<Change>> {
    let mut sql = Sql::new(SELECT);
    sql.push(
        "NOT removed AND (notice_en <> '' OR notice_fr <> '') AND (state = 'in_progress' OR (begins_at IS NOT NULL",
    )
    .push(" AND state IN ('draft', 'approved') AND from_at < ")
    .bind(until)
    .push(")) ORDER BY from_at, number LIMIT 50");
    query(r, &sql)
}
