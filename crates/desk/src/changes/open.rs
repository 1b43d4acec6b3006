//! A change is written down: planned, or as one line when it has been made already.

use db::{Write, args};

use super::change::{Change, NewChange, Risk, State};
use super::edit::Recorded;
use super::store;
use crate::access::{self, Place};
use crate::clock::{MINUTE, Time};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ChangeNumber, PersonId};
use crate::services;

/// Clocks differ by a little.
const SLACK: i64 = 5 * MINUTE;

/// A draft.
pub fn open(tx: &mut Write, cx: &Context, new: &NewChange) -> Result<Recorded> {
    let change = drafted(tx, cx, new)?;
    record(tx, cx, &change)
}

/// Already made: now, or at that time. What needed approval and had none is kept all the same, and marked: a log that
/// refuses what has happened is worth nothing.
pub fn log(tx: &mut Write, cx: &Context, new: &NewChange, at: Option<Time>) -> Result<Recorded> {
    let mut change = drafted(tx, cx, new)?;
    let at = made_at(cx, at, "at")?;
    change.state = State::Done;
    change.started_at = Some(change.begins_at.filter(|begins| *begins <= at).unwrap_or(at));
    change.ended_at = Some(at);
    record(tx, cx, &change)
}

/// When something was made that has been made: not later than now.
pub(super) fn made_at(cx: &Context, at: Option<Time>, field: &'static str) -> Result<Time> {
    let at = at.unwrap_or(cx.now);
    Checks::default()
        .check(at <= cx.now.plus(SLACK) && at.0 >= 0, field, "refused-future")
        .done()?;
    Ok(at.min(cx.now))
}

fn drafted(tx: &mut Write, cx: &Context, new: &NewChange) -> Result<Change> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    check(tx, cx, new, None)?;
    Ok(Change {
        number: ChangeNumber(0),
        title: new.title.trim().to_string(),
        words: new.words.trim_end().to_string(),
        state: State::Draft,
        risk: new.risk.unwrap_or(Risk::Low),
        begins_at: new.begins_at,
        ends_at: new.ends_at,
        started_at: None,
        ended_at: None,
        site: new.site.trim().to_string(),
        back_out: new.back_out.trim_end().to_string(),
        result: String::new(),
        notice: new.notice.tidied(),
        owner: new.owner.unwrap_or(cx.viewer.person),
        opened_by: cx.viewer.person,
        asked_by: None,
        decided_by: None,
        decided_at: None,
        decision: String::new(),
        services: new.service_ids(),
        devices: new.device_names(),
        removed: false,
        revision: 0,
        created_at: cx.now,
    })
}

fn record(tx: &mut Write, cx: &Context, change: &Change) -> Result<Recorded> {
    let number = store::insert(tx, change)?;
    let event = events::record(tx, cx, Fact::new(EventKind::ChangeOpened).about(number.0))?;
    Ok(Recorded { number, event })
}

/// Refused at its field; what stood on it before may stay.
pub(super) fn check(tx: &mut Write, cx: &Context, new: &NewChange, before: Option<&Change>) -> Result<()> {
    let mut checks = Checks::default();
    new.check(&mut checks);
    new.check_near(cx.now, &mut checks);
    checks.done()?;
    let stood: &[_] = before.map_or(&[], |change| &change.services);
    let services = services::known(tx, &new.services, stood)?;
    let kept = before.is_some_and(|change| new.owner == Some(change.owner));
    let owner = match new.owner.filter(|_| !kept) {
        Some(owner) => is_staff(tx, owner)?,
        None => true,
    };
    Checks::default()
        .check(services, "services", "refused-no-such-service")
        .check(owner, "owner", "refused-no-such-person")
        .done()
}

fn is_staff(tx: &mut Write, person: PersonId) -> Result<bool> {
    let found: Option<PersonId> = tx.maybe(
        "SELECT id FROM person WHERE id = $1 AND role <> 'requester' AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    Ok(found.is_some())
}

/// The one that is meant by a number of the log, for whoever may change it; its row is held.
pub(super) fn held(tx: &mut Write, cx: &Context, number: ChangeNumber) -> Result<Change> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, number)?;
    store::load(tx, number)
}

/// It stands otherwise than this asks for.
pub(super) fn not_now<T>() -> Result<T> {
    Err(Error::Conflict("conflict-change-state"))
}
