//! An outage is opened: by hand, or from tickets that came in together.

use db::{Write, args};
use serde_json::json;

use super::edit::Recorded;
use super::link::{MOST_TICKETS, workable};
use super::outage::{NewOutage, Outage, Phase, check_words};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{OutageNumber, ServiceId};
use crate::services;

/// Nothing of it is kept when one of its tickets is none of the viewer's.
pub fn open(tx: &mut Write, cx: &Context, new: &NewOutage) -> Result<Recorded> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    check(tx, cx, new, &[])?;
    let mut checks = Checks::default();
    check_words(&new.words, false, &mut checks);
    checks
        .check(new.phase != Phase::Over, "phase", "refused-choice")
        .done()?;
    let mut tickets = new.tickets.clone();
    tickets.sort_unstable();
    tickets.dedup();
    if tickets.len() > MOST_TICKETS {
        let most = i64::try_from(MOST_TICKETS).map_err(Error::fault)?;
        return Err(Error::refused_at("tickets", "refused-too-many-chosen", most));
    }
    let number = store::insert(tx, &drafted(cx, new))?;
    let words = new.words.tidied();
    if !words.is_empty() {
        store::add_update(tx, cx, number, new.phase, &words)?;
    }
    for ticket in &tickets {
        workable(tx, cx, *ticket)?;
        tx.exec(
            "INSERT INTO outage_ticket (outage, ticket, at) VALUES ($1, $2, $3)",
            &args![number, *ticket, cx.now],
        )?;
    }
    let data = json!({ "tickets": tickets }).to_string();
    let fact = Fact::new(EventKind::OutageOpened).about(number.0).with(Some(data));
    let event = events::record(tx, cx, fact)?;
    Ok(Recorded { number, event })
}

fn drafted(cx: &Context, new: &NewOutage) -> Outage {
    Outage {
        number: OutageNumber(0),
        title: new.title.tidied(),
        phase: new.phase,
        shown: new.shown,
        note: new.note.trim_end().to_string(),
        began_at: new.began_at.unwrap_or(cx.now).min(cx.now),
        ended_at: None,
        services: new.hits(),
        opened_by: cx.viewer.person,
        removed: false,
        created_at: cx.now,
    }
}

pub(super) fn check(tx: &mut Write, cx: &Context, new: &NewOutage, before: &[ServiceId]) -> Result<()> {
    let mut checks = Checks::default();
    new.check(cx.now, &mut checks);
    checks.done()?;
    let named: Vec<ServiceId> = new.services.iter().map(|hit| hit.service).collect();
    let known = services::known(tx, &named, before)?;
    Checks::default()
        .check(known, "services", "refused-no-such-service")
        .done()
}
