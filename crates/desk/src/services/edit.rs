//! Changing a service: it is given whole.

use db::Write;

use super::service::{NewService, check};
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{EventId, ServiceId};

pub fn edit(tx: &mut Write, cx: &Context, id: ServiceId, new: &NewService) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("services")?;
    store::hold(tx, id)?;
    let before = store::load(tx, id)?;
    let after = before.with(new);
    check(tx, &after)?;
    store::save(tx, &after)?;
    changed(tx, cx, "service-change", Some(&before), &after)
}
