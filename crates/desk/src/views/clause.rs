//! A question in plain words: clauses that all hold, or of which one holds. A clause names a field, says "is" or "is
//! not", and gives values; it is kept as it was asked, and becomes a [`Condition`] when it is put.

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Who};
use crate::error::{Error, Result};
use crate::ids::{FieldId, OptionId, OrganizationId, PersonId, TeamId, TopicId};
use crate::tickets::{Channel, Priority, Status};
use crate::words::Lang;

db::text_enum! {
    /// What a clause may be about.
    pub enum Field {
        Standing => "standing", Status => "status", Priority => "priority", Assignee => "assignee", Team => "team",
        Topic => "topic", Channel => "channel", Language => "language", Organization => "organization", Tag => "tag",
        Form => "form", Subject => "subject", Unread => "unread", Watched => "watched", Late => "late", DueWithin => "due_within",
        OpenedWithin => "opened_within", OlderThan => "older_than", QuietFor => "quiet_for",
    }
}

/// How the values of a field are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One or more of a list.
    Choice,
    /// Words; several separated by commas for tags.
    Words,
    /// A whole number of hours or days.
    Number,
    /// It holds or it does not.
    Bare,
}

impl Field {
    pub fn shape(self) -> Shape {
        match self {
            Field::Tag | Field::Subject => Shape::Words,
            Field::Unread | Field::Watched | Field::Late => Shape::Bare,
            Field::DueWithin | Field::OpenedWithin | Field::OlderThan | Field::QuietFor => Shape::Number,
            _ => Shape::Choice,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub field: Field,
    #[serde(default)]
    pub not: bool,
    #[serde(default)]
    pub values: Vec<String>,
}

/// What is wrong with one clause, counted from 0, and the key of the sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub clause: usize,
    pub key: &'static str,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// One clause is enough; otherwise all must hold.
    #[serde(default)]
    pub any: bool,
    pub clauses: Vec<Clause>,
}

/// More clauses than this is nobody's question.
const MOST_CLAUSES: usize = 12;
/// Ten years of days, about; the hours of a year.
const LONGEST: i64 = 10_000;

impl Question {
    pub fn faults(&self) -> Vec<Fault> {
        let wrong = |(at, clause): (usize, &Clause)| match clause.condition() {
            Ok(_) => None,
            Err(key) => Some(Fault { clause: at, key }),
        };
        self.clauses.iter().enumerate().filter_map(wrong).collect()
    }

    /// Refuses a question that cannot be put; the number of a refusal is the clause, counted from 1.
    pub fn condition(&self) -> Result<Condition> {
        if self.clauses.is_empty() {
            return Err(Error::refused("clauses", "refused-no-clause"));
        }
        if self.clauses.len() > MOST_CLAUSES {
            return Err(Error::refused("clauses", "refused-condition"));
        }
        if let Some(fault) = self.faults().first() {
            let number = i64::try_from(fault.clause).unwrap_or(0) + 1;
            return Err(Error::refused_at("clauses", fault.key, number));
        }
        let parts: Vec<Condition> = self.clauses.iter().filter_map(|c| c.condition().ok()).collect();
        let condition = if self.any {
            Condition::Any(parts)
        } else {
            Condition::All(parts)
        };
        condition.check()?;
        Ok(condition)
    }

    pub(super) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::fault)
    }

    pub(super) fn of_json(text: &str) -> Result<Question> {
        serde_json::from_str(text).map_err(Error::fault)
    }
}

