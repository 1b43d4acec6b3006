//! The filter as it is shown: the choices of its form, and one chip for each part, with the address of the list
//! without it.

use desk::forms::{Form, Kind};
use desk::tickets::{Channel, Priority, Status};
use desk::views::{Clause, Field};

use super::filter::Filter;
use super::rows::Choices;
use super::wanted::Wanted;
use crate::layout::Shell;
use crate::tickets::choices::{self, Choice};

/// What the list says of its filter.
#[derive(Clone, Debug)]
pub(crate) struct FilterView {
    pub chips: Vec<FilterChip>,
    /// The address of the list with no filter at all.
    pub clear: String,
    /// The form that changes it, fetched when it is opened, and the name of its frame: another one for another filter.
    pub form: String,
    pub frame: String,
}

#[derive(Clone, Debug)]
pub(crate) struct FilterChip {
    pub words: String,
    pub without: String,
}

pub(crate) fn filter_view(shell: &Shell, wanted: &Wanted, known: &Choices) -> FilterView {
    let with = |clauses: Vec<Clause>| Wanted {
        filter: Filter(clauses),
        ..wanted.clone()
    };
    let all = &wanted.filter.0;
    let without = |field: Field| with(all.iter().filter(|c| c.field != field).cloned().collect());
    let chip = |clause: &Clause| FilterChip {
        words: super::clause_words::words(shell, known, clause),
        without: without(clause.field).address(wanted.order),
    };
    FilterView {
        chips: all.iter().map(chip).collect(),
        clear: with(Vec::new()).address(wanted.order),
        form: wanted.deed("filter"),
        frame: frame_of(wanted),
    }
}

pub(crate) fn frame_of(wanted: &Wanted) -> String {
    format!(
        "filter-{}",
        data_encoding::BASE64URL_NOPAD.encode(wanted.query().as_bytes())
    )
}

/// Each thing that can be chosen, after the label of its field.
fn of_form(shell: &Shell, form: &Form) -> Vec<Choice> {
    let choice = |field: &desk::forms::Field, value: String, words: &str| Choice {
        value,
        words: shell.t2("portal-field-wrong", "field", field.label(shell.lang), "words", words),
        chosen: false,
    };
    let all = form.fields.iter().flat_map(|field| match field.kind {
        Kind::YesNo => vec![
            choice(field, format!("y{}", field.id), &shell.t("form-yes")),
            choice(field, format!("n{}", field.id), &shell.t("form-no")),
        ],
        _ => {
            let options = form.options_of(field.id).into_iter();
            options
                .map(|one| choice(field, format!("o{}", one.id), one.label(shell.lang)))
                .collect()
        }
    });
    all.collect()
}

/// The values a field can have, in the reader's words; those that stand are chosen.
pub(crate) fn choices_of(shell: &Shell, known: &Choices, field: Field, chosen: &str) -> Vec<Choice> {
    let stands: Vec<&str> = chosen.split(',').collect();
    let said = |key: &dyn Fn(&str) -> String, words: &[&str]| choices::of_words(shell, key, words, "");
    let extra = |value: &str, key: &str| Choice {
        value: value.to_string(),
        words: shell.t(key),
        chosen: false,
    };
    let mut list = match field {
        Field::Standing => said(
            &|w| format!("standing-{w}"),
            &["unsolved", "active", "waiting", "snoozed", "done"],
        ),
        Field::Status => said(
            &|w| format!("status-{w}"),
            &Status::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>(),
        ),
        Field::Priority => said(
            &|w| format!("priority-{w}"),
            &Priority::ALL.iter().map(|p| p.as_str()).collect::<Vec<_>>(),
        ),
        Field::Channel => said(
            &|w| format!("channel-{w}"),
            &Channel::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
        ),
        Field::Language => said(&|w| format!("language-{w}"), &["en", "fr"]),
        Field::Assignee => {
            let people = choices::of_technicians(&known.technicians, "");
            [extra("me", "me-short"), extra("nobody", "nobody")]
                .into_iter()
                .chain(people)
                .collect()
        }
        Field::Team => {
            let teams = choices::of_teams(shell, &known.teams, "");
            [extra("mine", "my-teams"), extra("none", "no-team")]
                .into_iter()
                .chain(teams)
                .collect()
        }
        Field::Topic => choices::of_topics(shell, &known.topics, ""),
        Field::Form => of_form(shell, &known.form),
        _ => Vec::new(),
    };
    for choice in &mut list {
        choice.chosen = stands.contains(&choice.value.as_str());
    }
    list
}
