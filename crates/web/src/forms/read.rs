//! What was typed into the fields of a form. A field the form did not hold is not touched.

use desk::forms::{self, Answers, Form, Given, Kind, Value};
use desk::words::Lang;
use desk::{Error, Refusal};

/// What was read, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Read {
    pub(crate) given: Given,
    pub(crate) refusals: Vec<Refusal>,
}

/// `text` gives what was sent under a name; nothing when the form had no such field.
pub(crate) fn read<'t>(form: &Form, lang: Lang, text: impl Fn(&str) -> Option<&'t str>) -> Read {
    let mut read = Read::default();
    for field in &form.fields {
        let name = format!("f.{}", field.key);
        let Some(typed) = text(&name) else { continue };
        let ticked: Vec<String> = form
            .options_of(field.id)
            .into_iter()
            .filter(|option| text(&format!("{name}.{}", option.key)).is_some_and(|sent| !sent.is_empty()))
            .map(|option| option.key.clone())
            .collect();
        let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
        let texts = if field.kind == Kind::Several {
            ticked
        } else {
            vec![typed]
        };
        match Value::typed(form, field, lang, &texts) {
            Ok(value) => drop(read.given.insert(field.id, value)),
            Err(key) => read.refusals.push(forms::refusal(field.id, key)),
        }
    }
    read
}

/// What was typed into fields that the form does not have now: it has changed since it was shown. Key and words.
pub(crate) fn strays<'t>(form: &Form, sent: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<(String, String)> {
    let mut strays: Vec<(String, String)> = Vec::new();
    for (name, text) in sent {
        let Some(name) = name.strip_prefix("f.").filter(|_| !text.trim().is_empty()) else {
            continue;
        };
        // A box that was ticked is named by its list and its own key.
        let (key, words) = name.split_once('.').unwrap_or((name, text));
        if form.by_key(key).is_some() {
            continue;
        }
        match strays.last_mut().filter(|(last, _)| last == key) {
            Some((_, all)) => *all = format!("{all}, {words}"),
            None => strays.push((key.to_string(), words.to_string())),
        }
    }
    strays
}

impl Read {
    /// What the fields have now, with what was typed over what stood there.
    pub(crate) fn over(&self, before: &Answers) -> Answers {
        let mut answers = before.clone();
        for (id, value) in &self.given {
            match value {
                Some(value) => drop(answers.insert(*id, value.clone())),
                None => drop(answers.remove(id)),
            }
        }
        answers
    }

    /// Refuses what cannot be read, and asks for what these answers show and the page did not have: without script the
    /// next field comes with the next page.
    pub(crate) fn check(&self, form: &Form) -> desk::Result<()> {
        let refused = |id| self.refusals.iter().any(|r| r.number == Some(id));
        let shown = form.shown(&self.over(&Answers::new()));
        let unasked = shown
            .into_iter()
            .filter(|field| !self.given.contains_key(&field.id) && !refused(field.id.0))
            .map(|field| forms::refusal(field.id, "refused-field-now"));
        let all: Vec<Refusal> = self.refusals.iter().cloned().chain(unasked).collect();
        if all.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(all))
        }
    }
}
