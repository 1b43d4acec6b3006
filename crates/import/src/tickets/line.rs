//! One line of the file: what it may hold, and reading it without ever failing the whole.

use desk::Time;
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// The number people know it by, where that is not its id.
    #[serde(default, deserialize_with = "maybe_text_or_number")]
    pub number: Option<String>,
    /// Of the letter it began with.
    pub message_id: Option<String>,
    /// Of any letters of it.
    #[serde(default)]
    pub message_ids: Vec<String>,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub body: String,
    #[serde(alias = "date")]
    pub created: Option<String>,
    pub topic: Option<String>,
    pub solved: Option<bool>,
    pub resolution: Option<String>,
    pub requester: Option<Writer>,
    #[serde(default)]
    pub messages: Vec<Said>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Writer {
    pub email: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    /// An address; nobody stands for the person of the import.
    pub from: Option<String>,
    #[serde(default)]
    pub body: String,
    #[serde(alias = "created")]
    pub at: Option<String>,
    /// `reply`, `note`, `request`.
    pub kind: Option<String>,
    pub message_id: Option<String>,
    #[serde(default)]
    pub internal: bool,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(text) if !text.is_empty() => Ok(text),
        serde_json::Value::Number(number) => Ok(number.to_string()),
        _ => Err(serde::de::Error::custom("id must be a text or a number")),
    }
}

fn maybe_text_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(text) => Ok(Some(text).filter(|t| !t.trim().is_empty())),
        serde_json::Value::Number(number) => Ok(Some(number.to_string())),
        serde_json::Value::Null => Ok(None),
        _ => Err(serde::de::Error::custom("number must be a text or a number")),
    }
}

impl Line {
    /// What subjects of its letters bore.
    pub fn old_number(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.id)
    }

    /// The Message-IDs of its letters, as far as the file tells them.
    pub fn identifiers(&self) -> Vec<String> {
        let first = self.message_id.iter().chain(&self.message_ids);
        let said = self.messages.iter().filter_map(|m| m.message_id.as_ref());
        first.chain(said).cloned().collect()
    }

    /// `None` for an empty line; the reason for one that cannot be read.
    pub fn read(text: &[u8]) -> Result<Option<Line>, String> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Ok(None);
        }
        let line: Line = serde_json::from_slice(text).map_err(|e| e.to_string())?;
        if line.title.trim().is_empty() && line.body.trim().is_empty() {
            return Err("it has neither a title nor a body".to_string());
        }
        // Neither engine keeps this character, and JSON can hide it in any text.
        if String::from_utf8_lossy(text).contains("\\u0000") {
            return Err("it holds the character U+0000".to_string());
        }
        for date in line
            .created
            .iter()
            .chain(line.messages.iter().filter_map(|m| m.at.as_ref()))
        {
            if instant(date).is_none() {
                return Err(format!(
                    "the date {date:?} is not understood; write 2024-05-17 or 2024-05-17T10:22:00Z"
                ));
            }
        }
        Ok(Some(line))
    }
}

/// RFC 3339, a civil date and time (taken as UTC), or a date.
pub(super) fn instant(text: &str) -> Option<Time> {
    let text = text.trim();
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Time(at.as_microsecond()));
    }
    let civil = text
        .parse::<jiff::civil::DateTime>()
        .ok()
        .or_else(|| text.parse::<jiff::civil::Date>().ok().map(|d| d.at(0, 0, 0, 0)))?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Time(zoned.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_usual_shapes() {
        assert_eq!(instant("1970-01-02"), Some(Time(86_400_000_000)));
        assert_eq!(instant("1970-01-01T00:00:01Z"), Some(Time(1_000_000)));
        assert_eq!(instant("1970-01-01T00:00:01"), Some(Time(1_000_000)));
        assert_eq!(instant("soon"), None);
    }

    #[test]
    fn a_line_says_why_it_is_refused() {
        assert!(Line::read(b"{\"id\":1,\"title\":\"x\"}").is_ok_and(|l| l.is_some()));
        assert!(Line::read(b"  ").is_ok_and(|l| l.is_none()));
        assert!(Line::read(b"{\"title\":\"x\"}").is_err());
        assert!(Line::read(b"{\"id\":\"a\"}").is_err());
        assert!(Line::read(b"{\"id\":\"a\",\"title\":\"b\\u0000\"}").is_err());
    }
}
