//! What a field of a ticket has, and how it is read: from a form, from a program, from the log. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::field::{Field, Kind};
use super::form::Form;
use super::number::amount_of;
use crate::ids::FieldId;
use crate::words::Lang;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Words(String),
    /// In thousandths.
    Amount(i64),
    Day(Date),
    Yes(bool),
    /// Keys of the field's list, in its order.
    Chosen(Vec<String>),
}

/// What a ticket has.
pub type Answers = BTreeMap<FieldId, Value>;
/// What somebody says of some fields; `None` empties one.
pub type Given = BTreeMap<FieldId, Option<Value>>;

impl Value {
    /// As it was typed, each thing that was ticked for itself. Nothing typed is nothing; what cannot be read is refused
    /// by the key of a sentence.
    pub fn typed(form: &Form, field: &Field, lang: Lang, texts: &[&str]) -> Result<Option<Value>, &'static str> {
        let text = texts.first().map(|text| text.trim()).unwrap_or_default();
        if field.kind == Kind::Several {
            let chosen: Vec<&str> = texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
            return chosen_of(form, field, &chosen);
        }
        if text.is_empty() {
            return Ok(None);
        }
        match field.kind {
            Kind::Short => Ok(Some(Value::Words(
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            ))),
            Kind::Long => Ok(Some(Value::Words(text.to_string()))),
            Kind::Number => Ok(Some(Value::Amount(
                amount_of(lang, text).ok_or("refused-field-number")?,
            ))),
            Kind::Date => Ok(Some(Value::Day(day_of(text)?))),
            Kind::YesNo => match text {
                "yes" => Ok(Some(Value::Yes(true))),
                "no" => Ok(Some(Value::Yes(false))),
                _ => Err("refused-field-choice"),
            },
            Kind::One | Kind::Several => chosen_of(form, field, &[text]),
        }
    }

    /// As programs and the log write it: words, a number, `2026-11-17`, true or false, a key or a list of keys; null
    /// for nothing.
    pub fn of_json(form: &Form, field: &Field, json: &Json) -> Result<Option<Value>, &'static str> {
        if json.is_null() {
            return Ok(None);
        }
        let wrong = match field.kind {
            Kind::Number => "refused-field-number",
            Kind::Date => "refused-field-date",
            Kind::Short | Kind::Long => "refused-field-words",
            Kind::YesNo | Kind::One | Kind::Several => "refused-field-choice",
        };
        match (field.kind, json) {
            (Kind::Number, Json::Number(number)) => {
                let amount = amount_of(Lang::Fr, &number.to_string()).ok_or(wrong)?;
                Ok(Some(Value::Amount(amount)))
            }
            (Kind::YesNo, Json::Bool(yes)) => Ok(Some(Value::Yes(*yes))),
            (Kind::Several, Json::Array(list)) => {
                let keys: Option<Vec<&str>> = list.iter().map(Json::as_str).collect();
                chosen_of(form, field, &keys.ok_or(wrong)?)
            }
            (Kind::Short | Kind::Long | Kind::Date | Kind::One, Json::String(text)) => {
                Value::typed(form, field, Lang::En, &[text.as_str()])
            }
            _ => Err(wrong),
        }
    }

    pub fn to_json(&self, field: &Field) -> Json {
        match self {
            Value::Words(words) => json!(words),
            Value::Amount(amount) if amount % 1000 == 0 => json!(amount / 1000),
            #[expect(clippy::cast_precision_loss, reason = "no amount has more than fifteen digits")]
            Value::Amount(amount) => json!(*amount as f64 / 1000.0),
            Value::Day(day) => json!(day.to_string()),
            Value::Yes(yes) => json!(yes),
            Value::Chosen(keys) if field.kind == Kind::One => json!(keys.first()),
            Value::Chosen(keys) => json!(keys),
        }
    }

    /// Whether it has this word: a key of a list, `yes` or `no`.
    pub(super) fn has(&self, word: &str) -> bool {
        match self {
            Value::Yes(yes) => (if *yes { "yes" } else { "no" }) == word,
            Value::Chosen(keys) => keys.iter().any(|key| key == word),
            Value::Words(_) | Value::Amount(_) | Value::Day(_) => false,
        }
    }
}

fn day_of(text: &str) -> Result<Date, &'static str> {
    let day: Date = text.parse().map_err(|_| "refused-field-date")?;
    let usual = text.len() == 10 && (1900..=2200).contains(&day.year());
    if usual { Ok(day) } else { Err("refused-field-date") }
}

/// Each once, in the order of the list; a key of another list is refused.
fn chosen_of(form: &Form, field: &Field, keys: &[&str]) -> Result<Option<Value>, &'static str> {
    let known = form.options_of(field.id);
    if keys.iter().any(|key| !known.iter().any(|option| option.key == *key)) {
        return Err("refused-field-choice");
    }
    let chosen: Vec<String> = known
        .iter()
        .filter(|option| keys.contains(&option.key.as_str()))
        .map(|option| option.key.clone())
        .collect();
    Ok((!chosen.is_empty()).then_some(Value::Chosen(chosen)))
}
