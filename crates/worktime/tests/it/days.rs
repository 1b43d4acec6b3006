//! Days worked out by hand.

use crate::{HOUR, MINUTE, utc};
use jiff::civil::date;
use std::collections::BTreeSet;
use worktime::{Calendar, Period, Week, WorktimeError};

fn toronto() -> Calendar {
    Calendar::standard("America/Toronto").unwrap()
}

fn open_daily(zone: &str, periods: &[(u16, u16)]) -> Calendar {
    let day: Vec<_> = periods.iter().map(|&(from, to)| Period::new(from, to)).collect();
    Calendar::new(
        zone,
        Week::new(std::array::from_fn(|_| day.clone())).unwrap(),
        BTreeSet::new(),
    )
    .unwrap()
}

#[test]
fn four_hours_from_friday_afternoon_end_on_monday_morning() {
    // Friday 15:00 in Toronto: two hours are left that day.
    let friday = utc("2026-11-20T20:00:00Z");
    assert_eq!(toronto().add(friday, 4 * HOUR), Some(utc("2026-11-23T15:00:00Z")));
    assert_eq!(toronto().between(friday, utc("2026-11-23T15:00:00Z")), 4 * HOUR);
}

#[test]
fn a_holiday_is_skipped_whole() {
    let holidays = BTreeSet::from([date(2026, 11, 23)]);
    let calendar = Calendar::new("America/Toronto", Week::standard(), holidays).unwrap();
    let friday = utc("2026-11-20T20:00:00Z");
    assert_eq!(calendar.add(friday, 4 * HOUR), Some(utc("2026-11-24T15:00:00Z")));
    assert!(!calendar.is_open(utc("2026-11-23T15:00:00Z")));
    assert!(toronto().is_open(utc("2026-11-23T15:00:00Z")));
}

#[test]
fn the_day_ends_at_five_and_begins_at_eight() {
    let (eight, five) = (utc("2026-11-20T13:00:00Z"), utc("2026-11-20T22:00:00Z"));
    assert!(!toronto().is_open(eight - 1));
    assert!(toronto().is_open(eight));
    assert!(toronto().is_open(five - 1));
    assert!(!toronto().is_open(five));
    assert_eq!(toronto().next_open(five - 1), Some(five - 1));
    assert_eq!(toronto().next_open(five), Some(utc("2026-11-23T13:00:00Z")));
    // The last microsecond of the day is still that day, not the next opening.
    assert_eq!(toronto().add(eight, 9 * HOUR), Some(five));
    assert_eq!(
        toronto().add(eight, 9 * HOUR + 1),
        Some(utc("2026-11-23T13:00:00Z") + 1)
    );
}

#[test]
fn no_work_is_done_at_once_even_when_closed() {
    let sunday = utc("2026-11-22T15:00:00Z");
    assert_eq!(toronto().add(sunday, 0), Some(sunday));
    assert_eq!(toronto().add(sunday, -HOUR), Some(sunday));
}

#[test]
fn a_night_shift_is_an_hour_short_in_spring_and_an_hour_long_in_autumn() {
    let night = open_daily("America/Toronto", &[(0, 360)]);
    let midnight = |day: &str, offset: &str| utc(&format!("{day}T00:00:00{offset}"));
    let spring = night.between(midnight("2026-03-08", "-05:00"), midnight("2026-03-09", "-04:00"));
    let autumn = night.between(midnight("2026-11-01", "-04:00"), midnight("2026-11-02", "-05:00"));
    let plain = night.between(midnight("2026-11-02", "-05:00"), midnight("2026-11-03", "-05:00"));
    assert_eq!((spring, autumn, plain), (5 * HOUR, 7 * HOUR, 6 * HOUR));
}

