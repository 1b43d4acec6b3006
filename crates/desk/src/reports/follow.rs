//! The roll-ups as a follower of the log. A ticket that an event names is counted anew from its rows, and the sums move
//! by the difference, in the transaction that moves the cursor: a line seen twice changes nothing, and what a turn began
//! and did not end is not there. The nodes take turns.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use db::{Read, Write};
use sha2::{Digest, Sha256};

use super::facts::{Counted, difference, facts_of};
use super::store;
use crate::board;
use crate::desk::Desk;
use crate::error::Result;
use crate::events::{self, Cursor, Event};
use crate::house::{self, House};
use crate::ids::TicketNumber;
use crate::quality;
use crate::tickets;

const FOLLOWER: &str = "reports";
/// What the kept minutes and days were computed with.
const BASIS: &str = "report-basis";
/// Lines of the log a transaction covers at most: the one writer of `SQLite` is not held for long.
const LINES: i64 = 50;
/// Counting all anew is in no hurry: few tickets at a time, and the writer is everybody's in between.
const PORTION: i64 = 20;
const REST: Duration = Duration::from_millis(30);

/// Follows until `stop` resolves.
pub async fn run(desk: Desk, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut news = desk.db().subscribe();
    loop {
        if let Err(e) = catch_up(&desk).await {
            tracing::error!(error = %e, "the figures of the reports could not follow the log; they try again");
        }
        let wait = async {
            // A burst of changes is one turn.
            let _ = tokio::time::timeout(Duration::from_secs(30), news.changed()).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        };
        tokio::select! {
            () = &mut stop => break,
            () = wait => {}
        }
    }
}

/// Reads the log to its end. On a desk that has no figures yet, or whose zone or calendar changed, every ticket is
/// counted anew first.
pub async fn catch_up(desk: &Desk) -> Result<()> {
    let house = desk.house();
    let kept = desk.read(|r| house::get(r, BASIS)).await?;
    let basis = basis(&house);
    if kept.as_deref() != Some(basis.as_str()) {
        recount(desk).await?;
    }
    loop {
        let house = desk.house();
        let more = desk.write(move |tx| turn(tx, &house, LINES)).await?;
        if !more {
            return Ok(());
        }
    }
}

/// Whether the figures have been counted once, all of them.
pub fn ready(r: &mut Read) -> Result<bool> {
    Ok(house::get(r, BASIS)?.is_some())
}

/// How far the log has been counted.
pub fn counted_to(r: &mut Read) -> Result<Cursor> {
    events::cursor_of(r, FOLLOWER)
}

/// Every ticket anew, portion by portion; the figures are never empty meanwhile.
async fn recount(desk: &Desk) -> Result<()> {
    let house = desk.house();
    desk.write(begin).await?;
    let mut after = TicketNumber(0);
    loop {
        let numbers = desk.read(move |r| tickets::numbers_after(r, after, PORTION)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        let house = house.clone();
        desk.write(move |tx| {
            tx.hold_name(FOLLOWER)?;
            numbers.iter().try_for_each(|number| refresh(tx, &house, *number))
        })
        .await?;
        tokio::time::sleep(REST).await;
    }
    desk.write(move |tx| house::put(tx, BASIS, &basis(&house))).await
}

/// The end of the log is taken before the tickets are read: what happens meanwhile is followed afterwards.
fn begin(tx: &mut Write) -> Result<()> {
    tx.hold_name(FOLLOWER)?;
    if events::cursor_of(tx, FOLLOWER)? == Cursor::default() {
        let newest = events::newest(tx)?;
        events::store_cursor(tx, FOLLOWER, newest)?;
    }
    Ok(())
}

/// One portion of the log. True when there may be more.
pub fn turn(tx: &mut Write, house: &House, lines: i64) -> Result<bool> {
    tx.hold_name(FOLLOWER)?;
    let cursor = events::cursor_of(tx, FOLLOWER)?;
    let found = events::since(tx, cursor, lines)?;
    let Some(last) = found.last() else { return Ok(false) };
    let end = Cursor::of(last);
    take_in(tx, house, &found)?;
    quality::sample(tx, house, &found)?;
    events::store_cursor(tx, FOLLOWER, end)?;
    // Pages that show figures wait for this and not for the line itself.
    tx.announce();
    Ok(found.len() as i64 == lines)
}

/// What these lines change; they may have been seen before.
pub fn take_in(tx: &mut Write, house: &House, lines: &[Event]) -> Result<()> {
    let touched: BTreeSet<TicketNumber> = lines.iter().filter_map(|event| event.ticket).collect();
    touched.into_iter().try_for_each(|number| refresh(tx, house, number))
}

/// All figures from nothing, in one transaction: for tests and for a desk that stands still.
pub fn rebuild(tx: &mut Write, house: &House) -> Result<()> {
    store::clear(tx)?;
    board::clear(tx)?;
    let mut after = TicketNumber(0);
    loop {
        let numbers = tickets::numbers_after(tx, after, LINES)?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        for number in numbers {
            refresh(tx, house, number)?;
        }
    }
    Ok(())
}

fn refresh(tx: &mut Write, house: &House, number: TicketNumber) -> Result<()> {
    let before = store::kept(tx, number)?;
    let after = match store::ticket(tx, number)? {
        Some(row) => {
            let counted = Counted {
                row,
                history: store::history(tx, number)?,
                contacts: store::contacts(tx, number)?,
                said: store::said(tx, number)?,
            };
            facts_of(&house.calendar, &house.zone, &counted)
        }
        None => None,
    };
    board::count(tx, house, number, after.as_ref())?;
    if before == after {
        return Ok(());
    }
    for (cell, n) in difference(before.as_ref(), after.as_ref()) {
        store::add(tx, cell, n)?;
    }
    store::keep(tx, number, after.as_ref())
}

/// Zone and calendar in a few letters: when they change, days and minutes are others.
fn basis(house: &House) -> String {
    let calendar = &house.calendar;
    let words = format!(
        "1 {:?} {:?} {:?} {:?}",
        house.zone.iana_name(),
        calendar.zone().iana_name(),
        calendar.week(),
        calendar.holidays()
    );
    data_encoding::HEXLOWER.encode(&Sha256::digest(words.as_bytes())[..8])
}
