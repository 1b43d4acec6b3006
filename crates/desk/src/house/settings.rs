//! Settings as named texts. A change is audited and told as an event, so that every node reads the house anew.

use db::{Read, Write, args};

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};

pub fn get(r: &mut Read, name: &'static str) -> Result<Option<String>> {
    Ok(r.maybe("SELECT value FROM setting WHERE name = $1", &args![name])?)
}

/// Writes a setting without asking who: for set-up and the command line.
pub fn put(tx: &mut Write, name: &'static str, value: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &args![name, value],
    )?;
    Ok(())
}

/// An administrator changes a setting.
pub fn change(tx: &mut Write, cx: &Context, name: &'static str, value: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    put(tx, name, value)?;
    told(tx, cx, name, value)
}

/// Into the audit log, and to every node.
pub(super) fn told(tx: &mut Write, cx: &Context, name: &'static str, value: &str) -> Result<()> {
    access::audit(tx, cx.now, Some(cx.viewer.person), "setting", name, value)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}
