//! What a field must be before it is kept.

use db::{Read, Write};

use super::field::{Field, Kind, NewField, NewOption};
use super::form::Form;
use super::store;
use super::{MOST_FIELDS, MOST_OPTIONS};
use crate::error::{Checks, Error, Result};
use crate::ids::{FieldId, TopicId};

const MOST_LABEL: usize = 150;
const MOST_HELP: usize = 500;
const MOST_UNIT: usize = 20;
const MOST_KEY: usize = 40;

/// As it will be kept. `form` is the one it stands in (or will stand at the end of).
pub(super) fn checked(r: &mut Read, form: &Form, old: Option<&Field>, given: &NewField) -> Result<NewField> {
    let mut new = given.clone();
    for words in [
        &mut new.label_en,
        &mut new.label_fr,
        &mut new.help_en,
        &mut new.help_fr,
        &mut new.unit_en,
        &mut new.unit_fr,
    ] {
        *words = words.trim().to_string();
    }
    new.kind = old.map_or(new.kind, |old| old.kind);
    if new.kind != Kind::Number {
        new.unit_en.clear();
        new.unit_fr.clear();
    }
    if !new.kind.is_list() {
        new.options.clear();
    }
    let mut checks = Checks::default();
    words(&mut checks, &new);
    condition(&mut checks, form, old.map(|old| old.id), &new);
    list(&mut checks, &new);
    match old {
        Some(old) => {
            let seen = store::shown_by(r, old.id)?.iter().any(|field| !field.team_only);
            checks.check(!new.team_only || !seen, "team_only", "refused-field-shows-others");
        }
        None => key(r, &mut checks, &mut new)?,
    }
    checks.done()?;
    Ok(new)
}

fn words(checks: &mut Checks, new: &NewField) {
    for (text, field) in [(&new.label_en, "label_en"), (&new.label_fr, "label_fr")] {
        checks
            .text(text, MOST_LABEL, field)
            .check(!text.chars().any(char::is_control), field, "refused-characters");
    }
    for (text, most, field) in [
        (&new.help_en, MOST_HELP, "help_en"),
        (&new.help_fr, MOST_HELP, "help_fr"),
        (&new.unit_en, MOST_UNIT, "unit_en"),
        (&new.unit_fr, MOST_UNIT, "unit_fr"),
    ] {
        checks.at_most(text, most, field);
    }
}

/// Only an earlier field of the same form can show this one: that also rules out a ring.
fn condition(checks: &mut Checks, form: &Form, own: Option<FieldId>, new: &NewField) {
    let Some(by) = new.shown_by else { return };
    let place = |id: FieldId| form.fields.iter().position(|field| field.id == id);
    let Some(at) = place(by) else {
        checks.check(false, "shown_by", "refused-field-other-form");
        return;
    };
    let earlier = own.is_none_or(|own| place(own).is_some_and(|own| at < own));
    checks.check(earlier, "shown_by", "refused-field-later");
    let shower = &form.fields[at];
    checks.check(!shower.retired, "shown_by", "refused-field-retired");
    let seen = new.team_only || !shower.team_only;
    checks.check(seen, "shown_by", "refused-field-shown-team");
    let known = |word: &String| match shower.kind {
        Kind::YesNo => word == "yes" || word == "no",
        _ => form.options_of(by).iter().any(|option| option.key == *word),
    };
    checks.check(new.shown_for.iter().all(known), "shown_for", "refused-field-choice");
}

