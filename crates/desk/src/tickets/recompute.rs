//! The clocks of open tickets anew, because a policy or a calendar has changed: batch by batch in the background, each
//! ticket that moves with a line in its ledger.

use db::{Read, Sql, Write, args};

use super::store;
use super::ticket::Ticket;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::house::House;
use crate::ids::TicketNumber;
use crate::jobs::{self, JobKind};
use crate::sla::{self, Pause};

/// Tickets of one transaction.
pub(crate) const BATCH: i64 = 250;

/// One batch after that number, and the job for the next one. Safe to run twice.
///
/// No event: it follows from the one of the policy or calendar, and the ledger of each ticket says what moved.
pub fn recompute_clocks(tx: &mut Write, cx: &Context, after: TicketNumber) -> Result<()> {
    // Another node may have changed them a moment ago.
    let house = House::load(tx)?;
    tx.hold_rows(
        "SELECT number FROM ticket WHERE stage < 2 AND merged_into IS NULL AND number > $1 ORDER BY number LIMIT $2
         FOR NO KEY UPDATE",
        &args![after, BATCH],
    )?;
    let batch = open_after(tx, after, BATCH)?;
    for (ticket, pauses) in &batch {
        let now = recomputed(&house, ticket, pauses);
        if now != *ticket {
            save_clock(tx, &now)?;
            for moved in now.moved_since(ticket) {
                sla::moved(tx, ticket.number, cx.now, moved, now.policy, "recomputed")?;
            }
        }
    }
    match batch.last() {
        Some((last, _)) if i64::try_from(batch.len()).is_ok_and(|count| count == BATCH) => {
            jobs::enqueue(tx, JobKind::RecomputeClocks, last.number.0, cx.now)
        }
        _ => Ok(()),
    }
}

/// The ticket as its clock would be by the rules of this house. Pure: the preview and the batches share it.
pub(crate) fn recomputed(house: &House, ticket: &Ticket, pauses: &[Pause]) -> Ticket {
    let mut now = ticket.clone();
    now.settle(house);
    now.count_pauses(house.promises.by_id(now.policy), pauses);
    now.settle(house);
    now
}

/// Open tickets after that number in their order, with their pauses; no policy of access is asked.
pub(crate) fn open_after(r: &mut Read, after: TicketNumber, limit: i64) -> Result<Vec<(Ticket, Vec<Pause>)>> {
    let mut sql = Sql::new(store::COLUMNS);
    sql.push(" WHERE stage < 2 AND merged_into IS NULL AND number > ")
        .bind(after)
        .push(" ORDER BY number LIMIT ")
        .bind(limit);
    let tickets: Vec<Ticket> = r.query_sql(&sql)?;
    let paused = |t: &&Ticket| t.paused_work != 0 || t.paused_at.is_some() || t.replied_at.is_some();
    let numbers: Vec<TicketNumber> = tickets.iter().filter(paused).map(|t| t.number).collect();
    let mut pauses = sla::pauses_of(r, &numbers)?;
    let with = tickets.into_iter().map(|t| {
        let own = pauses.remove(&t.number).unwrap_or_default();
        (t, own)
    });
    Ok(with.collect())
}

fn save_clock(tx: &mut Write, t: &Ticket) -> Result<()> {
    tx.exec(
        "UPDATE ticket SET policy = $2, reply_due = $3, answer_due = $4, solve_due = $5, next_due = $6, alarm_at = $7,
           paused_work = $8, asked_paused = $9 WHERE number = $1",
        &args![
            t.number,
            t.policy,
            t.reply_due,
            t.answer_due,
            t.solve_due,
            t.next_due,
            t.alarm_at,
            t.paused_work,
            t.asked_paused
        ],
    )?;
    Ok(())
}

/// Sets when the clock of a ticket has something to say next.
pub(super) fn set_alarm(tx: &mut Write, number: TicketNumber, at: Time) -> Result<()> {
    tx.exec("UPDATE ticket SET alarm_at = $2 WHERE number = $1", &args![number, at])?;
    Ok(())
}
