//! What a field has, in words.

use desk::forms::{Field, Form, Value, amount_words};
use desk::words::{Lang, full_day};

use crate::words;

/// In the reader's language; several of a list one after the other.
pub(crate) fn say(lang: Lang, form: &Form, field: &Field, value: &Value) -> String {
    match value {
        Value::Words(text) => text.clone(),
        Value::Amount(amount) => {
            let number = amount_words(lang, *amount);
            match field.unit(lang) {
                "" => number,
                unit => format!("{number}\u{a0}{unit}"),
            }
        }
        Value::Day(day) => full_day(lang, *day),
        Value::Yes(yes) => yes_no(lang, *yes),
        Value::Chosen(keys) => {
            let options = form.options_of(field.id);
            let chosen = options.iter().filter(|option| keys.contains(&option.key));
            chosen.map(|option| option.label(lang)).collect::<Vec<_>>().join(", ")
        }
    }
}

pub(super) fn yes_no(lang: Lang, yes: bool) -> String {
    words::text(lang, if yes { "form-yes" } else { "form-no" }, &[])
}