impl Clause {
    fn condition(&self) -> Result<Condition, &'static str> {
        let plain = match self.field.shape() {
            Shape::Bare => Ok(self.bare()),
            Shape::Number => self.number(),
            Shape::Words => self.words(),
            Shape::Choice => self.choice(),
        }?;
        Ok(if self.not {
            Condition::Not(Box::new(plain))
        } else {
            plain
        })
    }

    fn bare(&self) -> Condition {
        match self.field {
            Field::Late => Condition::Late,
            Field::Watched => Condition::Watched,
            _ => Condition::Unread,
        }
    }

    fn number(&self) -> Result<Condition, &'static str> {
        let given = self.values.first().map(|v| v.trim()).unwrap_or_default();
        let count: i64 = given.parse().map_err(|_| "refused-number")?;
        if !(1..=LONGEST).contains(&count) {
            return Err("refused-number");
        }
        Ok(match self.field {
            Field::DueWithin => Condition::DueWithin { hours: count },
            Field::OpenedWithin => Condition::OpenedWithin { days: count },
            Field::OlderThan => Condition::OlderThan { days: count },
            _ => Condition::QuietFor { days: count },
        })
    }

    fn words(&self) -> Result<Condition, &'static str> {
        let given = self.values.first().map(|v| v.trim()).unwrap_or_default();
        if given.is_empty() || given.chars().count() > 200 || given.chars().any(char::is_control) {
            return Err("refused-words");
        }
        if self.field == Field::Subject {
            return Ok(Condition::SubjectHas(given.to_string()));
        }
        let tags = given.split(',').map(str::trim).filter(|word| !word.is_empty());
        Ok(Condition::Any(
            tags.map(|word| Condition::Tag(word.to_string())).collect(),
        ))
    }

    fn choice(&self) -> Result<Condition, &'static str> {
        if self.values.is_empty() {
            return Err("refused-no-value");
        }
        let one = |value: &String| self.one(value).ok_or("refused-value");
        let parts = self.values.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        Ok(Condition::Any(parts))
    }

    fn one(&self, value: &str) -> Option<Condition> {
        Some(match self.field {
            Field::Standing => standing(value)?,
            Field::Status => Condition::Status(vec![Status::parse(value)?]),
            Field::Priority => Condition::Priority(vec![Priority::parse(value)?]),
            Field::Channel => Condition::Channel(vec![Channel::parse(value)?]),
            Field::Language => Condition::Language(vec![Lang::parse(value)?]),
            Field::Assignee => Condition::Assignee(vec![match value {
                "me" => Who::Me,
                "nobody" => Who::Nobody,
                id => Who::Person(PersonId(id.parse().ok()?)),
            }]),
            Field::Team => match value {
                "mine" => Condition::MyTeams,
                "none" => Condition::NoTeam,
                id => Condition::Team(vec![TeamId(id.parse().ok()?)]),
            },
            Field::Topic => Condition::Topic(vec![TopicId(value.parse().ok()?)]),
            Field::Form => chosen(value)?,
            Field::Organization => Condition::Organization(OrganizationId(value.parse().ok()?)),
            _ => return None,
        })
    }
}

/// An option of a list by its number (`o12`), or a field of yes or no with its answer (`y3`, `n3`).
fn chosen(value: &str) -> Option<Condition> {
    let (sign, number) = value.split_at_checked(1)?;
    let number: i64 = number.parse().ok()?;
    Some(match sign {
        "o" => Condition::Chosen(OptionId(number)),
        "y" | "n" => Condition::Answered {
            field: FieldId(number),
            yes: sign == "y",
        },
        _ => return None,
    })
}

fn standing(value: &str) -> Option<Condition> {
    Some(match value {
        "unsolved" => Condition::Unsolved,
        "active" => Condition::Active,
        "waiting" => Condition::Waiting,
        "snoozed" => Condition::Snoozed,
        "done" => Condition::Not(Box::new(Condition::Unsolved)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(field: Field, values: &[&str]) -> Clause {
        let values = values.iter().map(ToString::to_string).collect();
        Clause {
            field,
            not: false,
            values,
        }
    }

    fn question(clauses: Vec<Clause>) -> Question {
        Question { any: false, clauses }
    }

    #[test]
    fn clauses_become_one_condition() {
        let asked = question(vec![
            clause(Field::Standing, &["unsolved"]),
            Clause {
                not: true,
                ..clause(Field::Assignee, &["me", "nobody"])
            },
            clause(Field::QuietFor, &["3"]),
        ]);
        let any = |list| Condition::Any(list);
        let expected = Condition::All(vec![
            any(vec![Condition::Unsolved]),
            Condition::Not(Box::new(any(vec![
                Condition::Assignee(vec![Who::Me]),
                Condition::Assignee(vec![Who::Nobody]),
            ]))),
            Condition::QuietFor { days: 3 },
        ]);
        assert_eq!(asked.condition(), Ok(expected));
    }

    #[test]
    fn each_clause_that_cannot_be_put_is_named() {
        let asked = question(vec![
            clause(Field::Status, &["open"]),
            clause(Field::Status, &[]),
            clause(Field::Team, &["red"]),
            clause(Field::OlderThan, &["-1"]),
            clause(Field::Subject, &["  "]),
        ]);
        let keys: Vec<(usize, &str)> = asked.faults().iter().map(|f| (f.clause, f.key)).collect();
        let expected = [
            (1, "refused-no-value"),
            (2, "refused-value"),
            (3, "refused-number"),
            (4, "refused-words"),
        ];
        assert_eq!(keys, expected);
        assert_eq!(
            asked.condition(),
            Err(Error::refused_at("clauses", "refused-no-value", 2))
        );
        assert!(question(Vec::new()).condition().is_err());
    }

    #[test]
    fn a_choice_of_a_form_is_named_by_its_number() {
        let yes = |field, yes| {
            Some(Condition::Answered {
                field: FieldId(field),
                yes,
            })
        };
        assert_eq!(chosen("o12"), Some(Condition::Chosen(OptionId(12))));
        assert_eq!((chosen("y3"), chosen("n3")), (yes(3, true), yes(3, false)));
        for odd in ["", "o", "x1", "o1x", "\u{e9}1"] {
            assert_eq!(chosen(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_question_reads_the_same_when_it_is_opened_again() {
        let asked = Question {
            any: true,
            clauses: vec![clause(Field::Tag, &["vpn, wifi"])],
        };
        let kept = asked.to_json().expect("kept");
        assert_eq!(Question::of_json(&kept), Ok(asked));
    }
}
