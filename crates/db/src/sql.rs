//! SQL text: the builder for queries whose shape varies, and the one difference between the engines' placeholders.
//!
//! Only `&'static str` enters the text of a [`Sql`], so no word of a stranger can become SQL; values go through
//! [`Sql::bind`].

use crate::{Error, Result, Value};
use std::fmt::Write as _;

/// A query put together from fixed fragments and bound values.
///
/// ```
/// let mut sql = db::Sql::new("SELECT id FROM person WHERE team = ");
/// sql.bind(7).push(" AND state IN (").bind_list(["new", "open"]).push(")");
/// assert_eq!(sql.text(), "SELECT id FROM person WHERE team = $1 AND state IN ($2, $3)");
/// ```
#[derive(Clone, Debug)]
pub struct Sql {
    parts: Vec<Part>,
    args: Vec<Value<'static>>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Text(&'static str),
    /// The next value: numbered when the text is written, so `append` has nothing to renumber.
    Value,
}

impl Sql {
    pub fn new(text: &'static str) -> Sql {
        Sql {
            parts: vec![Part::Text(text)],
            args: Vec::new(),
        }
    }

    pub fn push(&mut self, text: &'static str) -> &mut Sql {
        self.parts.push(Part::Text(text));
        self
    }

    /// Appends the next `$n` and keeps its value.
    pub fn bind(&mut self, value: impl Into<Value<'static>>) -> &mut Sql {
        self.parts.push(Part::Value);
        self.args.push(value.into());
        self
    }

    /// `$n, $n+1, …` for `IN (…)`. An empty list is `NULL`: `IN (NULL)` finds nothing, and so does `NOT IN (NULL)`.
    pub fn bind_list<V: Into<Value<'static>>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Sql {
        let mut separator = None;
        for value in values {
            self.parts.extend(separator.replace(Part::Text(", ")));
            self.bind(value);
        }
        if separator.is_none() {
            self.push("NULL");
        }
        self
    }

    /// The other's text and values after this one's.
    pub fn append(&mut self, other: Sql) -> &mut Sql {
        self.parts.extend(other.parts);
        self.args.extend(other.args);
        self
    }

    pub fn text(&self) -> String {
        let (mut text, mut number) = (String::with_capacity(self.parts.len() * 24), 0);
        for part in &self.parts {
            match part {
                Part::Text(fragment) => text.push_str(fragment),
                Part::Value => {
                    number += 1;
                    let _ = write!(text, "${number}"); // writing to a String cannot fail
                }
            }
        }
        text
    }

    pub fn args(&self) -> &[Value<'static>] {
        &self.args
    }

    /// The text to run. A fragment with a `$n` of its own would take another value's number.
    pub(crate) fn finish(&self) -> Result<String> {
        for part in &self.parts {
            if let Part::Text(fragment) = part
                && numbered(fragment) != *fragment
            {
                return Err(Error::Other(format!(
                    "use bind() in place of a written number: {fragment}"
                )));
            }
        }
        Ok(self.text())
    }
}

/// `$1` as SQLite must read it. To SQLite `$1` is a name, numbered by where it first appears; `?1` is a number.
/// Quoted text and comments stay as they are.
pub(crate) fn numbered(sql: &str) -> String {
    let bytes = sql.as_bytes();
    let mut out = String::with_capacity(sql.len());
    let (mut kept, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'\'' | b'"') => at = after(bytes, at + 1, &[quote]),
            b'-' if bytes[at..].starts_with(b"--") => at = after(bytes, at, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => at = after(bytes, at + 2, b"*/"),
            b'$' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                out.push_str(&sql[kept..at]);
                out.push('?');
                at += 1;
                kept = at;
            }
            _ => at += 1,
        }
    }
    out.push_str(&sql[kept..]);
    out
}

/// The position after the next `end`, or the end of the text. A doubled quote opens again at once, so it is no case.
fn after(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(end.len())
        .position(|w| w == end)
        .map_or(bytes.len(), |found| from + found + end.len())
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn only_real_placeholders_become_numbers() {
        for (given, wanted) in [
            ("a = $2 AND b = $1", "a = ?2 AND b = ?1"),
            ("a = '$1' AND \"$2\" = $10", "a = '$1' AND \"$2\" = ?10"),
            ("'it''s $1' || $1", "'it''s $1' || ?1"),
            ("a -- $1\n= $1", "a -- $1\n= ?1"),
            ("/* $1 */ $1 /* $2", "/* $1 */ ?1 /* $2"),
            ("'é$1' || $1 || 'é", "'é$1' || ?1 || 'é"),
            ("$x $", "$x $"),
        ] {
            assert_eq!(numbered(given), wanted);
        }
    }
}
