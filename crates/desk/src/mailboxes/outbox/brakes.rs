//! Brakes on what the desk writes by itself: for one address at most one letter an hour and five a day, for one ticket ten
//! a day, and for the whole desk twenty times the usual of the last day. A storm ends here, whoever began it.

use db::{Read, Sql, Write, args};
use serde_json::{Value, json};

use super::alarm;
use super::queue::OutgoingKind;
use crate::access::{self, Place};
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::house;
use crate::ids::TicketNumber;

/// A desk that hardly ever writes may still write this often in an hour before twenty times that is too much.
const LEAST_USUAL: i64 = 25;
const STORM: i64 = 20;
const TICKET_A_DAY: i64 = 10;
/// The setting that says when the brake of the whole desk last closed.
const TRIPPED: &str = "mail-brake";

/// Whether an acknowledgement or a confirmation may go to this address now, and if so, counts it.
pub(super) fn may_write(
    tx: &mut Write,
    cx: &Context,
    kind: OutgoingKind,
    ticket: TicketNumber,
    to: &str,
) -> Result<bool> {
    // Two forms that name the same address at the same moment take turns from here on.
    tx.exec("UPDATE address SET main = main WHERE address = $1", &args![to])?;
    let written = Written {
        last: lately(tx, to)?,
        in_day: automatic_since(tx, to, cx.now.plus(-DAY))?,
    };
    if written.is_enough(cx.now)
        || (kind == OutgoingKind::Confirm && is_asked(tx, cx.now, to)?)
        || !ticket_may_write(tx, cx.now, ticket)?
    {
        return Ok(false);
    }
    desk_may_write(tx, cx)
}

/// What the desk wrote to one address by itself.
#[derive(Clone, Copy, Debug)]
struct Written {
    last: Option<Time>,
    in_day: i64,
}

impl Written {
    /// One an hour and five a day. Whoever answers each of them within three hours may be a machine without any mark:
    /// two a day are enough for it.
    fn is_enough(self, now: Time) -> bool {
        let quiet = self.last.map_or(i64::MAX, |last| now.since(last));
        quiet < HOUR || self.in_day >= 5 || (self.in_day >= 2 && quiet < 3 * HOUR)
    }
}

fn lately(r: &mut Read, address: &str) -> Result<Option<Time>> {
    Ok(r.maybe(
        "SELECT created_at FROM outgoing WHERE recipient = $1 AND kind IN ('acknowledgement', 'confirm')
           AND state <> 'withdrawn' ORDER BY created_at DESC LIMIT 1",
        &args![address],
    )?)
}

fn automatic_since(r: &mut Read, address: &str, since: Time) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM outgoing WHERE recipient = $1 AND kind IN ('acknowledgement', 'confirm')
           AND created_at > $2 AND state <> 'withdrawn'",
        &args![address, since],
    )?)
}

/// Whether an address that is not confirmed was asked already, by a link that still works. Somebody whom strangers name
/// in forms hears of it once.
fn is_asked(r: &mut Read, now: Time, address: &str) -> Result<bool> {
    let asked: Option<i64> = r.maybe(
        "SELECT 1 AS one FROM outgoing o JOIN address a ON a.address = o.recipient
         WHERE o.recipient = $1 AND NOT a.confirmed AND o.kind = 'confirm' AND o.created_at > $2
           AND o.state <> 'withdrawn' LIMIT 1",
        &args![address, now.plus(-7 * DAY)],
    )?;
    Ok(asked.is_some())
}

/// Whatever moves a ticket, it does not write more than ten letters a day by itself.
fn ticket_may_write(r: &mut Read, now: Time, ticket: TicketNumber) -> Result<bool> {
    let written: i64 = r.one(
        "SELECT count(*) FROM outgoing WHERE ticket = $1 AND kind IN ('acknowledgement', 'confirm', 'solved')
           AND created_at > $2 AND state <> 'withdrawn'",
        &args![ticket, now.plus(-DAY)],
    )?;
    Ok(written < TICKET_A_DAY)
}

