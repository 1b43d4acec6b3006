//! Which day the board shows, its hours, and what is usual for them. Pure.

use jiff::tz::TimeZone;
use worktime::Calendar;

use super::standing::hour_of;
use crate::clock::Time;
use crate::reports::date_of;

/// So many days of the same name are looked back on.
pub const WEEKS: i64 = 8;
/// Fewer with anything on them say nothing of what is usual.
pub const FEW_WEEKS: usize = 4;

/// Why it is that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Today,
    /// The desk opens later today: the day before.
    BeforeOpening,
    /// The desk does not open today.
    Closed,
}

/// The day that is shown, in days since 1970 of the house's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub day: i64,
    pub shown: Shown,
    /// The last hour that is known, since midnight: 23 when the day is over.
    pub hour: i64,
    /// The opening hours of that day: the first and the last, both in it.
    pub opens: i64,
    pub closes: i64,
}

/// Hours of a day that nobody opens.
const OTHERWISE: (i64, i64) = (8, 16);

impl Day {
    pub(super) fn at(now: Time, zone: &TimeZone, calendar: &Calendar) -> Day {
        let hours = hour_of(now, zone);
        let (today, hour) = (hours.div_euclid(24), hours.rem_euclid(24));
        let minute = hour * 60 + i64::from(now.timestamp().to_zoned(zone.clone()).minute());
        let (day, shown, hour) = match opening(calendar, today) {
            Some((from, _)) if minute < from => (today - 1, Shown::BeforeOpening, 23),
            Some(_) => (today, Shown::Today, hour),
            None => (today, Shown::Closed, hour),
        };
        let (opens, closes) =
            opening(calendar, day).map_or(OTHERWISE, |(from, to)| (from / 60, (to - 1).max(from) / 60));
        Day {
            day,
            shown,
            hour,
            opens,
            closes,
        }
    }

    /// Hours since 1970 at the end of what is known of that day.
    pub(super) fn end(self) -> i64 {
        self.day * 24 + self.hour
    }
}

/// Minutes of the day, from and to.
fn opening(calendar: &Calendar, day: i64) -> Option<(i64, i64)> {
    let date = date_of(day);
    if calendar.holidays().contains(&date) {
        return None;
    }
    let periods = calendar.week().periods(date.weekday());
    Some((i64::from(periods.first()?.from), i64::from(periods.last()?.to)))
}

/// What is usual in one hour: the middle one of the days looked back on, and the middle half of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    pub low: i64,
    pub median: i64,
    pub high: i64,
}

/// Of one figure of each day that had anything, in any order; nothing when there are too few.
pub(super) fn usual(mut days: Vec<i64>) -> Option<Usual> {
    if days.len() < FEW_WEEKS {
        return None;
    }
    days.sort_unstable();
    let at = |quarter: usize| days[(days.len() - 1) * quarter / 4];
    let middle = days.len() / 2;
    let median = if days.len() % 2 == 1 {
        days[middle]
    } else {
        (days[middle - 1] + days[middle] + 1) / 2
    };
    Some(Usual {
        low: at(1),
        median,
        high: at(3).max(median),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::parse_day;

    fn at(text: &str) -> Day {
        let calendar = Calendar::standard("America/Toronto").unwrap();
        let now = Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        Day::at(now, calendar.zone(), &calendar)
    }

    #[test]
    fn before_opening_it_is_yesterday_and_a_day_begins_at_the_house() {
        for (now, day, shown, hour) in [
            ("2026-11-17T15:22:00Z", "2026-11-17", Shown::Today, 10),
            ("2026-11-17T13:00:00Z", "2026-11-17", Shown::Today, 8),
            ("2026-11-17T12:59:00Z", "2026-11-16", Shown::BeforeOpening, 23),
            ("2026-11-18T04:59:00Z", "2026-11-17", Shown::Today, 23),
            ("2026-11-18T05:00:00Z", "2026-11-17", Shown::BeforeOpening, 23),
            ("2026-11-21T15:00:00Z", "2026-11-21", Shown::Closed, 10),
        ] {
            let found = at(now);
            assert_eq!(
                (found.day, found.shown, found.hour),
                (parse_day(day).unwrap(), shown, hour),
                "{now}"
            );
            assert_eq!((found.opens, found.closes), (8, 16));
        }
    }

    #[test]
    fn what_is_usual_is_the_middle_and_too_little_says_nothing() {
        assert_eq!(usual(vec![3, 1, 2]), None);
        let even = usual(vec![9, 1, 4, 2]).unwrap();
        assert_eq!((even.low, even.median, even.high), (1, 3, 4));
        let odd = usual(vec![5, 5, 5, 5, 90]).unwrap();
        assert_eq!(
            (odd.low, odd.median, odd.high),
            (5, 5, 5),
            "one odd day changes nothing"
        );
    }
}
