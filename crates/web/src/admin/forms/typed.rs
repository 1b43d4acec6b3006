//! The form of a field as it was typed, and as it is read: its names are few but for the rows of a list and the ticks of
//! a condition, which carry numbers and keys.

use std::collections::BTreeMap;

use desk::forms::{Field, Form, Kind, NewField, NewOption, Required, Shown};
use desk::{Error, FieldId, OptionId};

use super::super::choice::number;

/// Empty rows below a list.
const BLANK: usize = 5;

#[derive(Clone, Debug, Default)]
pub(super) struct Typed(BTreeMap<String, String>);

/// One line of the list: its name in the form and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct OptionRow {
    pub(super) name: String,
    pub(super) en: String,
    pub(super) fr: String,
    pub(super) retired: bool,
    /// It is there already, by this key.
    pub(super) key: String,
}

impl From<BTreeMap<String, String>> for Typed {
    fn from(all: BTreeMap<String, String>) -> Typed {
        let tidy = |text: String| text.replace("\r\n", "\n").replace('\0', "");
        Typed(all.into_iter().map(|(name, text)| (name, tidy(text))).collect())
    }
}

impl Typed {
    pub(super) fn of(field: &Field, form: &Form) -> Typed {
        let mut typed = Typed::default();
        typed.put("kind", field.kind.as_str());
        typed.put("label_en", &field.label_en);
        typed.put("label_fr", &field.label_fr);
        typed.put("help_en", &field.help_en);
        typed.put("help_fr", &field.help_fr);
        typed.put("unit_en", &field.unit_en);
        typed.put("unit_fr", &field.unit_fr);
        typed.put("required", field.required.as_str());
        if field.team_only {
            typed.put("team_only", "on");
        }
        if let Some((by, shown)) = field.condition() {
            typed.put("shown_by", &by.to_string());
            if let Shown::Has(words) = shown {
                words
                    .iter()
                    .for_each(|word| typed.put(&format!("for.{by}.{word}"), "on"));
            }
        }
        for option in form.options_of(field.id) {
            let name = format!("o.{}", option.id);
            typed.put(&format!("{name}.en"), &option.label_en);
            typed.put(&format!("{name}.fr"), &option.label_fr);
            if option.retired {
                typed.put(&format!("{name}.off"), "on");
            }
        }
        typed
    }

    fn put(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_string(), text.to_string());
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::parse(self.text("kind")).unwrap_or(Kind::Short)
    }

    /// The lines of the list, and some to write more on.
    pub(super) fn options(&self, field: Option<&Field>, form: &Form) -> Vec<OptionRow> {
        let known = field.map(|field| form.options_of(field.id)).unwrap_or_default();
        let old = known
            .iter()
            .map(|option| self.row(format!("o.{}", option.id), &option.key));
        let last = |name: &String| name.strip_prefix("n.")?.split('.').next()?.parse::<usize>().ok();
        let filled = self.0.iter().filter(|(_, text)| !text.is_empty());
        let rows = filled
            .filter_map(|(name, _)| last(name))
            .max()
            .map_or(0, |last| last + 1);
        let rows = rows.clamp(BLANK, desk::forms::MOST_OPTIONS);
        let new = (0..rows).map(|at| self.row(format!("n.{at}"), ""));
        old.chain(new).collect()
    }

    fn row(&self, name: String, key: &str) -> OptionRow {
        OptionRow {
            en: self.text(&format!("{name}.en")).to_string(),
            fr: self.text(&format!("{name}.fr")).to_string(),
            retired: self.has(&format!("{name}.off")),
            key: key.to_string(),
            name,
        }
    }

    pub(super) fn field(&self) -> desk::Result<NewField> {
        let kind = Kind::parse(self.text("kind")).ok_or(Error::refused("kind", "refused-choice"))?;
        let required = Required::parse(self.text("required")).ok_or(Error::refused("required", "refused-choice"))?;
        let by = number(self.text("shown_by"), "shown_by", "refused-field-other-form")?;
        let text = |name: &str| self.text(name).to_string();
        Ok(NewField {
            key: text("key"),
            help_en: text("help_en"),
            help_fr: text("help_fr"),
            unit_en: text("unit_en"),
            unit_fr: text("unit_fr"),
            required,
            team_only: self.has("team_only"),
            shown_by: by.map(FieldId),
            shown_for: by.map(|by| self.words(by)).unwrap_or_default(),
            options: self.new_options(),
            ..NewField::new(kind, self.text("label_en"), self.text("label_fr"))
        })
    }

    /// What was ticked of the field that shows this one.
    fn words(&self, by: i64) -> Vec<String> {
        let prefix = format!("for.{by}.");
        let ticked = self.0.iter().filter(|(_, text)| !text.is_empty());
        ticked
            .filter_map(|(name, _)| name.strip_prefix(&prefix))
            .map(str::to_string)
            .collect()
    }

    /// Those that are there, and the new ones in the order they were typed.
    fn new_options(&self) -> Vec<NewOption> {
        let rows = |prefix: &str| {
            let at = |name: &String| name.strip_prefix(prefix)?.strip_suffix(".en")?.parse::<i64>().ok();
            let mut at: Vec<i64> = self.0.keys().filter_map(at).collect();
            at.sort_unstable();
            at
        };
        let option = |name: String, id: Option<OptionId>| NewOption {
            id,
            label_en: self.text(&format!("{name}.en")).to_string(),
            label_fr: self.text(&format!("{name}.fr")).to_string(),
            retired: self.has(&format!("{name}.off")),
        };
        let old = rows("o.")
            .into_iter()
            .map(|id| option(format!("o.{id}"), Some(OptionId(id))));
        let new = rows("n.").into_iter().map(|at| option(format!("n.{at}"), None));
        old.chain(new.filter(|new| !new.label_en.trim().is_empty() || !new.label_fr.trim().is_empty()))
            .collect()
    }
}
