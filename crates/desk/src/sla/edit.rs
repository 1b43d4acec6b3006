//! A policy says something else, stands elsewhere in the order, goes out of use or comes back. Open tickets follow in the
//! background.

use db::Write;

use super::add::checked;
use super::policy::{NewPolicy, Policy};
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::PolicyId;

/// It is given whole.
pub fn edit(tx: &mut Write, cx: &Context, id: PolicyId, new: &NewPolicy) -> Result<()> {
    alter(tx, cx, id, "policy-change", |tx, policy| {
        checked(tx, cx, new)?;
        policy.says = new.clone();
        Ok(())
    })
}

/// No ticket gets it any more.
pub fn retire(tx: &mut Write, cx: &Context, id: PolicyId) -> Result<()> {
    set_retired(tx, cx, id, true)
}

/// The inverse.
pub fn restore(tx: &mut Write, cx: &Context, id: PolicyId) -> Result<()> {
    set_retired(tx, cx, id, false)
}

fn set_retired(tx: &mut Write, cx: &Context, id: PolicyId, retired: bool) -> Result<()> {
    let action = if retired { "policy-retire" } else { "policy-restore" };
    alter(tx, cx, id, action, |_, policy| {
        policy.retired = retired;
        Ok(())
    })
}

/// One place up or down among those in use; at the end it stays.
pub fn move_policy(tx: &mut Write, cx: &Context, id: PolicyId, up: bool) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("policies")?;
    let mut all = store::all(tx)?;
    all.retain(|policy| !policy.retired);
    let at = all.iter().position(|policy| policy.id == id).ok_or(Error::NotFound)?;
    let other = if up {
        at.checked_sub(1)
    } else {
        Some(at + 1).filter(|next| *next < all.len())
    };
    let Some(other) = other else { return Ok(()) };
    let (mut moved, mut met) = (all[at].clone(), all[other].clone());
    std::mem::swap(&mut moved.place, &mut met.place);
    store::save(tx, &moved)?;
    store::save(tx, &met)?;
    changed(tx, cx, "policy-move", id, &moved.says.name.en)
}

fn alter(
    tx: &mut Write,
    cx: &Context,
    id: PolicyId,
    action: &'static str,
    body: impl FnOnce(&mut Write, &mut Policy) -> Result<()>,
) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("policies")?;
    let mut policy = store::load(tx, id)?;
    body(tx, &mut policy)?;
    store::save(tx, &policy)?;
    changed(tx, cx, action, id, &policy.says.name.en)
}
