//! Why a letter did not leave, in the words of who would not take it.

use super::destinations::Ended;
use std::fmt;
use thiserror::Error;

/// What was said, and by which code (RFC 5321, section 4.2; RFC 3463).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refusal {
    /// One line: the server's own words after its name, or ours.
    pub words: String,
    /// The server's three digits, when it was the server that refused.
    pub code: Option<u16>,
    /// Such as `5.1.1`, when the server said so.
    pub status: Option<String>,
    /// It was the signing in that was refused: a setting to mend, not a fault of the letter.
    pub sign_in: bool,
}

impl From<String> for Refusal {
    fn from(words: String) -> Refusal {
        Refusal {
            words: one_line(&words),
            ..Refusal::default()
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SendError {
    /// It may work later; the server's words or ours.
    #[error("not sent yet: {0}")]
    Retry(Refusal),
    /// It will not work.
    #[error("not sent: {0}")]
    GiveUp(Refusal),
}

impl SendError {
    pub fn refusal(&self) -> &Refusal {
        match self {
            SendError::Retry(refusal) | SendError::GiveUp(refusal) => refusal,
        }
    }

    /// What it says about the server rather than the letter.
    pub fn ended(&self) -> Ended {
        match self {
            SendError::GiveUp(_) => Ended::Answered,
            SendError::Retry(refusal) if refusal.code.is_some() => Ended::Later,
            SendError::Retry(_) => Ended::Line,
        }
    }

    /// What went wrong with the conversation, told apart by what the server said.
    pub(super) fn of(host: &str, error: &lettre::transport::smtp::Error, signing_in: bool) -> SendError {
        let code = error.status().map(u16::from);
        let said = with_causes(String::new(), error);
        let words = match code {
            Some(code) => format!("{host}: {code} {said}"),
            None => with_causes(format!("{host}: {error}"), error),
        };
        let refused_sign_in = signing_in && (code.is_some() || error.is_client());
        let refusal = Refusal {
            words: one_line(&words),
            code,
            status: code.and_then(|code| status(code, &said)),
            sign_in: refused_sign_in || code.is_some_and(|code| matches!(code, 530 | 534 | 535 | 538)),
        };
        if error.is_permanent() && !refusal.sign_in {
            SendError::GiveUp(refusal)
        } else {
            SendError::Retry(refusal)
        }
    }
}

/// The words and the causes below the error, each once. Of a refusal the cause is the server's own text.
fn with_causes(mut words: String, error: &lettre::transport::smtp::Error) -> String {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if words.is_empty() {
            words = inner_words;
        } else if !words.contains(&inner_words) {
            words = format!("{words}: {inner_words}");
        }
        cause = inner.source();
    }
    words
}

/// The enhanced status at the beginning of the text, if it belongs to the code.
fn status(code: u16, said: &str) -> Option<String> {
    let first = said.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let digits = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let fits = parts.len() == 3 && parts.iter().all(digits) && parts[0] == (code / 100).to_string();
    fits.then(|| first.to_owned())
}

fn one_line(words: &str) -> String {
    let spaced: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(4_000)
        .collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(1_000).collect()
}

#[cfg(test)]
mod tests {
    use super::{Refusal, status};

    #[test]
    fn a_status_is_read_where_it_is_one() {
        for (code, said, wanted) in [
            (550, "5.1.1 No such box", Some("5.1.1")),
            (451, "4.3.0 later", Some("4.3.0")),
            (550, "4.3.0 later", None),
            (550, "No such box", None),
            (550, "5.1.1.1 x", None),
            (550, "5.1 x", None),
            (550, "5.1.1234 x", None),
            (550, "", None),
        ] {
            assert_eq!(status(code, said).as_deref(), wanted, "{said}");
        }
        assert_eq!(Refusal::from("a\r\nb\tc\0 d".to_owned()).words, "a b c d");
    }
}
