//! Working time: opening hours, holidays and time zones, as pure arithmetic.
//!
//! Answers two questions about a [`Calendar`]: when will so much working time have passed
//! ([`Calendar::add`]), and how much working time lies between two instants
//! ([`Calendar::between`]); and the same on a clock with pauses ([`promise`]). Instants are
//! microseconds since 1970-01-01T00:00Z. Public holidays of Canada come from [`holidays`].
//!
//! It never reads the clock, never stores anything, and knows nothing of what the time is
//! counted for.
//!
//! # Daylight saving
//!
//! Offsets and their changes come from the IANA time zone database (the `tz` rules), through
//! `jiff`: the copy installed on the machine (`TZDIR` or `/usr/share/zoneinfo`), so a new rule
//! arrives with the system's `tzdata` update, not with a new version of this crate.
//!
//! A period runs from a local wall time to a local wall time and its length is the time that
//! really passes between them. A wall time is *reached* the first time the local clock shows it
//! or a later one:
//!
//! - the clock repeats an hour: the first pass counts (the `compatible` rule of RFC 5545), so a
//!   period that begins before the repeated hour and ends after it is an hour longer;
//! - the clock skips an hour: a wall time inside the skipped hour is the moment of the jump.
//!   (`compatible` would move it past the jump by the size of the gap; then 02:00 to 03:00 and
//!   03:00 to 04:00 would overlap on that day and their time would count twice.)

mod calendar;
pub mod holidays;
pub mod promise;
mod week;

pub use calendar::Calendar;
pub use holidays::HolidaySet;
pub use week::{Period, Week};

/// Why a calendar was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorktimeError {
    /// The time zone database has no such zone.
    UnknownZone(String),
    /// A period ends before it begins, or beyond the end of its day.
    BadPeriod { weekday: usize, from: u16, to: u16 },
    /// Two periods of a day overlap, or they are not in order.
    Overlap { weekday: usize, from: u16 },
}

impl std::fmt::Display for WorktimeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownZone(name) => write!(
                f,
                "the time zone {name:?} is not known here: give a name of the tz database such as \
                 America/Toronto, or install the system's tzdata"
            ),
            Self::BadPeriod { weekday, from, to } => write!(
                f,
                "the period {from} to {to} of {} is not possible: give minutes of the day, 0 to \
                 1440, the end after the beginning",
                week::name(*weekday)
            ),
            Self::Overlap { weekday, from } => write!(
                f,
                "the period that begins at minute {from} of {} begins before the one above it \
                 ends: give periods in order and apart",
                week::name(*weekday)
            ),
        }
    }
}

impl std::error::Error for WorktimeError {}
