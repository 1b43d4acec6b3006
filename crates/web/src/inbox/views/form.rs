//! The form of a view: what was sent becomes a question, and a question becomes the rows of the form. Every clause has
//! its own numbered fields: `field0`, `is0`, and `value0` (once for each value) or `text0`.

use std::collections::BTreeMap;

use desk::TeamId;
use desk::views::{Clause, Field, NewView, Question, Shape};

/// What a press on one of the form's own buttons changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Add,
    Remove(usize),
}

/// The form as it was sent, with what its own buttons did to it.
pub(super) fn read(pairs: Vec<(String, String)>) -> NewView {
    let mut new = NewView::default();
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let mut act = None;
    for (name, value) in pairs {
        match name.as_str() {
            "name" => new.name = value,
            "team" => new.team = value.parse().ok().map(TeamId),
            "match" => new.question.any = value == "any",
            "act" if value == "add" => act = Some(Act::Add),
            "act" => act = removed(&value),
            _ => put(&mut rows, &name, &value),
        }
    }
    if let Some(Act::Remove(at)) = act {
        rows.remove(&at);
    }
    new.question.clauses = rows.into_values().map(clause_of).collect();
    if act == Some(Act::Add) || new.question.clauses.is_empty() {
        new.question.clauses.push(blank());
    }
    new
}

fn removed(value: &str) -> Option<Act> {
    value.strip_prefix("remove")?.parse().ok().map(Act::Remove)
}

/// A row to begin with: what is not done yet.
pub(super) fn blank() -> Clause {
    Clause {
        field: Field::Standing,
        not: false,
        values: vec!["unsolved".to_string()],
    }
}

/// One row as it was sent.
struct Row {
    clause: Clause,
    text: String,
}

fn put(rows: &mut BTreeMap<usize, Row>, name: &str, value: &str) {
    let Some(digits) = name.find(|c: char| c.is_ascii_digit()) else {
        return;
    };
    let (what, at) = name.split_at(digits);
    let Ok(at) = at.parse::<usize>() else { return };
    let row = rows.entry(at).or_insert_with(|| Row {
        clause: Clause {
            values: Vec::new(),
            ..blank()
        },
        text: String::new(),
    });
    match what {
        "field" => row.clause.field = Field::parse(value).unwrap_or(Field::Standing),
        "is" => row.clause.not = value == "not",
        "value" => row.clause.values.push(value.to_string()),
        "text" => row.text = value.to_string(),
        _ => {}
    }
}

/// Chosen values are sent as `field:value`, so that those of another field fall away when the field of a row changes.
fn clause_of(row: Row) -> Clause {
    let Row { mut clause, text } = row;
    let prefix = format!("{}:", clause.field);
    clause.values = match clause.field.shape() {
        Shape::Bare => Vec::new(),
        Shape::Choice => {
            let own = |v: &String| v.strip_prefix(&prefix).map(str::to_string);
            clause.values.iter().filter_map(own).collect()
        }
        Shape::Words | Shape::Number => vec![text],
    };
    clause
}

/// The question as it stands, for a count: rows that are not finished do not count.
pub(super) fn finished(question: &Question) -> Question {
    let faults: Vec<usize> = question.faults().iter().map(|f| f.clause).collect();
    let rows = question.clauses.iter().enumerate();
    Question {
        any: question.any,
        clauses: rows
            .filter(|(at, _)| !faults.contains(at))
            .map(|(_, c)| c.clone())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> NewView {
        read(pairs.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect())
    }

    #[test]
    fn rows_become_clauses_in_their_order() {
        let form = sent(&[
            ("name", "VPN"),
            ("match", "any"),
            ("field0", "status"),
            ("is0", "not"),
            ("value0", "status:open"),
            ("value0", "status:new"),
            ("field3", "tag"),
            ("is3", "is"),
            ("text3", "vpn, wifi"),
        ]);
        let clause = |field, not, values: &[&str]| Clause {
            field,
            not,
            values: values.iter().map(ToString::to_string).collect(),
        };
        let expected = [
            clause(Field::Status, true, &["open", "new"]),
            clause(Field::Tag, false, &["vpn, wifi"]),
        ];
        assert_eq!(form.question.clauses, expected);
        assert!(form.question.any);
    }

    #[test]
    fn the_values_of_another_field_fall_away() {
        let form = sent(&[
            ("field0", "priority"),
            ("value0", "status:open"),
            ("value0", "priority:high"),
        ]);
        assert_eq!(form.question.clauses[0].values, ["high"]);
        let form = sent(&[("field0", "quiet_for"), ("value0", "status:open"), ("text0", "3")]);
        assert_eq!(form.question.clauses[0].values, ["3"]);
    }

    #[test]
    fn its_buttons_add_and_remove_rows() {
        let form = sent(&[("field0", "unread"), ("act", "add")]);
        assert_eq!(form.question.clauses.len(), 2);
        let form = sent(&[("field0", "unread"), ("field1", "late"), ("act", "remove0")]);
        assert_eq!(form.question.clauses.len(), 1);
        assert_eq!(form.question.clauses[0].field, Field::Late);
        assert_eq!(sent(&[]).question.clauses, [blank()]);
    }
}
