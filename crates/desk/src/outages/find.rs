//! Outages as the desk sees them: those that are open, those that were, and one with all that was said of it.

use db::{Read, Sql};

use super::outage::Outage;
use super::store::{self, Update};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{OutageNumber, TicketNumber};
use crate::tickets::{self, Ticket};

#[derive(Clone, Debug)]
pub struct Line {
    pub outage: Outage,
    pub me_too: i64,
    /// The tickets it explains, those the viewer may not read too.
    pub tickets: usize,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub lines: Vec<Line>,
    /// Where the next page begins.
    pub next: Option<(Time, OutageNumber)>,
}

#[derive(Clone, Debug)]
pub struct Detail {
    pub outage: Outage,
    /// The newest first.
    pub updates: Vec<Update>,
    /// The tickets it explains that the viewer may read.
    pub tickets: Vec<Ticket>,
    pub me_too: i64,
}

const LINES: usize = 50;

/// Those that are open, or those that are over; the newest first.
pub fn list(r: &mut Read, cx: &Context, open: bool, before: Option<(Time, OutageNumber)>) -> Result<Page> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed AND ");
    sql.push(if open { "phase <> 'over'" } else { "phase = 'over'" });
    if let Some((at, number)) = before {
        sql.push(" AND (began_at, number) < (")
            .bind(at)
            .push(", ")
            .bind(number)
            .push(")");
    }
    sql.push(" ORDER BY began_at DESC, number DESC LIMIT ")
        .bind(i64::try_from(LINES + 1).map_err(Error::fault)?);
    let mut outages = store::query(r, &sql)?;
    let more = outages.len() > LINES;
    outages.truncate(LINES);
    let next = outages
        .last()
        .filter(|_| more)
        .map(|outage| (outage.began_at, outage.number));
    let numbers: Vec<OutageNumber> = outages.iter().map(|outage| outage.number).collect();
    let counts = store::me_toos(r, &numbers)?;
    let mut lines = Vec::new();
    for outage in outages {
        lines.push(Line {
            me_too: counts.get(&outage.number).copied().unwrap_or(0),
            tickets: store::tickets_of(r, outage.number)?.len(),
            outage,
        });
    }
    Ok(Page { lines, next })
}

pub fn find(r: &mut Read, cx: &Context, number: OutageNumber) -> Result<Detail> {
    access::require(&cx.viewer, Place::Desk)?;
    let outage = store::load(r, number)?;
    let mut seen = Vec::new();
    for ticket in store::tickets_of(r, number)? {
        match tickets::find_inside(r, cx, ticket) {
            Ok(ticket) => seen.push(ticket),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(Detail {
        outage,
        updates: store::updates(r, &[number])?.remove(&number).unwrap_or_default(),
        tickets: seen,
        me_too: store::me_toos(r, &[number])?.remove(&number).unwrap_or(0),
    })
}

/// The outages that explain a ticket, the newest first.
pub fn of_ticket(r: &mut Read, cx: &Context, ticket: TicketNumber) -> Result<Vec<Outage>> {
    access::require(&cx.viewer, Place::Desk)?;
    tickets::find_inside(r, cx, ticket)?;
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed AND number IN (SELECT outage FROM outage_ticket WHERE ticket = ")
        .bind(ticket)
        .push(") ORDER BY number DESC LIMIT 20");
    store::query(r, &sql)
}
