//! Taking a field out of use, and back. What tickets have in it stays.

use db::{Write, args};

use super::change::to_change;
use super::check::room_for_one;
use super::{audit, store};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::FieldId;

/// It is asked no more. A field that shows others stays until they are shown otherwise.
pub fn retire(tx: &mut Write, cx: &Context, id: FieldId) -> Result<()> {
    let (field, _) = to_change(tx, cx, id)?;
    if !store::shown_by(tx, id)?.is_empty() {
        return Err(Error::Conflict("conflict-field-shows"));
    }
    set(tx, id, true)?;
    audit(tx, cx, "field-retire", id, &field.key)
}

/// The inverse, at its old place.
pub fn restore(tx: &mut Write, cx: &Context, id: FieldId) -> Result<()> {
    let (field, mut form) = to_change(tx, cx, id)?;
    let shower = form.fields.iter().find(|other| Some(other.id) == field.shown_by);
    if shower.is_some_and(|shower| shower.retired) {
        return Err(Error::Conflict("conflict-field-shower-retired"));
    }
    if shower.is_some_and(|shower| shower.team_only && !field.team_only) {
        return Err(Error::Conflict("conflict-field-shower-team"));
    }
    form.fields.retain(|other| other.id == id || !other.retired);
    if !form.is_in_order() {
        return Err(Error::Conflict("conflict-field-order"));
    }
    form.fields.retain(|other| other.id != id);
    room_for_one(tx, field.topic, &form)?;
    set(tx, id, false)?;
    audit(tx, cx, "field-restore", id, &field.key)
}

fn set(tx: &mut Write, id: FieldId, retired: bool) -> Result<()> {
    tx.exec("UPDATE form_field SET retired = $2 WHERE id = $1", &args![id, retired])?;
    Ok(())
}
