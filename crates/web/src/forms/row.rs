//! A field as a row of a form: its label and help, what stands in it, what was wrong with it, and when it is shown.

use desk::Refusal;
use desk::forms::{self, Answers, Field, Form, Kind, Required, Shown, Value, amount_typed};
use desk::words::Lang;

use super::say::yes_no;
use crate::tickets::choices::{self, Choice};
use crate::words;

#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Of the control, once on a page.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) label: String,
    pub(crate) help: String,
    pub(crate) unit: String,
    pub(crate) text: String,
    pub(crate) choices: Vec<Choice>,
    pub(crate) why: Option<String>,
    /// What must stand in the form for it to be shown: one of `name` and `name=value`; empty for always.
    pub(crate) when: String,
    pub(crate) hidden: bool,
    /// "(optional)", or when it must be filled in.
    pub(crate) mark: String,
}

/// What is said beside the labels: to a requester what he may leave out, to the team what solving needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Asking,
    Solving,
}

/// The rows of a form. `prefix` keeps the ids apart where a page has it twice; `typed` gives what was sent when it comes
/// back.
pub(crate) fn rows<'t>(
    form: &Form,
    lang: Lang,
    (prefix, mark): (&str, Mark),
    answers: &Answers,
    refusals: &[Refusal],
    typed: impl Fn(&str) -> Option<&'t str>,
) -> Vec<Row> {
    let shown = form.shown(answers);
    let row = |field: &Field| {
        let name = format!("f.{}", field.key);
        let value = answers.get(&field.id);
        let text = match (typed(&name), value) {
            (Some(typed), _) => typed.to_string(),
            (None, Some(value)) => plain(lang, value),
            (None, None) => String::new(),
        };
        Row {
            id: format!("{prefix}{name}"),
            choices: choices_of(form, field, lang, value),
            kind: field.kind,
            label: field.label(lang).to_string(),
            help: field.help(lang).to_string(),
            unit: field.unit(lang).to_string(),
            why: why(lang, refusals, field),
            when: when(form, field),
            hidden: !shown.iter().any(|one| one.id == field.id),
            mark: mark_of(lang, mark, field.required),
            text,
            name,
        }
    };
    form.fields.iter().map(row).collect()
}

fn mark_of(lang: Lang, mark: Mark, required: Required) -> String {
    match (mark, required) {
        (Mark::Asking, Required::Asking) | (Mark::Solving, Required::Never | Required::Asking) => String::new(),
        (Mark::Asking, _) => words::text(lang, "optional", &[]),
        (Mark::Solving, Required::Solving) => words::text(lang, "form-for-solving", &[]),
    }
}

fn why(lang: Lang, refusals: &[Refusal], field: &Field) -> Option<String> {
    let about = |r: &&Refusal| r.field == forms::REFUSED && r.number == Some(field.id.0);
    let refusal = refusals.iter().find(about)?;
    Some(words::text(lang, refusal.key, &[]))
}

/// The sentences of a summary, each with its label and the id it leads to. What is refused of fields that are not on
/// the page leads nowhere.
pub(crate) fn wrong(rows: &[Row]) -> Vec<(String, String, String)> {
    let one = |row: &Row| Some((row.id.clone(), row.label.clone(), row.why.clone()?));
    rows.iter().filter_map(one).collect()
}

/// As it stands in a field.
fn plain(lang: Lang, value: &Value) -> String {
    match value {
        Value::Words(text) => text.clone(),
        Value::Amount(amount) => amount_typed(lang, *amount),
        Value::Day(day) => day.to_string(),
        Value::Yes(_) | Value::Chosen(_) => String::new(),
    }
}

/// What is offered; what is retired only where it stands already.
fn choices_of(form: &Form, field: &Field, lang: Lang, value: Option<&Value>) -> Vec<Choice> {
    let has = |key: &str| matches!(value, Some(Value::Chosen(keys)) if keys.iter().any(|k| k == key));
    let none = || choices::none(words::text(lang, "form-none", &[]), value.is_none());
    match field.kind {
        Kind::YesNo => {
            let answer = |yes: bool| Choice {
                value: if yes { "yes" } else { "no" }.to_string(),
                words: yes_no(lang, yes),
                chosen: value == Some(&Value::Yes(yes)),
            };
            vec![none(), answer(true), answer(false)]
        }
        Kind::One | Kind::Several => {
            let options = form.options_of(field.id).into_iter();
            let offered = options.filter(|option| !option.retired || has(&option.key));
            let each = offered.map(|option| Choice {
                value: option.key.clone(),
                words: option.label(lang).to_string(),
                chosen: has(&option.key),
            });
            let first = (field.kind == Kind::One).then(none);
            first.into_iter().chain(each).collect()
        }
        Kind::Short | Kind::Long | Kind::Number | Kind::Date => Vec::new(),
    }
}

/// The condition as the page's script reads it.
fn when(form: &Form, field: &Field) -> String {
    let Some((by, shown)) = field.condition() else {
        return String::new();
    };
    let Some(shower) = form.field(by) else {
        return String::new();
    };
    let name = format!("f.{}", shower.key);
    let ticked = |key: &str| format!("{name}.{key}=on");
    let parts: Vec<String> = match (shower.kind, shown) {
        (Kind::Several, Shown::Filled) => form.options_of(by).iter().map(|option| ticked(&option.key)).collect(),
        (Kind::Several, Shown::Has(keys)) => keys.into_iter().map(ticked).collect(),
        (_, Shown::Filled) => vec![name],
        (_, Shown::Has(words)) => words.into_iter().map(|word| format!("{name}={word}")).collect(),
    };
    parts.join(" ")
}

impl Row {
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.as_str() == kind
    }

    /// What describes the control: its help, and what was wrong.
    pub(crate) fn described(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.id));
        let wrong = self.why.is_some().then(|| format!("{}-wrong", self.id));
        help.into_iter().chain(wrong).collect::<Vec<_>>().join(" ")
    }
}
