//! Moments a person may put something off to. Pure rules over the desk's calendar and the hour: a morning is when the
//! desk opens, and a day on which it stays closed has none.

use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan};
use worktime::Calendar;

use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::error::{Checks, Result};

db::text_enum! {
    /// `Opening` is the next morning the desk is open, when that is not tomorrow.
    pub enum Offer { Today => "today", Tomorrow => "tomorrow", Opening => "opening", NextWeek => "next_week" }
}

/// Later today is so long from now, on the next half hour.
const A_WHILE: i64 = 3 * HOUR;
const HALF_HOUR: i64 = 30 * MINUTE;
/// Nobody remembers why after a year.
const LONGEST: i64 = 366 * DAY;

/// What is offered now, the nearest first; no moment twice.
pub fn offered(calendar: &Calendar, now: Time) -> Vec<(Offer, Time)> {
    let today = date_of(calendar, now);
    let tomorrow = today.saturating_add(1.day());
    let monday = tomorrow.saturating_add(i64::from((7 - tomorrow.weekday().to_monday_zero_offset()) % 7).days());
    let morning = morning_of(calendar, tomorrow);
    let next = if date_of(calendar, morning) == tomorrow {
        Offer::Tomorrow
    } else {
        Offer::Opening
    };
    let mut all: Vec<(Offer, Time)> = today_still(calendar, now)
        .map(|at| (Offer::Today, at))
        .into_iter()
        .collect();
    all.push((next, morning));
    let week = morning_of(calendar, monday);
    if week > morning {
        all.push((Offer::NextWeek, week));
    }
    all
}

/// A while from now, while the desk is open.
fn today_still(calendar: &Calendar, now: Time) -> Option<Time> {
    let then = now.plus(A_WHILE + HALF_HOUR - 1);
    let at = Time(then.0 - then.0.rem_euclid(HALF_HOUR));
    let same_day = date_of(calendar, at) == date_of(calendar, now);
    (same_day && calendar.is_open(at.0)).then_some(at)
}

/// When the desk opens on that day or the next one it opens on; eight o'clock where it never opens or never closes.
fn morning_of(calendar: &Calendar, day: Date) -> Time {
    let at = |hour: i8| {
        let zoned = day.to_datetime(time(hour, 0, 0, 0)).to_zoned(calendar.zone().clone());
        zoned.map_or(Time::NEVER, |z| Time(z.timestamp().as_microsecond()))
    };
    let midnight = at(0);
    match calendar.next_open(midnight.0) {
        Some(opens) if opens > midnight.0 => Time(opens),
        _ => at(8),
    }
}

fn date_of(calendar: &Calendar, at: Time) -> Date {
    let at: Timestamp = at.timestamp();
    calendar.zone().to_datetime(at).date()
}

/// Refuses a moment that has passed, and one more than a year away.
pub(super) fn check(at: Time, now: Time, field: &'static str) -> Result<()> {
    let mut checks = Checks::default();
    checks.check(at > now, field, "refused-past");
    checks.check(at.since(now) <= LONGEST, field, "refused-too-far").done()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time(
            text.parse::<jiff::Zoned>()
                .expect("a time")
                .timestamp()
                .as_microsecond(),
        )
    }

    fn offers(now: &str) -> Vec<(Offer, Time)> {
        let calendar = Calendar::standard("America/Toronto").expect("a calendar");
        offered(&calendar, at(now))
    }

    #[test]
    fn a_tuesday_morning_has_three_times_to_come() {
        let expected = vec![
            (Offer::Today, at("2026-11-17T13:30:00[America/Toronto]")),
            (Offer::Tomorrow, at("2026-11-18T08:00:00[America/Toronto]")),
            (Offer::NextWeek, at("2026-11-23T08:00:00[America/Toronto]")),
        ];
        assert_eq!(offers("2026-11-17T10:22:00[America/Toronto]"), expected);
    }

    #[test]
    fn late_in_the_day_nothing_is_left_of_it() {
        let first = offers("2026-11-17T15:40:00[America/Toronto]")[0].0;
        assert_eq!(first, Offer::Tomorrow);
    }

    #[test]
    fn a_morning_is_one_on_which_the_desk_opens() {
        let friday = offers("2026-11-20T16:00:00[America/Toronto]");
        assert_eq!(friday, [(Offer::Opening, at("2026-11-23T08:00:00[America/Toronto]"))]);
        let sunday = offers("2026-11-22T12:00:00[America/Toronto]");
        assert_eq!(sunday, [(Offer::Tomorrow, at("2026-11-23T08:00:00[America/Toronto]"))]);
    }

    #[test]
    fn the_clocks_that_change_change_no_morning() {
        // The clocks go back in the night to Sunday, November 1.
        let friday = offers("2026-10-30T09:00:00[America/Toronto]");
        assert_eq!(
            friday[1],
            (Offer::Opening, at("2026-11-02T08:00:00-05:00[America/Toronto]"))
        );
    }

    #[test]
    fn the_past_and_what_is_over_a_year_away_are_refused() {
        let now = at("2026-11-17T10:22:00[America/Toronto]");
        assert!(check(now, now, "until").is_err());
        assert!(check(now.plus(1), now, "until").is_ok());
        assert!(check(now.plus(LONGEST), now, "until").is_ok());
        assert!(check(now.plus(LONGEST + 1), now, "until").is_err());
    }
}
