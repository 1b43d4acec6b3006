//! What the audit page is asked for: by whom, what, from which day to which.

use desk::access::{AuditQuery, Hand};
use desk::{Error, PersonId, Time};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::admin) struct Filter {
    #[serde(default)]
    pub(super) who: String,
    #[serde(default)]
    pub(super) action: String,
    /// `2026-11-17`, in the zone of who asks.
    #[serde(default)]
    pub(super) from: String,
    /// The last day.
    #[serde(default)]
    pub(super) to: String,
    /// The last line of the page before: its time and its number.
    #[serde(default)]
    after: String,
    #[serde(default)]
    pub(super) verify: bool,
}

impl Filter {
    pub(super) fn query(&self, zone: &TimeZone) -> desk::Result<AuditQuery> {
        let who = match self.who.as_str() {
            "" => None,
            "desk" => Some(Hand::Desk),
            id => {
                let id = id.parse().map_err(|_| Error::refused("who", "refused-choice"))?;
                Some(Hand::Person(PersonId(id)))
            }
        };
        let last = day(&self.to, "to")?;
        let until = last.map(|last| last.tomorrow().map_err(|_| Error::refused("to", "refused-date")));
        Ok(AuditQuery {
            hand: who,
            action: Some(self.action.clone()).filter(|action| !action.is_empty()),
            from: day(&self.from, "from")?.map(|day| start(day, zone)).transpose()?,
            until: until.transpose()?.map(|day| start(day, zone)).transpose()?,
            after: self.place(),
            limit: 50,
        })
    }

    fn place(&self) -> Option<(Time, i64)> {
        let (at, id) = self.after.split_once('-')?;
        Some((Time(at.parse().ok()?), id.parse().ok()?))
    }

    /// The address of the page that begins after this line, with the same questions.
    pub(super) fn after(&self, (at, id): (Time, i64)) -> String {
        let mut query = form_urlencoded(&[
            ("who", &self.who),
            ("action", &self.action),
            ("from", &self.from),
            ("to", &self.to),
        ]);
        query.push_str(&format!("after={}-{id}", at.0));
        format!("/admin/audit?{query}")
    }

    pub(super) fn is_empty(&self) -> bool {
        [&self.who, &self.action, &self.from, &self.to]
            .iter()
            .all(|each| each.is_empty())
    }
}

fn day(text: &str, field: &'static str) -> desk::Result<Option<Date>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day = text.trim().parse().map_err(|_| Error::refused(field, "refused-date"))?;
    Ok(Some(day))
}

fn start(day: Date, zone: &TimeZone) -> desk::Result<Time> {
    let first = zone.to_zoned(day.at(0, 0, 0, 0)).map_err(Error::fault)?;
    Ok(Time(first.timestamp().as_microsecond()))
}

/// `a=1&b=2&`, each value escaped byte by byte.
fn form_urlencoded(pairs: &[(&str, &String)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
        text.push('&');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(from: &str, to: &str) -> desk::Result<AuditQuery> {
        let zone = TimeZone::get("America/Toronto").expect("a zone");
        let filter = Filter {
            from: from.into(),
            to: to.into(),
            ..Filter::default()
        };
        filter.query(&zone)
    }

    #[test]
    fn the_last_day_is_asked_for_to_its_end() {
        let query = asked("2026-11-17", "2026-11-17").expect("two days");
        let hours = |micros: i64| micros / 3_600_000_000;
        let (from, until) = (query.from.expect("from"), query.until.expect("until"));
        assert_eq!(hours(until.since(from)), 24);
        assert_eq!(from.rfc3339(), "2026-11-17T05:00:00Z", "midnight in Toronto");
        let autumn = asked("2026-11-01", "2026-11-01").expect("the day the clocks change");
        assert_eq!(
            hours(autumn.until.expect("until").since(autumn.from.expect("from"))),
            25
        );
        assert!(asked("", "").expect("nothing").from.is_none());
    }

    #[test]
    fn what_is_no_day_is_refused_at_its_field() {
        for (from, to, field) in [("soon", "", "from"), ("", "2026-13-01", "to"), ("", "9999-12-31", "to")] {
            assert_eq!(asked(from, to).err(), Some(Error::refused(field, "refused-date")));
        }
    }

    #[test]
    fn the_next_page_asks_the_same() {
        let filter = Filter {
            action: "looked at & found".into(),
            who: "7".into(),
            ..Filter::default()
        };
        assert_eq!(
            filter.after((Time(5), 3)),
            "/admin/audit?who=7&action=looked%20at%20%26%20found&after=5-3"
        );
    }
}
