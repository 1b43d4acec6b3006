//! SQL of the calendars. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Write, args};

use super::calendar::{Calendar, OwnDay};
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::CalendarId;
use crate::words::Both;

db::table! {
    struct Row {
        id: CalendarId,
        name_en: String,
        name_fr: String,
        zone: Option<String>,
        week: String,
        holidays: Option<String>,
        house: bool,
        retired: bool,
    }
}

db::table! {
    struct DayRow {
        calendar: CalendarId,
        day: String,
        name: String,
        yearly: bool,
    }
}

/// All of them, in the order in which they were made: a desk has a handful.
pub(super) fn all(r: &mut Read) -> Result<Vec<Calendar>> {
    let rows: Vec<Row> = r.query(
        "SELECT id, name_en, name_fr, zone, week, holidays, house, retired FROM calendar ORDER BY id",
        &[],
    )?;
    let days: Vec<DayRow> = r.query("SELECT calendar, day, name, yearly FROM calendar_day ORDER BY day", &[])?;
    let mut own: BTreeMap<CalendarId, Vec<DayRow>> = BTreeMap::new();
    for day in days {
        own.entry(day.calendar).or_default().push(day);
    }
    rows.into_iter()
        .map(|row| {
            let days = own.remove(&row.id).unwrap_or_default();
            assembled(row, days)
        })
        .collect()
}

pub(super) fn load(r: &mut Read, id: CalendarId) -> Result<Calendar> {
    let row: Option<Row> = r.maybe(
        "SELECT id, name_en, name_fr, zone, week, holidays, house, retired FROM calendar WHERE id = $1",
        &args![id],
    )?;
    let days = r.query(
        "SELECT calendar, day, name, yearly FROM calendar_day WHERE calendar = $1 ORDER BY day",
        &args![id],
    )?;
    assembled(row.ok_or(Error::NotFound)?, days)
}

/// The desk's own hours, in that zone.
pub(crate) fn of_house(r: &mut Read, zone: &str) -> Result<worktime::Calendar> {
    let id = r.one("SELECT id FROM calendar WHERE house", &[])?;
    load(r, id)?.built(zone)
}

fn assembled(row: Row, days: Vec<DayRow>) -> Result<Calendar> {
    let days = days.into_iter().map(|own| {
        Ok(OwnDay {
            day: own.day.parse().map_err(Error::fault)?,
            name: own.name,
            yearly: own.yearly,
        })
    });
    Ok(Calendar {
        id: row.id,
        name: Both::new(&row.name_en, &row.name_fr),
        zone: row.zone,
        week: serde_json::from_str(&row.week).map_err(Error::fault)?,
        holidays: row.holidays,
        days: days.collect::<Result<_>>()?,
        house: row.house,
        retired: row.retired,
    })
}

pub(super) fn hold(tx: &mut Write, id: CalendarId) -> Result<()> {
    tx.hold_rows("SELECT id FROM calendar WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

pub(super) fn insert(tx: &mut Write, calendar: &Calendar, at: Time) -> Result<CalendarId> {
    Ok(CalendarId(tx.insert(
        "INSERT INTO calendar (name_en, name_fr, zone, week, holidays, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        &args![
            calendar.name.en.as_str(),
            calendar.name.fr.as_str(),
            calendar.zone.as_deref(),
            week(calendar)?,
            calendar.holidays.as_deref(),
            at
        ],
    )?))
}

/// Whole, with the days of its own.
pub(super) fn save(tx: &mut Write, calendar: &Calendar) -> Result<()> {
    tx.exec(
        "UPDATE calendar SET name_en = $2, name_fr = $3, zone = $4, week = $5, holidays = $6, retired = $7 WHERE id = $1",
        &args![
            calendar.id,
            calendar.name.en.as_str(),
            calendar.name.fr.as_str(),
            calendar.zone.as_deref(),
            week(calendar)?,
            calendar.holidays.as_deref(),
            calendar.retired
        ],
    )?;
    tx.exec("DELETE FROM calendar_day WHERE calendar = $1", &args![calendar.id])?;
    for own in &calendar.days {
        tx.exec(
            "INSERT INTO calendar_day (calendar, day, name, yearly) VALUES ($1, $2, $3, $4)",
            &args![calendar.id, own.day.to_string(), own.name.as_str(), own.yearly],
        )?;
    }
    Ok(())
}

fn week(calendar: &Calendar) -> Result<String> {
    serde_json::to_string(&calendar.week).map_err(Error::fault)
}
