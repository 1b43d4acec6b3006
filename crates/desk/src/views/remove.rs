//! Taking a view away, and having it back: its row stays.

use db::{Write, args};

use super::{save, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, ViewId};

pub fn remove(tx: &mut Write, cx: &Context, id: ViewId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    store::load(tx, cx, id, false)?;
    tx.exec("UPDATE saved_view SET gone_at = $2 WHERE id = $1", &args![id, cx.now])?;
    events::record(tx, cx, Fact::new(EventKind::ViewChanged).about(id.0))
}

/// Whoever could take it away can put it back; stars that were set on it shine again.
pub fn restore(tx: &mut Write, cx: &Context, id: ViewId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    store::load(tx, cx, id, true)?;
    tx.exec("UPDATE saved_view SET gone_at = NULL WHERE id = $1", &args![id])?;
    save::changed(tx, cx, id)
}
