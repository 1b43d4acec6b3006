//! Following the log without missing a line.
//!
//! Numbers are given out before transactions commit, so on PostgreSQL a lower number can appear after a higher one.
//! Followers therefore go by (transaction, number) and stop at the horizon: the oldest transaction still running.
//! What lies before it can no longer change.

use db::{Read, Write, args};

use super::log::Event;
use crate::clock::Time;
use crate::error::Result;

/// How far a follower has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub tx: i64,
    pub event: i64,
}

impl Cursor {
    pub fn of(event: &Event) -> Cursor {
        Cursor {
            tx: event.tx,
            event: event.id.0,
        }
    }

    pub fn as_text(self) -> String {
        format!("{}-{}", self.tx, self.event)
    }

    pub fn parse(text: &str) -> Option<Cursor> {
        let (tx, event) = text.split_once('-')?;
        Some(Cursor {
            tx: tx.parse().ok()?,
            event: event.parse().ok()?,
        })
    }
}

db::table! {
    struct Place { tx: i64, event: i64 }
}

/// The next lines after `cursor`, at most `limit`, in an order that never goes back.
///
/// Two questions, each a range of an index: asked as one comparison of pairs, `SQLite` walks the whole log every time.
pub fn since(r: &mut Read, cursor: Cursor, limit: i64) -> Result<Vec<Event>> {
    let horizon = r.horizon()?;
    let mut lines: Vec<Event> = if cursor.tx == 0 {
        r.query(UNNUMBERED, &args![cursor.event, limit])?
    } else {
        r.query(REST, &args![cursor.tx, cursor.event, limit])?
    };
    let room = limit - i64::try_from(lines.len()).unwrap_or(limit);
    if room > 0 {
        lines.extend(r.query::<Event>(LATER, &args![cursor.tx, horizon, room])?);
    }
    Ok(lines)
}

// The index of the order holds what has a number (`tx > 0`); each question says so in words, or the planner does not see
// that it may use it. Where transactions have none (SQLite), lines appear in the order of their own numbers.
const UNNUMBERED: &str = "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event
    WHERE tx = 0 AND id > $1 ORDER BY id LIMIT $2";
const REST: &str = "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event
    WHERE tx = $1 AND tx > 0 AND id > $2 ORDER BY id LIMIT $3";
const LATER: &str = "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event
    WHERE tx > $1 AND tx > 0 AND tx < $2 ORDER BY tx, id LIMIT $3";

/// How the database would run `since`, for the plan tests.
pub fn plan(r: &mut Read) -> Result<String> {
    let mut plan = r.plan(UNNUMBERED, &args![0_i64, 1_i64])?;
    plan.push_str(&r.plan(REST, &args![1_i64, 0_i64, 1_i64])?);
    plan.push_str(&r.plan(LATER, &args![0_i64, 0_i64, 1_i64])?);
    Ok(plan)
}

/// The end of the log as it can be followed now.
pub fn newest(r: &mut Read) -> Result<Cursor> {
    let horizon = r.horizon()?;
    let numbered: Option<Place> = r.maybe(
        "SELECT tx, id AS event FROM event WHERE tx > 0 AND tx < $1 ORDER BY tx DESC, id DESC LIMIT 1",
        &args![horizon],
    )?;
    let row: Option<Place> = match numbered {
        Some(place) => Some(place),
        None => r.maybe(
            "SELECT tx, id AS event FROM event WHERE tx = 0 ORDER BY id DESC LIMIT 1",
            &[],
        )?,
    };
    Ok(row.map_or(Cursor::default(), |p| Cursor {
        tx: p.tx,
        event: p.event,
    }))
}

pub fn cursor_of(r: &mut Read, follower: &'static str) -> Result<Cursor> {
    let row: Option<Place> = r.maybe("SELECT tx, event FROM follower WHERE name = $1", &args![follower])?;
    Ok(row.map_or(Cursor::default(), |p| Cursor {
        tx: p.tx,
        event: p.event,
    }))
}

pub fn store_cursor(tx: &mut Write, follower: &'static str, cursor: Cursor) -> Result<()> {
    tx.exec(
        "INSERT INTO follower (name, tx, event) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET tx = excluded.tx, event = excluded.event",
        &args![follower, cursor.tx, cursor.event],
    )?;
    Ok(())
}

/// Takes or renews the right to run a follower with outside effects. False when another node holds it.
pub fn hold_lease(tx: &mut Write, follower: &'static str, node: &str, now: Time, until: Time) -> Result<bool> {
    tx.exec(
        "INSERT INTO follower (name, tx, event) VALUES ($1, 0, 0) ON CONFLICT (name) DO NOTHING",
        &args![follower],
    )?;
    let held = tx.exec(
        "UPDATE follower SET node = $2, lease_until = $3 WHERE name = $1 AND (node IS NULL OR node = $2 OR lease_until < $4)",
        &args![follower, node, until, now],
    )?;
    Ok(held == 1)
}

/// Gives the right back, so that another node need not wait until it runs out.
pub fn give_lease_back(tx: &mut Write, follower: &'static str, node: &str) -> Result<()> {
    tx.exec(
        "UPDATE follower SET node = NULL WHERE name = $1 AND node = $2",
        &args![follower, node],
    )?;
    Ok(())
}
