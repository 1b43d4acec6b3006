//! "Me too": a requester says that the outage hits him, with one press. It opens no ticket and is counted once a person.

use db::{Write, args};

use super::edit::Recorded;
use super::outage::Phase;
use super::{banner, store};
use crate::access::{self, Place, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::OutageNumber;

/// Of an outage that requesters are told of, while it lasts. Twice is once.
pub fn me_too(tx: &mut Write, cx: &Context, number: OutageNumber) -> Result<Recorded> {
    open_to(tx, cx, number)?;
    tx.exec(
        "INSERT INTO outage_me_too (outage, person, at) VALUES ($1, $2, $3) ON CONFLICT (outage, person) DO NOTHING",
        &args![number, cx.viewer.person, cx.now],
    )?;
    told(tx, cx, EventKind::MeToo, number)
}

/// The inverse.
pub fn take_back(tx: &mut Write, cx: &Context, number: OutageNumber) -> Result<Recorded> {
    open_to(tx, cx, number)?;
    tx.exec(
        "DELETE FROM outage_me_too WHERE outage = $1 AND person = $2",
        &args![number, cx.viewer.person],
    )?;
    told(tx, cx, EventKind::MeTooTaken, number)
}

fn open_to(tx: &mut Write, cx: &Context, number: OutageNumber) -> Result<()> {
    access::require(&cx.viewer, Place::SignedIn)?;
    if matches!(cx.viewer.via, Via::Token(scopes) if !scopes.write) {
        return Err(Error::NotFound);
    }
    store::hold(tx, number)?;
    let outage = store::load(tx, number)?;
    if outage.phase == Phase::Over || !banner::is_public(tx, &outage)? {
        return Err(Error::NotFound);
    }
    Ok(())
}

fn told(tx: &mut Write, cx: &Context, kind: EventKind, number: OutageNumber) -> Result<Recorded> {
    let event = events::record(tx, cx, Fact::new(kind).about(number.0))?;
    Ok(Recorded { number, event })
}
