//! What a verb may answer instead of a result. A refusal speaks to the person and says what to do; a fault speaks to
//! the operator. Absent and forbidden are one answer: `NotFound`.

use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing that is wrong with what a person sent: the field, and the key of the sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub field: &'static str,
    pub key: &'static str,
    pub number: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// It is not there, or not for this viewer: the same answer.
    NotFound,
    /// The input is refused, field by field; nothing was kept.
    Refused(Vec<Refusal>),
    /// It cannot be done in the state things are in (already merged, already undone). The key names the sentence.
    Conflict(&'static str),
    /// Too often. Try again after so many seconds.
    TooOften { seconds: i64 },
    /// Too much is waiting. Try again.
    Busy,
    /// The disk is full: reading goes on, writing waits for space.
    Full,
    /// A fault of ours or of the machine's: for the log, never for the page.
    Fault(String),
}

impl Error {
    pub fn refused(field: &'static str, key: &'static str) -> Error {
        Error::Refused(vec![Refusal {
            field,
            key,
            number: None,
        }])
    }

    pub fn refused_at(field: &'static str, key: &'static str, number: i64) -> Error {
        Error::Refused(vec![Refusal {
            field,
            key,
            number: Some(number),
        }])
    }

    pub fn fault(words: impl fmt::Display) -> Error {
        Error::Fault(words.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound => f.write_str("not found"),
            Error::Refused(all) => {
                let words: Vec<String> = all.iter().map(|r| format!("{}: {}", r.field, r.key)).collect();
                write!(f, "refused: {}", words.join(", "))
            }
            Error::Conflict(key) => write!(f, "conflict: {key}"),
            Error::TooOften { seconds } => write!(f, "too often: again in {seconds} s"),
            Error::Busy => f.write_str("too much is waiting"),
            Error::Full => f.write_str("the disk is full"),
            Error::Fault(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Error {}

impl From<db::Error> for Error {
    fn from(e: db::Error) -> Self {
        match e {
            db::Error::NotFound => Error::NotFound,
            db::Error::Overloaded | db::Error::Closed | db::Error::Retry(_) => Error::Busy,
            db::Error::Full(_) => Error::Full,
            db::Error::Unfit(_) => Error::refused("text", "refused-character"),
            other => Error::Fault(other.to_string()),
        }
    }
}

/// Gathers refusals so that a form can mark every field at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<Refusal>);

impl Checks {
    pub fn check(&mut self, holds: bool, field: &'static str, key: &'static str) -> &mut Self {
        if !holds {
            self.0.push(Refusal {
                field,
                key,
                number: None,
            });
        }
        self
    }

    /// What is refused with a number its sentence names.
    pub fn refuse(&mut self, field: &'static str, key: &'static str, number: i64) -> &mut Self {
        self.0.push(Refusal {
            field,
            key,
            number: Some(number),
        });
        self
    }

    /// A text that must be there and not be longer than `most` characters.
    pub fn text(&mut self, text: &str, most: usize, field: &'static str) -> &mut Self {
        if text.trim().is_empty() {
            self.0.push(Refusal {
                field,
                key: "refused-empty",
                number: None,
            });
        } else {
            self.at_most(text, most, field);
        }
        self
    }

    pub fn at_most(&mut self, text: &str, most: usize, field: &'static str) -> &mut Self {
        if text.chars().count() > most {
            let number = i64::try_from(most).ok();
            self.0.push(Refusal {
                field,
                key: "refused-too-long",
                number,
            });
        }
        self
    }

    pub fn done(&mut self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(std::mem::take(&mut self.0)))
        }
    }
}