fn list(checks: &mut Checks, new: &NewField) {
    if !new.kind.is_list() {
        return;
    }
    let most = i64::try_from(MOST_OPTIONS).unwrap_or(i64::MAX);
    if new.options.len() > MOST_OPTIONS {
        checks.refuse("options", "refused-too-many-options", most);
    }
    let kept: Vec<&NewOption> = new.options.iter().filter(|option| !option.is_empty()).collect();
    checks.check(
        kept.iter().any(|option| !option.retired),
        "options",
        "refused-no-option",
    );
    let whole = |option: &&NewOption| !option.label_en.trim().is_empty() && !option.label_fr.trim().is_empty();
    checks.check(kept.iter().all(whole), "options", "refused-option-label");
    let short =
        |option: &&NewOption| option.label_en.chars().count().max(option.label_fr.chars().count()) <= MOST_LABEL;
    if !kept.iter().all(short) {
        let most = i64::try_from(MOST_LABEL).unwrap_or(i64::MAX);
        checks.refuse("options", "refused-too-long", most);
    }
}

fn key(r: &mut Read, checks: &mut Checks, new: &mut NewField) -> Result<()> {
    let given = new.key.trim().to_lowercase();
    new.key = if given.is_empty() { key_of(&new.label_en) } else { given };
    if is_key(&new.key) {
        checks.check(store::by_key(r, &new.key)?.is_none(), "key", "refused-field-key-taken");
    } else {
        checks.check(false, "key", "refused-field-key");
    }
    Ok(())
}

impl NewOption {
    /// A row that was left empty, or emptied to take it away.
    pub(super) fn is_empty(&self) -> bool {
        self.label_en.trim().is_empty() && self.label_fr.trim().is_empty()
    }
}

/// Small letters, digits and hyphens, beginning with a letter: it stands in addresses and programs.
fn is_key(key: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    key.len() <= MOST_KEY && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.bytes().all(plain)
}

/// A key from a label: its letters and digits, joined by hyphens.
pub(super) fn key_of(label: &str) -> String {
    let mut key = String::new();
    for c in label.chars() {
        if key.len() >= MOST_KEY {
            break;
        }
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with('-') && c != '\'' && c != '\u{2019}' {
            key.push('-');
        }
    }
    let key = key.trim_end_matches('-');
    let key = key.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    if key.is_empty() {
        "field".to_string()
    } else {
        key.to_string()
    }
}

/// Refuses one field more than a form may have, in the topic itself and in those under it.
pub(super) fn room_for_one(r: &mut Read, topic: TopicId, form: &Form) -> Result<()> {
    let used = form.fields.iter().filter(|field| !field.retired).count();
    let under = usize::try_from(store::most_under(r, topic)?).unwrap_or(0);
    if used + under < MOST_FIELDS {
        return Ok(());
    }
    let most = i64::try_from(MOST_FIELDS).map_err(Error::fault)?;
    Err(Error::refused_at("label_en", "refused-too-many-fields", most))
}

/// Refuses a new parent whose fields and the topic's own are more than a form may have. The forms are held from here on.
pub(crate) fn room_under(tx: &mut Write, topic: TopicId, parent: TopicId) -> Result<()> {
    store::hold(tx)?;
    let (above, own) = (
        store::own_fields(tx, parent, false)?,
        store::own_fields(tx, topic, false)?,
    );
    if above.len() + own.len() <= MOST_FIELDS {
        return Ok(());
    }
    let most = i64::try_from(MOST_FIELDS).map_err(Error::fault)?;
    Err(Error::refused_at("parent", "refused-too-many-fields", most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_from_the_english_label() {
        let table = [
            ("Network's name", "networks-name"),
            ("  Wi-Fi?  ", "wi-fi"),
            ("2nd floor", "nd-floor"),
            ("\u{c9}tage", "tage"),
            ("??", "field"),
        ];
        for (label, key) in table {
            assert_eq!(key_of(label), key, "{label}");
        }
        assert!(key_of(&"a ".repeat(100)).len() <= MOST_KEY);
    }

    #[test]
    fn a_key_is_plain() {
        for key in ["wifi", "room-2"] {
            assert!(is_key(key), "{key}");
        }
        for key in ["", "2nd", "Wifi", "a b", "a.b", "\u{e9}tage", &"a".repeat(41)] {
            assert!(!is_key(key), "{key}");
        }
    }
}