#[test]
fn hours_around_the_skipped_one_never_count_twice() {
    // 02:00 to 03:00 does not exist on 8 March 2026 in Toronto.
    let hours = open_daily("America/Toronto", &[(60, 120), (120, 150), (150, 180), (180, 240)]);
    let (from, to) = (utc("2026-03-08T05:00:00Z"), utc("2026-03-08T12:00:00Z"));
    assert_eq!(hours.between(from, to), 2 * HOUR);
    assert_eq!(hours.between(from + 24 * HOUR, to + 24 * HOUR), 3 * HOUR);
}

#[test]
fn a_period_inside_the_repeated_hour_counts_once() {
    let half = open_daily("America/Toronto", &[(75, 105)]);
    let (from, to) = (utc("2026-11-01T04:00:00Z"), utc("2026-11-01T12:00:00Z"));
    assert_eq!(half.between(from, to), 30 * MINUTE);
    assert!(half.is_open(utc("2026-11-01T05:30:00Z")), "the first pass");
    assert!(!half.is_open(utc("2026-11-01T06:30:00Z")), "the second pass");
}

#[test]
fn a_day_that_a_country_skipped_holds_no_work() {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    let apia = Calendar::standard("Pacific/Apia").unwrap();
    let thursday = utc("2011-12-29T18:00:00Z");
    assert_eq!(apia.between(thursday, thursday + 72 * HOUR), 9 * HOUR);
    let always = Calendar::new("Pacific/Apia", Week::always(), BTreeSet::new()).unwrap();
    assert_eq!(always.between(thursday, thursday + 72 * HOUR), 72 * HOUR);
}

#[test]
fn a_calendar_that_never_opens_says_so() {
    let never = Week::new(std::array::from_fn(|_| Vec::new())).unwrap();
    let never = Calendar::new("UTC", never, BTreeSet::new()).unwrap();
    assert_eq!(never.add(0, 1), None);
    assert_eq!(never.next_open(0), None);
    assert_eq!(never.between(0, i64::MAX), 0);
    assert!(!never.is_open(0));

    let days = date(2026, 1, 1).series(jiff::ToSpan::days(1)).take(3700).collect();
    let shut = Calendar::new("UTC", Week::always(), days).unwrap();
    assert_eq!(shut.add(utc("2026-01-05T00:00:00Z"), HOUR), None);
    assert_eq!(shut.next_open(utc("2026-01-05T00:00:00Z")), None);
    assert!(
        shut.next_open(utc("2030-01-05T00:00:00Z")).is_some(),
        "the control opens in 2036"
    );
}

#[test]
fn instants_at_the_ends_of_time_are_taken_calmly() {
    for at in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
        for work in [i64::MIN, 0, 1, HOUR, i64::MAX] {
            let due = toronto().add(at, work);
            assert!(due.is_none_or(|due| due >= at), "{at} + {work} = {due:?}");
        }
        toronto().is_open(at);
        toronto().next_open(at);
        assert_eq!(toronto().between(i64::MAX, at), 0);
    }
    assert_eq!(toronto().add(0, i64::MAX), None);
}

#[test]
fn wrong_weeks_and_zones_are_refused_with_a_reason() {
    let monday = |periods: Vec<Period>| {
        let mut days: [Vec<Period>; 7] = Default::default();
        days[0] = periods;
        Week::new(days)
    };
    let p = Period::new;
    assert!(
        monday(vec![p(0, 720), p(720, 1440)]).is_ok(),
        "the control touches but is apart"
    );
    for (periods, part) in [
        (vec![p(480, 480)], "Monday"),
        (vec![p(1020, 480)], "the end after the beginning"),
        (vec![p(0, 1441)], "0 to 1440"),
        (vec![p(0, 720), p(719, 1440)], "in order and apart"),
        (vec![p(720, 1440), p(0, 720)], "in order and apart"),
    ] {
        let refusal = monday(periods).unwrap_err().to_string();
        assert!(refusal.contains(part), "{refusal}");
    }
    let refusal = Calendar::standard("America/Torontoo").unwrap_err();
    assert_eq!(refusal, WorktimeError::UnknownZone("America/Torontoo".to_owned()));
    assert!(refusal.to_string().contains("tz database"));
}