/// Sign-in links are asked for by name: three in ten minutes and twenty a day are more than a person needs.
pub(super) fn may_send_link(tx: &mut Write, now: Time, address: &str) -> Result<bool> {
    let sent = |tx: &mut Write, since: Time| -> Result<i64> {
        Ok(tx.one(
            "SELECT count(*) FROM outgoing WHERE recipient = $1 AND kind = 'sign_in' AND created_at > $2",
            &args![address, since],
        )?)
    };
    Ok(sent(tx, now.plus(-10 * MINUTE))? < 3 && sent(tx, now.plus(-DAY))? < 20)
}

/// "It is solved" follows a technician's deed, not a letter, so it starts no loop; more than three an hour and twenty a day
/// is a rule or a script gone wild all the same.
pub(super) fn may_tell_solved(tx: &mut Write, cx: &Context, ticket: TicketNumber, address: &str) -> Result<bool> {
    let now = cx.now;
    let told = |tx: &mut Write, since: Time| -> Result<i64> {
        Ok(tx.one(
            "SELECT count(*) FROM outgoing WHERE recipient = $1 AND kind = 'solved' AND created_at > $2
               AND state <> 'withdrawn'",
            &args![address, since],
        )?)
    };
    let calm = told(tx, now.plus(-HOUR))? < 3 && told(tx, now.plus(-DAY))? < 20;
    Ok(calm && ticket_may_write(tx, now, ticket)? && desk_may_write(tx, cx)?)
}

/// Counts one automatic letter of this hour, unless that would be a storm.
fn desk_may_write(tx: &mut Write, cx: &Context) -> Result<bool> {
    let now = cx.now;
    let hour = now.0.div_euclid(HOUR);
    let usual = (written_in(tx, hour - 24..hour)? / 24).max(LEAST_USUAL);
    let so_far = written_in(tx, hour..hour + 1)?;
    if so_far >= usual * STORM {
        house::put(
            tx,
            TRIPPED,
            &json!({"at": now.0, "letters": so_far, "usual": usual}).to_string(),
        )?;
        alarm::tell(tx, cx, so_far, usual)?;
        return Ok(false);
    }
    let count: i64 = tx.one(
        "INSERT INTO throttle (name, count, since) VALUES ($1, 1, $2)
         ON CONFLICT (name) DO UPDATE SET count = throttle.count + 1 RETURNING count",
        &args![name(hour), now],
    )?;
    if count == 1 {
        let mut old = Sql::new("DELETE FROM throttle WHERE name IN (");
        old.bind_list((hour - 96..hour - 24).map(name)).push(")");
        tx.exec_sql(&old)?;
    }
    Ok(true)
}

fn written_in(r: &mut Read, hours: std::ops::Range<i64>) -> Result<i64> {
    let mut sql = Sql::new("SELECT CAST(COALESCE(sum(count), 0) AS BIGINT) FROM throttle WHERE name IN (");
    sql.bind_list(hours.map(name)).push(")");
    Ok(r.one_sql(&sql)?)
}

fn name(hour: i64) -> String {
    format!("automatic-letters:{hour}")
}

/// When the brake of the whole desk last closed, and at how many letters an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tripped {
    pub at: Time,
    pub letters: i64,
    pub usual: i64,
}

/// For the state of the system.
pub fn tripped(r: &mut Read, cx: &Context) -> Result<Option<Tripped>> {
    access::require(&cx.viewer, Place::Admin)?;
    let Some(kept) = house::get(r, TRIPPED)? else {
        return Ok(None);
    };
    let kept: Value = serde_json::from_str(&kept).map_err(Error::fault)?;
    let figure = |name: &str| kept[name].as_i64();
    let figures = (figure("at"), figure("letters"), figure("usual"));
    Ok(match figures {
        (Some(at), Some(letters), Some(usual)) => Some(Tripped {
            at: Time(at),
            letters,
            usual,
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_one_an_hour_and_fewer_when_it_answers_at_once() {
        let now = Time(100 * DAY);
        let enough = |last: Option<i64>, in_day| {
            Written {
                last: last.map(|ago| now.plus(-ago)),
                in_day,
            }
            .is_enough(now)
        };
        assert!(!enough(None, 0) && !enough(Some(HOUR), 1) && !enough(Some(3 * HOUR), 4));
        assert!(enough(Some(HOUR - 1), 1) && enough(Some(3 * HOUR), 5) && enough(Some(3 * HOUR - 1), 2));
    }
}
