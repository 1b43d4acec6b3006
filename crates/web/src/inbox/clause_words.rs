//! A clause in plain words: "Status is New or Open", "Nothing has changed for 3 days". One whole sentence each, in both
//! languages; only the list of values is put together here, by the language's own "or".

use desk::views::{Clause, Field, Shape};

use super::filter_words::choices_of;
use super::rows::Choices;
use crate::layout::Shell;

pub(crate) fn words(shell: &Shell, known: &Choices, clause: &Clause) -> String {
    let key = if clause.not {
        format!("clause-not-{}", clause.field)
    } else {
        format!("clause-{}", clause.field)
    };
    let first = || clause.values.first().map(|v| v.trim()).unwrap_or_default();
    match clause.field.shape() {
        Shape::Bare => shell.t(&key),
        Shape::Number => shell.t1(&key, "count", first().parse::<i64>().unwrap_or(0)),
        Shape::Words => shell.t1(&key, "words", first()),
        Shape::Choice => shell.t1(&key, "values", either(shell, names(shell, known, clause))),
    }
}

fn names(shell: &Shell, known: &Choices, clause: &Clause) -> Vec<String> {
    if clause.field == Field::Organization {
        let name = |value: &String| {
            let found = known.organizations.iter().find(|o| o.id.to_string() == *value);
            found.map_or_else(|| value.clone(), |o| o.name.clone())
        };
        return clause.values.iter().map(name).collect();
    }
    let choices = choices_of(shell, known, clause.field, "");
    let name = |value: &String| {
        let found = choices.iter().find(|c| c.value == *value);
        found.map_or_else(|| value.clone(), |c| c.words.clone())
    };
    clause.values.iter().map(name).collect()
}

fn either(shell: &Shell, names: Vec<String>) -> String {
    let together = |first: String, next: String| shell.t2("either", "first", first, "next", next);
    names.into_iter().reduce(together).unwrap_or_default()
}
