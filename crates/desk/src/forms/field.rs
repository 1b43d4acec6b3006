//! A field as it is kept, what is said of a new one, and the condition under which it is shown. Pure.

use crate::ids::{FieldId, OptionId, TopicId};
use crate::words::Lang;

db::text_enum! {
    pub enum Kind {
        Short => "short", Long => "long", Number => "number", Date => "date", YesNo => "yes_no", One => "one",
        Several => "several",
    }
}

db::text_enum! {
    /// When it must be filled in, where it is shown.
    pub enum Required { Never => "never", Asking => "asking", Solving => "solving" }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Field {
        pub id: FieldId,
        pub topic: TopicId,
        /// What programs call it; it never changes.
        pub key: String,
        pub kind: Kind,
        pub label_en: String,
        pub label_fr: String,
        pub help_en: String,
        pub help_fr: String,
        /// What a number counts.
        pub unit_en: String,
        pub unit_fr: String,
        pub required: Required,
        /// Requesters neither see it nor are asked for it.
        pub team_only: bool,
        pub shown_by: Option<FieldId>,
        pub shown_for: String,
        pub retired: bool,
    }
}

db::table! {
    /// One of the things that can be chosen.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Choice {
        pub id: OptionId,
        pub field: FieldId,
        pub key: String,
        pub label_en: String,
        pub label_fr: String,
        pub retired: bool,
    }
}

/// What an earlier field must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    Filled,
    /// One of these: keys of its list, `yes` or `no`.
    Has(Vec<&'a str>),
}

impl Kind {
    pub fn is_list(self) -> bool {
        matches!(self, Kind::One | Kind::Several)
    }
}

impl Field {
    pub fn label(&self, lang: Lang) -> &str {
        said(lang, &self.label_en, &self.label_fr)
    }

    pub fn help(&self, lang: Lang) -> &str {
        said(lang, &self.help_en, &self.help_fr)
    }

    pub fn unit(&self, lang: Lang) -> &str {
        said(lang, &self.unit_en, &self.unit_fr)
    }

    /// The field that shows it, and what that one must have.
    pub fn condition(&self) -> Option<(FieldId, Shown<'_>)> {
        let shown = match self.shown_for.as_str() {
            "" => Shown::Filled,
            list => Shown::Has(list.split(' ').collect()),
        };
        self.shown_by.map(|by| (by, shown))
    }
}

impl Choice {
    pub fn label(&self, lang: Lang) -> &str {
        said(lang, &self.label_en, &self.label_fr)
    }
}

fn said<'a>(lang: Lang, en: &'a str, fr: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
    }
}

/// A field as it is to be. Its kind and its key are set once.
#[derive(Clone, Debug)]
pub struct NewField {
    /// Made from the English label when it is left out.
    pub key: String,
    pub kind: Kind,
    pub label_en: String,
    pub label_fr: String,
    pub help_en: String,
    pub help_fr: String,
    pub unit_en: String,
    pub unit_fr: String,
    pub required: Required,
    pub team_only: bool,
    pub shown_by: Option<FieldId>,
    /// None for "has anything".
    pub shown_for: Vec<String>,
    pub options: Vec<NewOption>,
}

#[derive(Clone, Debug, Default)]
pub struct NewOption {
    /// One that is there already.
    pub id: Option<OptionId>,
    pub label_en: String,
    pub label_fr: String,
    pub retired: bool,
}

impl NewField {
    /// The usual case: nobody must fill it in, everybody sees it, always.
    pub fn new(kind: Kind, label_en: &str, label_fr: &str) -> NewField {
        NewField {
            key: String::new(),
            kind,
            label_en: label_en.into(),
            label_fr: label_fr.into(),
            help_en: String::new(),
            help_fr: String::new(),
            unit_en: String::new(),
            unit_fr: String::new(),
            required: Required::Never,
            team_only: false,
            shown_by: None,
            shown_for: Vec::new(),
            options: Vec::new(),
        }
    }

    /// With things to choose from, each in both languages.
    #[must_use]
    pub fn with_options(mut self, labels: &[(&str, &str)]) -> NewField {
        let option = |(en, fr): &(&str, &str)| NewOption {
            label_en: (*en).into(),
            label_fr: (*fr).into(),
            ..NewOption::default()
        };
        self.options = labels.iter().map(option).collect();
        self
    }

    /// Shown when that field has one of these; when it has anything, without them.
    #[must_use]
    pub fn shown_when(mut self, by: FieldId, has: &[&str]) -> NewField {
        self.shown_by = Some(by);
        self.shown_for = has.iter().map(ToString::to_string).collect();
        self
    }

    #[must_use]
    pub fn required(mut self, required: Required) -> NewField {
        self.required = required;
        self
    }
}
