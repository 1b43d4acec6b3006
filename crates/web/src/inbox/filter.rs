//! The filter of a list, as its address carries it: `?status=new,open&team=3&words=printer`. Each field is a clause of a
//! question, so a filtered list can be saved as a view just as it stands.

use desk::views::{Clause, Field, Question, Shape};

/// What may stand in an address, in the order it is shown.
pub(crate) const FIELDS: [Field; 9] = [
    Field::Status,
    Field::Priority,
    Field::Assignee,
    Field::Team,
    Field::Topic,
    Field::Channel,
    Field::Tag,
    Field::Subject,
    Field::Unread,
];

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter(pub Vec<Clause>);

impl Filter {
    /// Reads an address; what is no filter is passed over, empty fields of the form too.
    pub(crate) fn of_query(query: &str) -> Filter {
        let mut clauses: Vec<Clause> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(field) = FIELDS.into_iter().find(|f| f.as_str() == name) else {
                continue;
            };
            let values = values(field, &value);
            if values.is_empty() && field.shape() != Shape::Bare {
                continue;
            }
            match clauses.iter_mut().find(|c| c.field == field) {
                Some(clause) => clause.values.extend(values),
                None => clauses.push(Clause {
                    field,
                    not: false,
                    values,
                }),
            }
        }
        clauses.sort_by_key(|c| FIELDS.iter().position(|f| *f == c.field));
        Filter(clauses)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it stands in an address, each part begun with `&`.
    pub(crate) fn query(&self) -> String {
        let mut text = String::new();
        for clause in &self.0 {
            let value = if clause.field.shape() == Shape::Bare {
                "on".to_string()
            } else {
                clause.values.join(",")
            };
            let pair = form_urlencoded::Serializer::new(String::new())
                .append_pair(clause.field.as_str(), &value)
                .finish();
            text.push('&');
            text.push_str(&pair);
        }
        text
    }

    /// The one value chosen for a field, for the form that shows it.
    pub(crate) fn value(&self, field: Field) -> String {
        let clause = self.0.iter().find(|c| c.field == field);
        clause.map(|c| c.values.join(",")).unwrap_or_default()
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.0.iter().any(|c| c.field == field)
    }

    pub(crate) fn question(&self) -> Question {
        Question {
            any: false,
            clauses: self.0.clone(),
        }
    }
}

fn values(field: Field, text: &str) -> Vec<String> {
    let text = text.trim();
    match field.shape() {
        Shape::Bare => Vec::new(),
        Shape::Words | Shape::Number if text.is_empty() => Vec::new(),
        Shape::Words | Shape::Number => vec![text.to_string()],
        Shape::Choice => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_string).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_same_when_it_is_written_again() {
        let filter =
            Filter::of_query("view=mine&subject=two+words&status=new&status=open,new_thing&tag=&unread=on&odd=1");
        assert_eq!(
            filter.query(),
            "&status=new%2Copen%2Cnew_thing&subject=two+words&unread=on"
        );
        assert_eq!(Filter::of_query(&filter.query()), filter);
        assert!(Filter::of_query("order=newest&after=1.2.3").is_empty());
        assert!(
            filter.question().condition().is_err(),
            "a status nobody knows is no filter"
        );
    }
}
