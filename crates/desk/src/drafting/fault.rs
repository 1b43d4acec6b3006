//! Why there is no draft: of which kind, so that a page can say what to do, and the server's own words. Pure.

use outside::OutsideError;
use serde_json::Value;

use super::settings::Key;

db::text_enum! {
    pub enum Cause {
        /// The address is none, or speaks in the clear to the world.
        Address => "address",
        /// It lies in a network that was not opened.
        Inside => "inside",
        Line => "line",
        Slow => "slow",
        Long => "long",
        /// It does not let us in.
        Key => "key",
        /// It has no such model, or does not answer at this path.
        Missing => "missing",
        /// It wants to be asked less often, or to be paid.
        Often => "often",
        /// It leads elsewhere, where nobody follows.
        Moved => "moved",
        Refused => "refused",
        Broken => "broken",
        /// What it says is no answer of this kind.
        Odd => "odd",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub cause: Cause,
    /// The server's own words, or those of the line to it; one line, never the key.
    pub words: String,
}

/// Characters that are told of what a server says.
const TOLD: usize = 400;

impl Fault {
    pub(super) fn of_line(error: &OutsideError) -> Fault {
        let cause = match error {
            OutsideError::BadAddress(_) => Cause::Address,
            OutsideError::Inside(_) => Cause::Inside,
            OutsideError::Line(..) => Cause::Line,
            OutsideError::Slow(_) => Cause::Slow,
            OutsideError::TooLong(_) => Cause::Long,
            OutsideError::BadKey => Cause::Key,
        };
        Fault {
            cause,
            words: one_line(&error.to_string()),
        }
    }

    /// What an answer says that is no draft.
    pub(super) fn of_answer(status: u16, body: &[u8], key: Option<&Key>) -> Fault {
        let cause = match status {
            200..=299 => Cause::Odd,
            300..=399 => Cause::Moved,
            401 | 403 => Cause::Key,
            402 | 429 => Cause::Often,
            404 | 405 => Cause::Missing,
            400..=499 => Cause::Refused,
            _ => Cause::Broken,
        };
        let words = format!("{status} {}", told(body));
        let words = match key {
            Some(key) => words.replace(&key.0, "***"),
            None => words,
        };
        Fault {
            cause,
            words: one_line(&words),
        }
    }

    pub(super) fn odd(words: &str) -> Fault {
        Fault {
            cause: Cause::Odd,
            words: one_line(words),
        }
    }
}

/// Where servers of this kind put their words; else all they say.
fn told(body: &[u8]) -> String {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let places = ["/error/message", "/error", "/message", "/detail"];
    let said = json
        .as_ref()
        .and_then(|json| places.iter().find_map(|place| json.pointer(place)?.as_str()));
    said.map_or_else(|| String::from_utf8_lossy(body).into_owned(), str::to_string)
}

fn one_line(text: &str) -> String {
    let seen = text
        .chars()
        .take(TOLD * 4)
        .map(|c| if super::check::is_unseen(c) { ' ' } else { c });
    let line: String = seen.collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ").chars().take(TOLD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_told_in_its_own_words_and_never_with_the_key() {
        let key = Key("sk-two-quiet".into());
        let said = |status, body: &str| Fault::of_answer(status, body.as_bytes(), Some(&key));
        let fault = said(
            401,
            r#"{"error":{"message":"Incorrect API key: sk-two-quiet.\nSee more"}}"#,
        );
        assert_eq!(fault.cause, Cause::Key);
        assert_eq!(fault.words, "401 Incorrect API key: ***. See more");
        assert_eq!(
            said(404, r#"{"error":"model 'x' not found"}"#).words,
            "404 model 'x' not found"
        );
        assert_eq!(said(422, r#"{"detail":"no"}"#).cause, Cause::Refused);
        assert_eq!(said(429, "").cause, Cause::Often);
        assert_eq!(said(302, "").cause, Cause::Moved);
        assert_eq!(said(500, "<h1>Oh\u{202e}</h1>").words, "500 <h1>Oh </h1>");
        assert_eq!(said(503, &"é".repeat(9_000)).words.chars().count(), TOLD);
        assert_eq!(said(200, "hello").cause, Cause::Odd);
    }
}
