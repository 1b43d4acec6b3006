//! A new field at the end of a topic's form.

use db::{Write, args};

use super::check::{checked, key_of, room_for_one};
use super::field::NewField;
use super::{audit, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{FieldId, TopicId};

pub fn add(tx: &mut Write, cx: &Context, topic: TopicId, new: &NewField) -> Result<FieldId> {
    access::require(&cx.viewer, Place::Admin)?;
    store::hold(tx)?;
    let form = store::form(tx, topic, true)?;
    room_for_one(tx, topic, &form)?;
    let new = checked(tx, &form, None, new)?;
    let last: i64 = tx.one(
        "SELECT COALESCE(MAX(place), 0) FROM form_field WHERE topic = $1",
        &args![topic],
    )?;
    let id: FieldId = tx.one(
        "INSERT INTO form_field (topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required,
           team_only, place, shown_by, shown_for)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
        &args![
            topic,
            new.key.as_str(),
            new.kind,
            new.label_en.as_str(),
            new.label_fr.as_str(),
            new.help_en.as_str(),
            new.help_fr.as_str(),
            new.unit_en.as_str(),
            new.unit_fr.as_str(),
            new.required,
            new.team_only,
            last + 1,
            new.shown_by,
            words(&new)
        ],
    )?;
    keep_options(tx, id, &new)?;
    audit(tx, cx, "field-add", id, &new.key)?;
    Ok(id)
}

/// What the earlier field must have, as it is kept.
pub(super) fn words(new: &NewField) -> String {
    match new.shown_by {
        Some(_) => new.shown_for.join(" "),
        None => String::new(),
    }
}

/// The list as it is to be. What was emptied is retired: the history, a view or a condition may name it though no ticket
/// has it now.
pub(super) fn keep_options(tx: &mut Write, field: FieldId, new: &NewField) -> Result<()> {
    let known = store::options(tx, &[field])?;
    let mut keys: Vec<String> = known.iter().map(|option| option.key.clone()).collect();
    for option in &new.options {
        let (en, fr) = (option.label_en.trim(), option.label_fr.trim());
        match option.id {
            Some(id) if known.iter().all(|known| known.id != id) => {}
            Some(id) if option.is_empty() => {
                tx.exec("UPDATE form_option SET retired = TRUE WHERE id = $1", &args![id])?;
            }
            Some(id) => {
                tx.exec(
                    "UPDATE form_option SET label_en = $2, label_fr = $3, retired = $4 WHERE id = $1",
                    &args![id, en, fr, option.retired],
                )?;
            }
            None if option.is_empty() => {}
            None => {
                let key = free(&keys, &key_of(en));
                tx.exec(
                    "INSERT INTO form_option (field, key, label_en, label_fr, retired) VALUES ($1, $2, $3, $4, $5)",
                    &args![field, key.as_str(), en, fr, option.retired],
                )?;
                keys.push(key);
            }
        }
    }
    Ok(())
}

/// The key, with a number where it is taken.
fn free(taken: &[String], key: &str) -> String {
    let is_free = |key: &String| !taken.contains(key);
    let numbered = (2..).map(|number| format!("{key}-{number}"));
    let mut all = std::iter::once(key.to_string()).chain(numbered);
    all.find(is_free).unwrap_or_default()
}
