//! The arithmetic against the minute-by-minute model, over the zones of the tz database.

use crate::model::{Model, changes};
use crate::{HOUR, MINUTE, cases, utc};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use worktime::{Calendar, Period, Week};

/// Zones whose rules are odd: half-hour changes, negative summer time, changes at midnight, the
/// edge of the date line, no change at all.
const ODD_ZONES: [&str; 12] = [
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/Dublin",
    "America/Nuuk",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Antarctica/Troll",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "UTC",
];

fn all_zones() -> Vec<String> {
    let mut names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort();
    names
}

fn zones() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(&ODD_ZONES[..]).prop_map(str::to_owned),
        proptest::sample::select(all_zones()),
    ]
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    // Boundaries crowd around the small hours, where the clock changes.
    let minute = prop_oneof![0u16..=300, 0u16..=1440, Just(0), Just(1440)];
    proptest::collection::btree_set(minute, 0..=8).prop_map(|bounds| {
        let bounds: Vec<_> = bounds.into_iter().collect();
        bounds
            .chunks_exact(2)
            .map(|pair| Period::new(pair[0], pair[1]))
            .collect()
    })
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let days = proptest::array::uniform7(periods());
    (zones(), days, proptest::collection::btree_set(0i64..6575, 0..200)).prop_map(|(zone, days, holidays)| {
        let holidays = holidays
            .into_iter()
            .map(|n| date(2020, 1, 1).saturating_add(n.days()))
            .collect();
        Calendar::new(&zone, Week::new(days).unwrap(), holidays).unwrap()
    })
}

/// Mostly within two days of a change of the clock, otherwise anywhere from 2020 to 2037.
fn start(calendar: &Calendar, near: bool, pick: u64) -> i64 {
    let changes = changes(calendar.zone());
    let pick = i64::try_from(pick >> 1).unwrap();
    if near && !changes.is_empty() {
        let change = changes[usize::try_from(pick).unwrap() % changes.len()];
        (change - 48 * HOUR + pick % (48 * HOUR)).div_euclid(MINUTE) * MINUTE
    } else {
        utc("2020-01-01T00:00:00Z") + pick % (18 * 365 * 1440) * MINUTE
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn it_agrees_with_the_model(
        calendar in calendars(),
        near in prop::bool::weighted(0.8),
        pick: u64,
        a in 0..4 * 24 * HOUR,
        b in 0..4 * 24 * HOUR,
        work in 1..40 * HOUR,
    ) {
        let start = start(&calendar, near, pick);
        let model = Model::new(&calendar, start, 4 * 1440);
        let (from, to) = (start + a.min(b), start + a.max(b));
        prop_assert_eq!(calendar.between(from, to), model.between(from, to));
        prop_assert_eq!(calendar.is_open(from), model.is_open(from));
        match model.add(from, work) {
            Some(due) => prop_assert_eq!(calendar.add(from, work), Some(due)),
            None => prop_assert!(calendar.add(from, work).is_none_or(|due| due >= model.end_us())),
        }
        match (from..model.end_us()).step_by(60_000_000).find(|at| model.is_open(*at)) {
            Some(at) if at == from => prop_assert_eq!(calendar.next_open(from), Some(from)),
            Some(at) => prop_assert_eq!(calendar.next_open(from), Some(at.div_euclid(MINUTE) * MINUTE)),
            None => {}
        }
    }

    #[test]
    fn adding_and_counting_are_inverse(
        calendar in calendars(),
        near: bool,
        pick: u64,
        work in 1..400 * HOUR,
    ) {
        let start = start(&calendar, near, pick);
        if let Some(due) = calendar.add(start, work) {
            prop_assert_eq!(calendar.between(start, due), work);
            prop_assert!(calendar.is_open(due - 1), "the last moment counted was a working one");
            prop_assert_eq!(calendar.between(start, due - 1), work - 1, "and no earlier instant will do");
        }
    }

    #[test]
    fn an_interval_is_the_sum_of_its_parts(
        calendar in calendars(),
        pick: u64,
        lengths in proptest::array::uniform2(0..90 * 24 * HOUR),
    ) {
        let a = start(&calendar, true, pick);
        let (b, c) = (a + lengths[0], a + lengths[0] + lengths[1]);
        prop_assert_eq!(calendar.between(a, c), calendar.between(a, b) + calendar.between(b, c));
        let always = Calendar::new("UTC", Week::always(), BTreeSet::new()).unwrap();
        prop_assert_eq!(always.between(a, c), c - a);
    }
}

/// Walks the changes of the clock of every zone, 2020 to 2037, taking each n-th so that the
/// default run stays short; a large number of cases takes them all.
#[test]
fn every_change_of_the_clock_agrees_with_the_model() {
    let day = vec![Period::new(0, 90), Period::new(95, 150), Period::new(150, 300)];
    let week = Week::new(std::array::from_fn(|_| day.clone())).unwrap();
    let mut all: Vec<(String, i64)> = Vec::new();
    for zone in all_zones() {
        let Ok(calendar) = Calendar::standard(&zone) else {
            continue;
        };
        all.extend(changes(calendar.zone()).into_iter().map(|at| (zone.clone(), at)));
    }
    assert!(
        all.len() > 3_000,
        "the tz database is really there: {} changes",
        all.len()
    );
    let step = (all.len() / (2 * usize::try_from(cases()).unwrap())).max(1);
    let mut differs = 0;
    for (zone, change) in all.iter().step_by(step) {
        let calendar = Calendar::new(zone, week.clone(), BTreeSet::new()).unwrap();
        let start = (change - 12 * HOUR).div_euclid(MINUTE) * MINUTE;
        let model = Model::new(&calendar, start, 1440);
        let counted = calendar.between(start, model.end_us());
        assert_eq!(counted, model.between(start, model.end_us()), "{zone} at {change}");
        differs += usize::from(counted != 295 * MINUTE);
    }
    assert!(differs > 0, "the sample holds changes that matter");
}
