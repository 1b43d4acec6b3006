//! Brakes on what the desk writes by itself: for one address at most one letter an hour and five a day, and for the
//! whole desk twenty times the usual of the last day. A storm ends here, whoever began it.

use db::{Read, Sql, Write, args};
use serde_json::json;

use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::error::Result;
use crate::house;

/// A desk that hardly ever writes may still write this often in an hour before twenty times that is too much.
const LEAST_USUAL: i64 = 25;
const STORM: i64 = 20;
/// The setting that says when the brake of the whole desk last closed.
const TRIPPED: &str = "mail-brake";

/// Whether an acknowledgement or a confirmation may go to this address now, and if so, counts it.
pub(super) fn may_write(tx: &mut Write, now: Time, address: &str) -> Result<bool> {
    // Two forms that name the same address at the same moment take turns from here on.
    tx.exec("UPDATE address SET main = main WHERE address = $1", &args![address])?;
    let in_hour = automatic_since(tx, address, now.plus(-HOUR))?;
    let in_day = automatic_since(tx, address, now.plus(-DAY))?;
    if in_hour >= 1 || in_day >= 5 {
        return Ok(false);
    }
    desk_may_write(tx, now)
}

fn automatic_since(r: &mut Read, address: &str, since: Time) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM outgoing WHERE recipient = $1 AND kind IN ('acknowledgement', 'confirm')
           AND created_at > $2 AND state <> 'withdrawn'",
        &args![address, since],
    )?)
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
pub(super) fn may_tell_solved(tx: &mut Write, now: Time, address: &str) -> Result<bool> {
    let told = |tx: &mut Write, since: Time| -> Result<i64> {
        Ok(tx.one(
            "SELECT count(*) FROM outgoing WHERE recipient = $1 AND kind = 'solved' AND created_at > $2
               AND state <> 'withdrawn'",
            &args![address, since],
        )?)
    };
    let calm = told(tx, now.plus(-HOUR))? < 3 && told(tx, now.plus(-DAY))? < 20;
    Ok(calm && desk_may_write(tx, now)?)
}

/// Counts one automatic letter of this hour, unless that would be a storm.
fn desk_may_write(tx: &mut Write, now: Time) -> Result<bool> {
    let hour = now.0.div_euclid(HOUR);
    let usual = (written_in(tx, hour - 24..hour)? / 24).max(LEAST_USUAL);
    let so_far = written_in(tx, hour..hour + 1)?;
    if so_far >= usual * STORM {
        house::put(
            tx,
            TRIPPED,
            &json!({"at": now.rfc3339(), "letters": so_far, "usual": usual}).to_string(),
        )?;
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

/// When the brake of the whole desk last closed, as `{"at","letters","usual"}`: for the state of the system.
pub fn tripped(r: &mut Read) -> Result<Option<String>> {
    house::get(r, TRIPPED)
}
