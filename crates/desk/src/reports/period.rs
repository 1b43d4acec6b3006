//! Days, periods and the steps a chart takes through them; and the hours at which letters leave. Pure: the calendar of
//! days is that of the house's zone, and what day it is comes as an argument.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;

use crate::clock::Time;

/// The longest period a report looks at: three years.
pub const LONGEST: i64 = 1096;

/// Days since 1970-01-01 on the clock of that zone.
pub fn day_of(at: Time, zone: &TimeZone) -> i64 {
    number_of(at.timestamp().to_zoned(zone.clone()).date())
}

pub fn number_of(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The date of a day; one that no calendar holds is its nearest.
pub fn date_of(day: i64) -> Date {
    let days = day.clamp(-4_371_587, 2_932_896);
    date(1970, 1, 1).saturating_add(days.days())
}

/// A day as a form sends it: `2026-11-17`, nothing else.
pub fn parse_day(text: &str) -> Option<i64> {
    let parsed: Date = text.parse().ok()?;
    (text.len() == 10 && parsed.year() >= 1990 && parsed.year() <= 2200).then(|| number_of(parsed))
}

pub fn month_of(day: i64) -> i64 {
    number_of(date_of(day).first_of_month())
}

fn month_end(day: i64) -> i64 {
    number_of(date_of(day).last_of_month())
}

/// From one day to another, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: i64,
    pub to: i64,
}

/// How far apart the points of a chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Day,
    Week,
    Month,
}

impl Period {
    /// So many days, the last one today.
    pub fn last(today: i64, days: i64) -> Period {
        Period {
            from: today - days + 1,
            to: today,
        }
    }

    /// Twelve months, the last one so far.
    pub fn year(today: i64) -> Period {
        let first = date_of(today).first_of_month().saturating_sub(11.months());
        Period {
            from: number_of(first),
            to: today,
        }
    }

    pub fn days(self) -> i64 {
        self.to - self.from + 1
    }

    /// As many days just before.
    #[must_use]
    pub fn before(self) -> Period {
        Period {
            from: self.from - self.days(),
            to: self.from - 1,
        }
    }

    pub fn step(self) -> Step {
        match self.days() {
            ..=31 => Step::Day,
            32..=92 => Step::Week,
            _ => Step::Month,
        }
    }

    /// The points of its chart, in order; together they are the period.
    pub fn steps(self) -> Vec<Period> {
        let end_of = |from: i64| match self.step() {
            Step::Day => from,
            Step::Week => from + 6,
            Step::Month => month_end(from),
        };
        let (mut steps, mut from) = (Vec::new(), self.from);
        while from <= self.to {
            let to = end_of(from).min(self.to);
            steps.push(Period { from, to });
            from = to + 1;
        }
        steps
    }

    /// The whole months in it, from the first day of the first to the last of the last; `None` when there is none.
    pub fn whole_months(self) -> Option<Period> {
        let first = month_of(self.from);
        let from = if first == self.from {
            first
        } else {
            month_end(self.from) + 1
        };
        let to = if month_end(self.to) == self.to {
            self.to
        } else {
            month_of(self.to) - 1
        };
        (from <= to).then_some(Period { from, to })
    }
}

db::text_enum! {
    /// How often a letter comes, and what it covers: yesterday, the seven days before, the month before.
    pub enum Rhythm { Daily => "daily", Weekly => "weekly", Monthly => "monthly" }
}

impl Rhythm {
    /// The next seven o'clock of that zone after `now`: of any day, of a Monday, of a first of the month.
    pub fn next(self, now: Time, zone: &TimeZone) -> Time {
        let fits = |day: Date| match self {
            Rhythm::Daily => true,
            Rhythm::Weekly => day.weekday() == Weekday::Monday,
            Rhythm::Monthly => day.day() == 1,
        };
        let today = now.timestamp().to_zoned(zone.clone()).date();
        // A month and a day hold one of each.
        let days = today.series(1.day()).take(33).filter(|day| fits(*day));
        days.map(|day| seven_of(day, zone))
            .find(|at| *at > now)
            .unwrap_or(Time::NEVER)
    }

    /// What a letter that leaves on this day tells of.
    pub fn covers(self, today: i64) -> Period {
        match self {
            Rhythm::Daily => Period::last(today - 1, 1),
            Rhythm::Weekly => Period::last(today - 1, 7),
            Rhythm::Monthly => {
                let to = month_of(today) - 1;
                Period { from: month_of(to), to }
            }
        }
    }
}

