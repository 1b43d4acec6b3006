//! SQL of the policies. Private to this room.

use db::{Read, Write, args};

use super::policy::{Hours, NewPolicy, Policy, Warning};
use super::targets::Targets;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{CalendarId, PolicyId};
use crate::words::Both;

db::table! {
    struct Row {
        id: PolicyId,
        place: i64,
        name_en: String,
        name_fr: String,
        conditions: String,
        hours: String,
        calendar: Option<CalendarId>,
        reply: Option<i64>,
        answer: Option<i64>,
        solve: Option<i64>,
        warn_share: Option<i64>,
        warn_before: Option<i64>,
        steps: String,
        retired: bool,
    }
}

/// All of them in their order, those out of use too: a house has some dozens.
pub(super) fn all(r: &mut Read) -> Result<Vec<Policy>> {
    let rows: Vec<Row> = r.query(
        "SELECT id, place, name_en, name_fr, conditions, hours, calendar, reply, answer, solve, warn_share, warn_before,
           steps, retired FROM policy ORDER BY place, id",
        &[],
    )?;
    rows.iter().map(read).collect()
}

pub(super) fn load(r: &mut Read, id: PolicyId) -> Result<Policy> {
    let found = all(r)?.into_iter().find(|policy| policy.id == id);
    found.ok_or(Error::NotFound)
}

fn read(row: &Row) -> Result<Policy> {
    let hours = match (row.hours.as_str(), row.calendar) {
        ("calendar", Some(id)) => Hours::Calendar(id),
        ("always", _) => Hours::Always,
        _ => Hours::House,
    };
    let says = NewPolicy {
        name: Both::new(&row.name_en, &row.name_fr),
        conditions: serde_json::from_str(&row.conditions).map_err(Error::fault)?,
        hours,
        targets: Targets {
            reply: row.reply,
            answer: row.answer,
            solve: row.solve,
        },
        warning: row
            .warn_share
            .map(Warning::Share)
            .or(row.warn_before.map(Warning::Before)),
        steps: serde_json::from_str(&row.steps).map_err(Error::fault)?,
    };
    Ok(Policy {
        id: row.id,
        place: row.place,
        retired: row.retired,
        says,
    })
}

/// The columns of the hours.
fn hours(says: &NewPolicy) -> (&'static str, Option<CalendarId>) {
    match says.hours {
        Hours::House => ("house", None),
        Hours::Always => ("always", None),
        Hours::Calendar(id) => ("calendar", Some(id)),
    }
}

/// The columns of the warning.
fn warning(says: &NewPolicy) -> (Option<i64>, Option<i64>) {
    match says.warning {
        Some(Warning::Share(share)) => (Some(share), None),
        Some(Warning::Before(before)) => (None, Some(before)),
        None => (None, None),
    }
}

pub(super) fn insert(tx: &mut Write, place: i64, says: &NewPolicy, at: Time) -> Result<PolicyId> {
    let ((hours, calendar), (share, before)) = (hours(says), warning(says));
    Ok(PolicyId(tx.insert(
        "INSERT INTO policy (place, name_en, name_fr, conditions, hours, calendar, reply, answer, solve, warn_share,
           warn_before, steps, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        &args![
            place,
            says.name.en.as_str(),
            says.name.fr.as_str(),
            serde_json::to_string(&says.conditions).map_err(Error::fault)?,
            hours,
            calendar,
            says.targets.reply,
            says.targets.answer,
            says.targets.solve,
            share,
            before,
            serde_json::to_string(&says.steps).map_err(Error::fault)?,
            at
        ],
    )?))
}

pub(super) fn save(tx: &mut Write, policy: &Policy) -> Result<()> {
    let says = &policy.says;
    let ((hours, calendar), (share, before)) = (hours(says), warning(says));
    tx.exec(
        "UPDATE policy SET place = $2, name_en = $3, name_fr = $4, conditions = $5, hours = $6, calendar = $7,
           reply = $8, answer = $9, solve = $10, warn_share = $11, warn_before = $12, steps = $13, retired = $14
         WHERE id = $1",
        &args![
            policy.id,
            policy.place,
            says.name.en.as_str(),
            says.name.fr.as_str(),
            serde_json::to_string(&says.conditions).map_err(Error::fault)?,
            hours,
            calendar,
            says.targets.reply,
            says.targets.answer,
            says.targets.solve,
            share,
            before,
            serde_json::to_string(&says.steps).map_err(Error::fault)?,
            policy.retired
        ],
    )?;
    Ok(())
}
