//! Changing a field, and its place in the order.

use db::{Write, args};

use super::add::{keep_options, words};
use super::check::checked;
use super::field::{Field, NewField};
use super::form::Form;
use super::{audit, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::FieldId;

/// Given whole, but for what is set once: its kind, its key and its topic.
pub fn change(tx: &mut Write, cx: &Context, id: FieldId, new: &NewField) -> Result<()> {
    let (old, form) = to_change(tx, cx, id)?;
    let new = checked(tx, &form, Some(&old), new)?;
    tx.exec(
        "UPDATE form_field SET label_en = $2, label_fr = $3, help_en = $4, help_fr = $5, unit_en = $6, unit_fr = $7,
           required = $8, team_only = $9, shown_by = $10, shown_for = $11 WHERE id = $1",
        &args![
            id,
            new.label_en.as_str(),
            new.label_fr.as_str(),
            new.help_en.as_str(),
            new.help_fr.as_str(),
            new.unit_en.as_str(),
            new.unit_fr.as_str(),
            new.required,
            new.team_only,
            new.shown_by,
            words(&new)
        ],
    )?;
    keep_options(tx, id, &new)?;
    audit(tx, cx, "field-change", id, &old.key)
}

/// One place up or down among those in use of its own topic.
pub fn step(tx: &mut Write, cx: &Context, id: FieldId, up: bool) -> Result<()> {
    let (field, form) = to_change(tx, cx, id)?;
    let mut order: Vec<Field> = form
        .fields
        .into_iter()
        .filter(|f| f.topic == field.topic && !f.retired)
        .collect();
    let at = order.iter().position(|f| f.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    let Some(to) = to.filter(|to| *to < order.len()) else {
        return Ok(());
    };
    order.swap(at, to);
    let turned = Form {
        fields: order,
        ..Form::default()
    };
    if !turned.is_in_order() {
        return Err(Error::Conflict("conflict-field-order"));
    }
    for (place, field) in (1_i64..).zip(&turned.fields) {
        tx.exec(
            "UPDATE form_field SET place = $2 WHERE id = $1",
            &args![field.id, place],
        )?;
    }
    audit(tx, cx, "field-move", id, &field.key)
}

/// The field and the form it stands in, held.
pub(super) fn to_change(tx: &mut Write, cx: &Context, id: FieldId) -> Result<(Field, Form)> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx)?;
    let field = store::field(tx, id)?;
    let form = store::form(tx, field.topic, true)?;
    Ok((field, form))
}
