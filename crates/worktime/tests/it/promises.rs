//! The clock with pauses: days by hand, then random cases against the minute-by-minute model.

use crate::model::{Flaw, Model, changes};
use crate::random::{self, Case, Random};
use crate::{HOUR, MINUTE, utc};
use worktime::promise::{Interval, Pause, Stretch, counted, due, ledger};
use worktime::{Calendar, HolidaySet};

fn toronto() -> Calendar {
    Calendar::standard("America/Toronto").unwrap()
}

#[test]
fn a_pause_moves_the_promise_by_the_working_time_it_took() {
    // Friday 15:00 to Monday 09:00: two hours of Friday and one of Monday.
    let start = utc("2026-11-20T19:00:00Z");
    let pause = Pause::new(utc("2026-11-20T20:00:00Z"), utc("2026-11-23T14:00:00Z"));
    assert_eq!(due(&toronto(), start, 4 * HOUR, &[]), Some(utc("2026-11-23T14:00:00Z")));
    let moved = utc("2026-11-23T17:00:00Z");
    assert_eq!(due(&toronto(), start, 4 * HOUR, &[pause]), Some(moved));
    assert_eq!(counted(&toronto(), start, moved, &[pause]), 4 * HOUR);
    let line = |kind, from: &str, to: &str, hours| Interval {
        kind,
        from_us: utc(from),
        to_us: utc(to),
        work_us: hours * HOUR,
    };
    assert_eq!(
        ledger(&toronto(), start, moved, &[pause]),
        [
            line(Stretch::Ran, "2026-11-20T19:00:00Z", "2026-11-20T20:00:00Z", 1),
            line(Stretch::Paused, "2026-11-20T20:00:00Z", "2026-11-23T14:00:00Z", 3),
            line(Stretch::Ran, "2026-11-23T14:00:00Z", "2026-11-23T17:00:00Z", 3),
        ]
    );
}

#[test]
fn pauses_that_overlap_stand_or_are_none_are_taken_for_what_they_are() {
    let start = utc("2026-11-17T14:00:00Z");
    let at = |hours: i64| start + hours * HOUR;
    let plain = due(&toronto(), start, 3 * HOUR, &[]);
    for (pauses, moved) in [
        (vec![Pause::new(at(1), at(2)), Pause::new(at(1), at(2))], 1),
        (vec![Pause::new(at(2), at(3)), Pause::new(at(1), at(2))], 2),
        (vec![Pause::new(at(1), at(3)), Pause::new(at(2), at(4))], 3),
        (vec![Pause::new(at(-9), at(1))], 1),
        (vec![Pause::new(at(2), at(2)), Pause::new(at(2), at(1))], 0),
        (vec![Pause::new(at(3), at(4))], 0),
        (vec![Pause::since(at(3))], 0),
    ] {
        let found = due(&toronto(), start, 3 * HOUR, &pauses);
        assert_eq!(found, plain.map(|at| at + moved * HOUR), "{pauses:?}");
    }
    assert_eq!(due(&toronto(), start, 3 * HOUR, &[Pause::since(at(2))]), None);
    assert_eq!(due(&toronto(), start, 0, &[Pause::since(at(-1))]), Some(start));
    assert_eq!(
        due(&toronto(), start, i64::MAX, &[Pause::new(i64::MIN, i64::MAX)]),
        None
    );
    assert_eq!(ledger(&toronto(), at(1), at(1), &[Pause::since(at(0))]), []);
}

#[test]
fn holidays_of_a_province_and_days_of_every_year_hold_no_work() {
    let calendar = toronto()
        .with_set(Some(HolidaySet::Ontario))
        .with_yearly([(12, 24), (2, 29), (13, 1)].into());
    // Wednesday 23 December 2026 at 16:00: Thursday is its own, Friday is Christmas, Monday is in lieu of Saturday.
    let start = utc("2026-12-23T21:00:00Z");
    assert_eq!(due(&calendar, start, 2 * HOUR, &[]), Some(utc("2026-12-29T14:00:00Z")));
    // From one year into the next.
    let start = utc("2026-12-31T21:00:00Z");
    assert_eq!(due(&calendar, start, 2 * HOUR, &[]), Some(utc("2027-01-04T14:00:00Z")));
}

