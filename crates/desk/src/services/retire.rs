//! Taking a service out of use, and back. What was said of it stays.

use db::Write;

use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{EventId, ServiceId};

/// It is offered no more, and leaves the status page.
pub fn retire(tx: &mut Write, cx: &Context, id: ServiceId) -> Result<EventId> {
    set(tx, cx, id, true)
}

/// The inverse.
pub fn restore(tx: &mut Write, cx: &Context, id: ServiceId) -> Result<EventId> {
    set(tx, cx, id, false)
}

fn set(tx: &mut Write, cx: &Context, id: ServiceId, retired: bool) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    let mut after = before.clone();
    after.retired = retired;
    store::save(tx, &after)?;
    let action = if retired { "service-retire" } else { "service-restore" };
    changed(tx, cx, action, Some(&before), &after)
}
