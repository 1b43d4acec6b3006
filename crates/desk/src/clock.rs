//! The one place that reads the clock of the machine. Everything else takes the time as an argument, so that a test
//! can live through a week in a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Time {
    /// Stands for "no promise runs": later than every real instant, and never NULL, so both engines sort it last.
    pub const NEVER: Time = Time(i64::MAX);

    #[must_use]
    pub fn plus(self, microseconds: i64) -> Time {
        Time(self.0.saturating_add(microseconds))
    }

    #[must_use]
    pub fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// RFC 3339 in UTC, to the microsecond, as the API speaks.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }

    /// The nearest instant `jiff` can hold (years -9999 to 9999).
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

/// The beginning of a day written `2026-11-16`, in UTC: what a date field of a form sends.
pub fn day_begins(text: &str) -> Option<Time> {
    let day: jiff::civil::Date = text.trim().parse().ok()?;
    let zoned = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Time(zoned.timestamp().as_microsecond()))
}

impl From<Time> for db::Value<'_> {
    fn from(t: Time) -> Self {
        db::Value::Int(t.0)
    }
}

impl db::Col for Time {
    fn read(v: db::Value) -> Option<Self> {
        i64::read(v).map(Time)
    }
}

/// Where "now" comes from: the machine, or a test that sets it.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    Machine,
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn set_to(at: Time) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(at.0)))
    }

    pub fn now(&self) -> Time {
        match self {
            Clock::Machine => machine_now(),
            Clock::Set(at) => Time(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a set clock. The machine's clock cannot be moved, and is not.
    pub fn advance(&self, microseconds: i64) {
        if let Clock::Set(at) = self {
            at.fetch_add(microseconds, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that may read the clock")]
fn machine_now() -> Time {
    Time(jiff::Timestamp::now().as_microsecond())
}
