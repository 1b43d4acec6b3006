//! Public holidays: from a rule to its day of a year. Pure, for every year of the Gregorian calendar.

mod acts;
mod canada;

pub use canada::HolidaySet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A day off of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOff {
    pub date: Date,
    /// Which holiday, as a key to its name: `canada-day`.
    pub name: &'static str,
    /// It is the day given in place of a holiday that fell on a day without work.
    pub in_lieu: bool,
}

/// How the day of a holiday is found in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    /// A day of a month, both from 1.
    Day(i8, i8),
    /// The n-th Monday of a month, from 1.
    Monday(i8, i8),
    /// The last Monday on or before a day of a month.
    MondayBy(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i32),
}

/// What the law gives when the holiday falls on a day without work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lieu {
    /// Nothing.
    No,
    /// Fallen on a Sunday, the next working day.
    Sunday,
    /// Fallen on a Saturday or a Sunday, the next working day.
    Weekend,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    pub name: &'static str,
    pub on: On,
    pub lieu: Lieu,
    /// The first year it was kept.
    pub since: i16,
}

/// Easter Sunday of a year, by the Gregorian computus (Meeus, Jones and Butcher).
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - b.div_euclid(4) - g + 15).rem_euclid(30);
    let l = (32 + 2 * (b.rem_euclid(4)) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let days = h + l - 7 * m + 114;
    let part = |n: i32| i8::try_from(n).expect("invariant: Easter lies in March or April");
    Date::new(year, part(days / 31), part(days % 31 + 1)).expect("invariant: Easter lies in March or April")
}

impl On {
    /// `None` outside the years that can be counted.
    pub(crate) fn date(self, year: i16) -> Option<Date> {
        match self {
            Self::Day(month, day) => Date::new(year, month, day).ok(),
            Self::Monday(month, nth) => {
                let first = Date::new(year, month, 1).ok()?;
                first.nth_weekday_of_month(nth, Weekday::Monday).ok()
            }
            Self::MondayBy(month, day) => {
                let last = Date::new(year, month, day).ok()?;
                let past = i64::from(last.weekday().to_monday_zero_offset());
                last.checked_sub(past.days()).ok()
            }
            Self::Easter(after) => easter(year).checked_add(after.days()).ok(),
        }
    }
}

/// The days off by these rules, in order of date. `works` says of a weekday whether there is work on it at all: a day is
/// given in lieu only of a holiday that falls on a day without work, and falls itself on one with work.
pub(crate) fn days_off(rules: &[Rule], year: i16, works: impl Fn(Weekday) -> bool) -> Vec<DayOff> {
    let kept = |rule: &Rule| rule.since <= year;
    let mut days: Vec<(DayOff, Lieu)> = rules
        .iter()
        .filter(|rule| kept(rule))
        .filter_map(|rule| {
            let date = rule.on.date(year)?;
            let (name, in_lieu) = (rule.name, false);
            Some((DayOff { date, name, in_lieu }, rule.lieu))
        })
        .collect();
    days.sort_by_key(|(day, _)| *day);
    let mut all: Vec<DayOff> = days.iter().map(|(day, _)| *day).collect();
    for (day, lieu) in days {
        let weekday = day.date.weekday();
        let falls = match lieu {
            Lieu::No => false,
            Lieu::Sunday => weekday == Weekday::Sunday,
            Lieu::Weekend => matches!(weekday, Weekday::Saturday | Weekday::Sunday),
        };
        if falls && !works(weekday) {
            let free = |date: &Date| works(date.weekday()) && all.iter().all(|other| other.date != *date);
            // Within ten days, so that a week without any work ends it too.
            let next = day.date.series(1.day()).skip(1).take(10).find(free);
            all.extend(next.map(|date| DayOff {
                date,
                in_lieu: true,
                ..day
            }));
        }
    }
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_is_on_its_known_days() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (1961, 4, 2),
            (2000, 4, 23),
            (2020, 4, 12),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2035, 3, 25),
            (2037, 4, 5),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn a_rule_finds_its_day() {
        assert_eq!(On::Monday(9, 1).date(2026), Some(date(2026, 9, 7)));
        assert_eq!(On::Monday(10, 2).date(2026), Some(date(2026, 10, 12)));
        assert_eq!(On::MondayBy(5, 24).date(2026), Some(date(2026, 5, 18)));
        assert_eq!(
            On::MondayBy(5, 24).date(2027),
            Some(date(2027, 5, 24)),
            "a Monday itself"
        );
        assert_eq!(On::Easter(-2).date(2026), Some(date(2026, 4, 3)));
        assert_eq!(On::Day(2, 29).date(2026), None);
        assert_eq!(On::Day(2, 29).date(2028), Some(date(2028, 2, 29)));
    }

    #[test]
    fn no_year_is_too_far() {
        for set in HolidaySet::ALL {
            for year in [i16::MIN, -9999, -1, 0, 1, 9999, i16::MAX] {
                if (-9999..=9999).contains(&year) {
                    days_off(set.rules(), year, |_| true);
                }
            }
        }
    }
}
