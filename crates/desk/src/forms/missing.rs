//! What is wrong with answers: values that do not fit their field, and fields that must be filled in and are not. Pure.

use super::{MOST_FIELDS, MOST_WORDS};
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::field::{Field, Kind, Required};
use super::form::{Audience, Form};
use super::value::{Answers, Given, Value};
use crate::error::{Error, Refusal, Result};
use crate::ids::FieldId;

/// The field of a refusal that is about a field of a form; its number is then the field's.
pub const REFUSED: &str = "form-field";
/// A line is no letter.
const MOST_LINE: usize = 250;

pub fn refusal(id: FieldId, key: &'static str) -> Refusal {
    Refusal {
        field: REFUSED,
        key,
        number: Some(id.0),
    }
}

/// What a program gives, by the keys of the fields. Of a key the form does not have, the refusal's number says the place
/// among those given, counted from -1 downwards.
pub fn named(form: &Form, given: &BTreeMap<String, Json>) -> Result<Given> {
    if given.len() > MOST_FIELDS {
        let most = i64::try_from(MOST_FIELDS).map_err(Error::fault)?;
        return Err(Error::refused_at("fields", "refused-many-fields", most));
    }
    let (mut all, mut refusals) = (Given::new(), Vec::new());
    for (place, (key, json)) in (1_i64..).zip(given) {
        match form
            .by_key(key)
            .map(|field| (field.id, Value::of_json(form, field, json)))
        {
            Some((id, Ok(value))) => drop(all.insert(id, value)),
            Some((id, Err(wrong))) => refusals.push(refusal(id, wrong)),
            None => refusals.push(refusal(FieldId(-place), "refused-field-none")),
        }
    }
    if refusals.is_empty() {
        Ok(all)
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Nothing when the value may be kept. What was chosen before stays possible though its option is retired.
pub(crate) fn fits(form: &Form, field: &Field, value: &Value, before: Option<&Value>) -> Option<&'static str> {
    match (field.kind, value) {
        (Kind::Short, Value::Words(words)) if words.chars().count() > MOST_LINE => Some("refused-field-line"),
        (Kind::Short, Value::Words(words)) if words.chars().any(char::is_control) => Some("refused-characters"),
        (Kind::Long, Value::Words(words)) if words.chars().count() > MOST_WORDS => Some("refused-field-long"),
        (Kind::Long, Value::Words(words)) if words.chars().any(is_unseen) => Some("refused-characters"),
        (Kind::Short | Kind::Long, Value::Words(_))
        | (Kind::Number, Value::Amount(_))
        | (Kind::Date, Value::Day(_))
        | (Kind::YesNo, Value::Yes(_)) => None,
        (Kind::One | Kind::Several, Value::Chosen(keys)) => {
            let had = |key: &str| before.is_some_and(|before| before.has(key));
            let options = form.options_of(field.id);
            let fits = |key: &String| options.iter().any(|o| o.key == *key && (!o.retired || had(key)));
            let one = field.kind == Kind::Several || keys.len() == 1;
            (!one || !keys.iter().all(fits)).then_some("refused-field-choice")
        }
        _ => Some("refused-field-choice"),
    }
}

/// What no keyboard types into a letter of several lines. A database may refuse U+0000 altogether.
fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// The shown fields that must have something by then and have nothing.
pub(super) fn missing(form: &Form, answers: &Answers, when: Required) -> Vec<FieldId> {
    let shown = form.shown(answers).into_iter();
    shown
        .filter(|field| field.required == when && !answers.contains_key(&field.id))
        .map(|field| field.id)
        .collect()
}

/// Refuses what a requester must fill in and has not; the form is his.
pub fn refuse_empty(form: &Form, answers: &Answers) -> Result<()> {
    refuse_missing(form, answers, Required::Asking, Audience::Requester)
}

/// Refuses when something is missing of what that reader sees.
pub(crate) fn refuse_missing(form: &Form, answers: &Answers, when: Required, who: Audience) -> Result<()> {
    let key = match when {
        Required::Solving => "refused-field-solving",
        Required::Asking | Required::Never => "refused-field-empty",
    };
    let form = form.clone().seen_by(who);
    let refusals: Vec<Refusal> = missing(&form, answers, when)
        .into_iter()
        .map(|id| refusal(id, key))
        .collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refusals))
    }
}
