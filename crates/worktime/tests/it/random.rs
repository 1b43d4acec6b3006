//! Random cases from a seed: the same seed is the same case on every machine with the same time zone database.

use crate::model::changes;
use crate::{HOUR, MINUTE, utc};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use worktime::promise::Pause;
use worktime::{Calendar, HolidaySet, Period, Week};

pub(crate) const FIRST_SEED: u64 = 1_000;

/// How many random promises are compared: some seconds by default, more when the environment says so.
pub(crate) fn cases() -> u64 {
    let given = std::env::var("FIRSTLINE_CLOCK_CASES").ok();
    given.and_then(|n| n.parse().ok()).unwrap_or(400)
}

static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.retain(|name| Calendar::standard(name).is_ok());
    names.sort();
    assert!(
        names.len() > 300,
        "the tz database is really there: {} zones",
        names.len()
    );
    names
});

/// SplitMix64: small, and good enough to choose cases with.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below `most`.
    fn below(&mut self, most: i64) -> i64 {
        let most = u64::try_from(most).unwrap();
        i64::try_from(self.next() % most).unwrap()
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(i64::try_from(all.len()).unwrap())).unwrap()]
    }
}

#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) calendar: Calendar,
    /// Every day on which the calendar is shut, told to the model one by one.
    pub(crate) closed: BTreeSet<Date>,
    /// What the model looks at: from a whole minute, for so many minutes.
    pub(crate) start_us: i64,
    pub(crate) minutes: i64,
    /// The promise.
    pub(crate) from_us: i64,
    pub(crate) work_us: i64,
    pub(crate) pauses: Vec<Pause>,
}

impl Case {
    /// Any zone, any week, from 2020 to 2037: most of them near a change of the clock or a public holiday.
    pub(crate) fn random(random: &mut Random) -> Case {
        let zone = random.of(&ZONES).clone();
        let bare = Calendar::standard(&zone).unwrap();
        let all = changes(bare.zone());
        let near = if !all.is_empty() && !random.one_in(3) {
            *random.of(&all)
        } else if random.one_in(2) {
            let year = i16::try_from(2020 + random.below(18)).unwrap();
            let holidays = random.of(&HolidaySet::ALL).days(year, |_| true);
            let day = random.of(&holidays).date;
            utc(&format!("{day}T12:00:00Z"))
        } else {
            utc("2020-01-02T00:00:00Z") + random.below(17 * 365 * 24) * HOUR
        };
        Case::around(random, &zone, near)
    }

    /// A case whose promise begins within two days before that instant.
    pub(crate) fn around(random: &mut Random, zone: &str, near: i64) -> Case {
        let start_us = (near - random.below(48 * 60) * MINUTE).div_euclid(MINUTE) * MINUTE;
        let days = if random.one_in(16) { 12 } else { 3 };
        let minutes = days * 1440;
        let from_us = start_us + random.below(12 * HOUR);
        let set = random.one_in(2).then(|| *random.of(&HolidaySet::ALL));
        let today = jiff::Timestamp::from_microsecond(start_us).unwrap();
        let today = Calendar::standard(zone).unwrap().zone().to_datetime(today).date();
        let single: BTreeSet<Date> = (0..random.below(3))
            .map(|_| today.saturating_add(random.below(8).days()))
            .collect();
        let yearly: BTreeSet<Date> = (0..random.below(2))
            .map(|_| today.saturating_add(random.below(8).days()))
            .collect();
        let week = Week::new(std::array::from_fn(|_| periods(random))).unwrap();
        // Mostly less work than fits, so that the promise ends while the model looks.
        let most = if random.one_in(2) { 4 * HOUR } else { days * 8 * HOUR };
        let of_year = yearly.iter().map(|day| (day.month(), day.day())).collect();
        let calendar = Calendar::new(zone, week, single.clone()).unwrap();
        let calendar = calendar.with_set(set).with_yearly(of_year);
        Case {
            closed: closed(&calendar, set, today, single, &yearly),
            calendar,
            start_us,
            minutes,
            from_us,
            work_us: 1 + random.below(most),
            pauses: (0..random.below(4)).map(|_| pause(random, from_us, days)).collect(),
        }
    }
}

fn pause(random: &mut Random, from_us: i64, days: i64) -> Pause {
    let begin = from_us + random.below((days + 1) * 20 * HOUR) - 6 * HOUR;
    if random.one_in(10) {
        Pause::since(begin)
    } else {
        Pause::new(begin, begin + random.below(12 * HOUR))
    }
}

/// Up to four periods; their ends crowd around the small hours, where the clock changes.
fn periods(random: &mut Random) -> Vec<Period> {
    let mut bounds = BTreeSet::new();
    for _ in 0..random.below(9) {
        let minute = match random.below(4) {
            0 => random.below(301),
            1 => *random.of(&[0, 1440]),
            _ => random.below(1441),
        };
        bounds.insert(u16::try_from(minute).unwrap());
    }
    let bounds: Vec<u16> = bounds.into_iter().collect();
    bounds
        .chunks_exact(2)
        .map(|pair| Period::new(pair[0], pair[1]))
        .collect()
}

/// The days of three weeks on which nobody works, each asked for by itself.
fn closed(
    calendar: &Calendar,
    set: Option<HolidaySet>,
    today: Date,
    mut single: BTreeSet<Date>,
    yearly: &BTreeSet<Date>,
) -> BTreeSet<Date> {
    single.extend(yearly);
    let works = |weekday| !calendar.week().periods(weekday).is_empty();
    for year in [today.year() - 1, today.year(), today.year() + 1] {
        let public = set.into_iter().flat_map(|set| set.days(year, works));
        single.extend(public.map(|off| off.date));
    }
    single
}