/// When the clock skips the hour, the moment just after.
fn seven_of(day: Date, zone: &TimeZone) -> Time {
    let at = zone.to_ambiguous_zoned(day.at(7, 0, 0, 0)).compatible();
    at.map_or(Time::NEVER, |at| Time(at.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};

    fn day(text: &str) -> i64 {
        parse_day(text).unwrap_or_else(|| panic!("{text} is a day"))
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    fn at(text: &str) -> Time {
        Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_day_is_a_date_that_exists_and_nothing_else() {
        assert_eq!((number_of(date(1970, 1, 1)), number_of(date(1970, 1, 2))), (0, 1));
        assert_eq!(number_of(date(1969, 12, 31)), -1);
        assert_eq!(date_of(day("2026-11-17")), date(2026, 11, 17));
        for wrong in [
            "2026-02-30",
            "26-11-17",
            "2026-11-17T10:00",
            "17.11.2026",
            "",
            "2026-11-1",
            "0001-01-01",
        ] {
            assert_eq!(parse_day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_day_is_that_of_the_house() {
        let zone = TimeZone::get("America/Toronto").unwrap();
        let late = at("2026-11-18T04:59:00Z");
        assert_eq!(day_of(late, &zone), day("2026-11-17"));
        assert_eq!(day_of(late.plus(60_000_000), &zone), day("2026-11-18"));
    }

    #[test]
    fn steps_make_up_the_period() {
        for (from, to, step, count) in [
            ("2026-11-11", "2026-11-17", Step::Day, 7),
            ("2026-10-01", "2026-10-31", Step::Day, 31),
            ("2026-08-19", "2026-11-17", Step::Week, 13),
            ("2026-08-20", "2026-11-17", Step::Week, 13),
            ("2025-12-01", "2026-11-17", Step::Month, 12),
            ("2025-11-20", "2026-11-17", Step::Month, 13),
        ] {
            let period = period(from, to);
            let steps = period.steps();
            assert_eq!((period.step(), steps.len()), (step, count), "{from} to {to}");
            assert_eq!((steps[0].from, steps[count - 1].to), (period.from, period.to));
            assert!(steps.windows(2).all(|pair| pair[0].to + 1 == pair[1].from));
        }
    }

    #[test]
    fn whole_months_are_found_between_the_edges() {
        for (from, to, months) in [
            ("2026-01-01", "2026-03-31", Some(("2026-01-01", "2026-03-31"))),
            ("2026-01-02", "2026-03-30", Some(("2026-02-01", "2026-02-28"))),
            ("2026-01-02", "2026-02-27", None),
            ("2025-12-01", "2026-11-17", Some(("2025-12-01", "2026-10-31"))),
        ] {
            assert_eq!(
                period(from, to).whole_months(),
                months.map(|(f, t)| period(f, t)),
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn a_year_begins_with_a_month() {
        assert_eq!(Period::year(day("2026-11-17")), period("2025-12-01", "2026-11-17"));
        assert_eq!(Period::last(day("2026-03-01"), 7), period("2026-02-23", "2026-03-01"));
        assert_eq!(
            period("2026-03-01", "2026-03-10").before(),
            period("2026-02-19", "2026-02-28")
        );
    }

    #[test]
    fn letters_leave_at_seven_on_the_clock_of_the_wall() {
        let zone = TimeZone::get("America/Toronto").unwrap();
        for (now, rhythm, next) in [
            ("2026-11-17T11:59:59Z", Rhythm::Daily, "2026-11-17T12:00:00Z"),
            ("2026-11-17T12:00:00Z", Rhythm::Daily, "2026-11-18T12:00:00Z"),
            ("2026-11-17T15:00:00Z", Rhythm::Weekly, "2026-11-23T12:00:00Z"),
            ("2026-11-17T15:00:00Z", Rhythm::Monthly, "2026-12-01T12:00:00Z"),
            ("2026-12-31T23:00:00Z", Rhythm::Monthly, "2027-01-01T12:00:00Z"),
            // The clocks go forward on March 8 and back on November 1.
            ("2026-03-07T13:00:00Z", Rhythm::Daily, "2026-03-08T11:00:00Z"),
            ("2026-10-31T12:00:00Z", Rhythm::Daily, "2026-11-01T12:00:00Z"),
            ("2026-10-26T12:00:00Z", Rhythm::Weekly, "2026-11-02T12:00:00Z"),
        ] {
            assert_eq!(rhythm.next(at(now), &zone), at(next), "{rhythm} after {now}");
        }
        assert_eq!(
            at("2026-11-01T12:00:00Z").since(at("2026-10-31T11:00:00Z")),
            DAY + HOUR,
            "a longer day"
        );
    }

    #[test]
    fn a_letter_tells_of_whole_days_gone_by() {
        let today = day("2026-03-02");
        assert_eq!(Rhythm::Daily.covers(today), period("2026-03-01", "2026-03-01"));
        assert_eq!(Rhythm::Weekly.covers(today), period("2026-02-23", "2026-03-01"));
        assert_eq!(Rhythm::Monthly.covers(today), period("2026-02-01", "2026-02-28"));
    }
}