/// One case against the model: what differs, in words.
fn compare(case: &Case, flaw: Flaw) -> Result<(), String> {
    let model = Model::flawed(&case.calendar, case.start_us, case.minutes, &case.closed, flaw);
    let end = model.end_us();
    let (wanted, found) = (
        model.promise(case.from_us, case.work_us, &case.pauses, flaw),
        due(&case.calendar, case.from_us, case.work_us, &case.pauses),
    );
    let agrees = match wanted {
        Some(at) => found == Some(at),
        None => found.is_none_or(|at| at >= end),
    };
    if !agrees {
        return Err(format!("due: the model says {wanted:?}, the arithmetic {found:?}"));
    }
    let until = found.map_or(end, |at| at.min(end));
    let lines = ledger(&case.calendar, case.from_us, until, &case.pauses);
    let ran: i64 = lines
        .iter()
        .filter(|line| line.kind == Stretch::Ran)
        .map(|line| line.work_us)
        .sum();
    let ran_by_model = model.ran(case.from_us, until, &case.pauses, flaw);
    if ran != ran_by_model || ran != counted(&case.calendar, case.from_us, until, &case.pauses) {
        return Err(format!("ledger: the model ran {ran_by_model}, the ledger {ran}"));
    }
    let apart = lines.windows(2).all(|pair| pair[0].to_us <= pair[1].from_us);
    let whole = lines.iter().all(|line| line.from_us < line.to_us);
    if !apart || !whole {
        return Err("ledger: lines overlap or are empty".to_owned());
    }
    Ok(())
}

fn run(first: u64, count: u64, flaw: Flaw) -> Result<(), String> {
    (first..first + count).try_for_each(|seed| {
        let case = Case::random(&mut Random::new(seed));
        compare(&case, flaw).map_err(|why| format!("seed {seed}: {why}\n{case:?}"))
    })
}

#[test]
fn random_promises_agree_with_the_model() {
    let count = random::cases();
    println!(
        "{count} promises with pauses, holidays and any zone, seeds from {}",
        random::FIRST_SEED
    );
    let threads = std::thread::available_parallelism().map_or(1, |n| u64::try_from(n.get()).unwrap());
    let share = count.div_ceil(threads);
    std::thread::scope(|scope| {
        let part = |n| scope.spawn(move || run(random::FIRST_SEED + n * share, share, Flaw::None));
        let parts: Vec<_> = (0..threads).map(part).collect();
        for part in parts {
            part.join().unwrap().unwrap();
        }
    });
}

#[test]
fn a_model_with_one_error_in_it_is_noticed() {
    for flaw in [
        Flaw::PauseForgotten,
        Flaw::HolidayForgotten,
        Flaw::RepeatedHourTwice,
        Flaw::PauseEndsLate,
    ] {
        let noticed = (0..20).any(|block| run(block * 100, 100, flaw).is_err());
        assert!(noticed, "{flaw:?}");
    }
}

/// Every change of the clock of a zone from 2020 to 2037, with work and a pause across it.
fn across_every_change(zone: &str, at_least: usize) {
    let all = changes(Calendar::standard(zone).unwrap().zone());
    assert!(all.len() >= at_least, "{zone} has {} changes", all.len());
    for (n, change) in (0..).zip(all) {
        let mut random = Random::new(n);
        for _ in 0..4 {
            let case = Case::around(&mut random, zone, change);
            if let Err(why) = compare(&case, Flaw::None) {
                panic!("{zone} at {change}: {why}\n{case:?}");
            }
        }
    }
}

#[test]
fn newfoundland_moves_by_an_hour_from_half_past() {
    across_every_change("America/St_Johns", 36);
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    across_every_change("Australia/Lord_Howe", 36);
}

#[test]
fn casablanca_moves_for_ramadan() {
    across_every_change("Africa/Casablanca", 36);
}

#[test]
fn a_pause_is_counted_to_the_microsecond() {
    let start = utc("2026-11-17T14:00:00Z") + 1;
    let pause = Pause::new(start + 10, start + 13);
    assert_eq!(due(&toronto(), start, MINUTE, &[pause]), Some(start + MINUTE + 3));
}
