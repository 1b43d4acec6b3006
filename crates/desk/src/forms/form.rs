//! A topic's form, and which of its fields are shown under which answers. Pure.

use super::field::{Choice, Field, Shown};
use super::value::Answers;
use crate::ids::FieldId;

/// Who fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Requester,
    Team,
}

/// The fields in their order, and the lists to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub fields: Vec<Field>,
    pub options: Vec<Choice>,
}

impl Form {
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    pub fn by_key(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub fn options_of(&self, id: FieldId) -> Vec<&Choice> {
        self.options.iter().filter(|option| option.field == id).collect()
    }

    /// Without what that reader never sees.
    #[must_use]
    pub fn seen_by(mut self, who: Audience) -> Form {
        self.fields.retain(|field| who == Audience::Team || !field.team_only);
        self
    }

    /// Those whose condition holds. What is not shown shows nothing either; a field that is not of this form (its
    /// topic was moved to another) asks for nothing.
    pub fn shown(&self, answers: &Answers) -> Vec<&Field> {
        let mut shown: Vec<&Field> = Vec::new();
        for field in &self.fields {
            let holds = match field.condition() {
                Some((by, wanted)) if self.field(by).is_some() => {
                    let seen = shown.iter().any(|earlier| earlier.id == by);
                    let value = answers.get(&by).filter(|_| seen);
                    value.is_some_and(|value| match wanted {
                        Shown::Filled => true,
                        Shown::Has(words) => words.iter().any(|word| value.has(word)),
                    })
                }
                _ => true,
            };
            if holds {
                shown.push(field);
            }
        }
        shown
    }

    /// Whether each field stands after the one that shows it.
    pub(super) fn is_in_order(&self) -> bool {
        let place = |id: FieldId| self.fields.iter().position(|field| field.id == id);
        let mut pairs = self.fields.iter().filter_map(|field| Some((field.shown_by?, field.id)));
        pairs.all(|(by, id)| place(by).is_none_or(|before| Some(before) < place(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, NewField, Required, Value};
    use super::*;
    use crate::ids::TopicId;

    fn field(id: i64, by: Option<i64>, has: &str) -> Field {
        let new = NewField::new(Kind::One, "A", "A");
        Field {
            id: FieldId(id),
            topic: TopicId(1),
            key: format!("k{id}"),
            kind: new.kind,
            label_en: new.label_en,
            label_fr: new.label_fr,
            help_en: String::new(),
            help_fr: String::new(),
            unit_en: String::new(),
            unit_fr: String::new(),
            required: Required::Never,
            team_only: id == 3,
            shown_by: by.map(FieldId),
            shown_for: has.into(),
            retired: false,
        }
    }

    fn chosen(id: i64, key: &str) -> (FieldId, Value) {
        (FieldId(id), Value::Chosen(vec![key.into()]))
    }

    fn shown(form: &Form, answers: &[(FieldId, Value)]) -> Vec<i64> {
        let answers: Answers = answers.iter().cloned().collect();
        form.shown(&answers).iter().map(|field| field.id.0).collect()
    }

    fn chain() -> Form {
        Form {
            fields: vec![
                field(1, None, ""),
                field(2, Some(1), "wifi cable"),
                field(3, Some(2), ""),
            ],
            options: Vec::new(),
        }
    }

    #[test]
    fn a_field_is_shown_by_what_an_earlier_one_has() {
        assert_eq!(shown(&chain(), &[]), [1]);
        assert_eq!(shown(&chain(), &[chosen(1, "none")]), [1]);
        assert_eq!(shown(&chain(), &[chosen(1, "wifi")]), [1, 2]);
        assert_eq!(shown(&chain(), &[chosen(1, "cable"), chosen(2, "any")]), [1, 2, 3]);
    }

    #[test]
    fn what_is_not_shown_shows_nothing_though_it_has_a_value() {
        assert_eq!(shown(&chain(), &[chosen(1, "none"), chosen(2, "any")]), [1]);
    }

    #[test]
    fn a_condition_on_a_field_of_another_form_asks_for_nothing() {
        let form = Form {
            fields: vec![field(2, Some(1), "wifi")],
            options: Vec::new(),
        };
        assert_eq!(shown(&form, &[]), [2]);
    }

    #[test]
    fn the_requesters_form_is_without_what_only_the_team_sees() {
        let form = chain().seen_by(Audience::Requester);
        assert_eq!(form.fields.len(), 2);
        assert_eq!(chain().seen_by(Audience::Team).fields.len(), 3);
    }

    #[test]
    fn a_field_stands_after_the_one_that_shows_it() {
        assert!(chain().is_in_order());
        let mut turned = chain();
        turned.fields.swap(0, 1);
        assert!(!turned.is_in_order());
        turned.fields = vec![field(1, Some(1), "")];
        assert!(!turned.is_in_order(), "by itself");
    }
}
