//! What a server of this kind answers: JSON with the words of the first choice. Pure.

use serde_json::Value;

use super::Answered;
use super::fault::Fault;
use super::settings::Key;

/// Characters of an answer; a reply is shorter.
pub(super) const MOST: usize = 8_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub text: String,
    /// It came to the end of what it may say.
    pub ends_early: bool,
}

pub(super) fn read(status: u16, body: &[u8], key: Option<&Key>) -> Answered<Said> {
    let odd = || Fault::of_answer(status, body, key);
    if status != 200 {
        return Err(odd());
    }
    let json: Value = serde_json::from_slice(body).map_err(|_| odd())?;
    let choice = json.pointer("/choices/0").ok_or_else(odd)?;
    let text = choice
        .pointer("/message/content")
        .and_then(Value::as_str)
        .ok_or_else(odd)?;
    // Some think aloud before they answer.
    let text = text.rsplit("</think>").next().unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Fault::odd("the answer has no words"));
    }
    if text.chars().nth(MOST).is_some() {
        return Err(Fault {
            cause: super::Cause::Long,
            words: format!("more than {MOST} characters"),
        });
    }
    Ok(Said {
        text: text.to_string(),
        ends_early: choice.get("finish_reason").and_then(Value::as_str) == Some("length"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;

    fn cause(status: u16, body: &str) -> Option<Cause> {
        read(status, body.as_bytes(), None).err().map(|fault| fault.cause)
    }

    #[test]
    fn words_are_taken_and_all_else_is_refused() {
        let said = read(
            200,
            br#"{"choices":[{"message":{"content":"<think>hm</think>\nYes [1]."},"finish_reason":"length"}]}"#,
            None,
        );
        let wanted = Said {
            text: "Yes [1].".into(),
            ends_early: true,
        };
        assert_eq!(said, Ok(wanted));
        for odd in [
            "",
            "hello",
            "<html><body>Sign in</body></html>",
            "{}",
            "[]",
            "null",
            r#"{"choices":[]}"#,
            r#"{"choices":[{"message":{"content":null}}]}"#,
            r#"{"choices":[{"message":{"content":[{"text":"x"}]}}]}"#,
            r#"{"choices":[{"message":{"content":"  "}}]}"#,
        ] {
            assert_eq!(cause(200, odd), Some(Cause::Odd), "{odd}");
        }
        assert_eq!(cause(200, &"[".repeat(100_000)), Some(Cause::Odd), "nested without end");
        let long = format!(
            r#"{{"choices":[{{"message":{{"content":"{}"}}}}]}}"#,
            "é".repeat(MOST + 1)
        );
        assert_eq!(cause(200, &long), Some(Cause::Long));
        assert_eq!(cause(302, "{}"), Some(Cause::Moved));
    }
}
