//! How long a service was down in the past 90 days, and on which of them. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::outage::Effect;
use crate::clock::Time;
use crate::services::ServiceState;

/// Today and the 89 days before.
pub const DAYS: i64 = 90;

/// From when to when a service was hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spell {
    pub(super) from: Time,
    pub(super) to: Time,
    pub(super) effect: Effect,
}

/// In microseconds; what overlaps counts once.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Uptime {
    pub(super) counted: i64,
    pub(super) down: i64,
    pub(super) disturbed: i64,
    /// The worst of each day, the oldest first.
    pub(super) days: Vec<(Date, ServiceState)>,
}

/// Where the 90 days begin.
pub(super) fn begins(now: Time, zone: &TimeZone) -> Time {
    let today = now.timestamp().to_zoned(zone.clone()).date();
    midnight(earlier(today, DAYS - 1), zone)
}

/// `since` is when the service began to be kept.
pub(super) fn uptime(spells: &[Spell], since: Time, now: Time, zone: &TimeZone) -> Uptime {
    let from = begins(now, zone).max(since).min(now);
    let down: Vec<Spell> = spells
        .iter()
        .copied()
        .filter(|spell| spell.effect == Effect::Down)
        .collect();
    let lost = covered(&down, from, now);
    Uptime {
        counted: now.since(from),
        down: lost,
        disturbed: covered(spells, from, now) - lost,
        days: days(spells, from, now, zone),
    }
}

/// How much of the time between the two lies in any of the spells.
fn covered(spells: &[Spell], from: Time, to: Time) -> i64 {
    let mut ordered: Vec<(Time, Time)> = spells
        .iter()
        .map(|spell| (spell.from.max(from), spell.to.min(to)))
        .filter(|(from, to)| from < to)
        .collect();
    ordered.sort_unstable();
    let (mut sum, mut reached) = (0, from);
    for (begins, ends) in ordered {
        let begins = begins.max(reached);
        if begins < ends {
            sum += ends.since(begins);
            reached = ends;
        }
    }
    sum
}

fn days(spells: &[Spell], from: Time, now: Time, zone: &TimeZone) -> Vec<(Date, ServiceState)> {
    let last = now.timestamp().to_zoned(zone.clone()).date();
    let mut day = from.timestamp().to_zoned(zone.clone()).date();
    let mut days = Vec::new();
    // The bound is for a clock that jumps: there are 90 days, 91 where a service began in the middle of one.
    for _ in 0..=DAYS {
        let (begins, next) = (midnight(day, zone), day.tomorrow().ok());
        let ends = next.map_or(now, |next| midnight(next, zone));
        let on_it = spells.iter().filter(|spell| spell.from < ends && spell.to > begins);
        let worst = on_it.map(|spell| spell.effect).max();
        days.push((day, crate::services::state_of(worst, false)));
        match next {
            Some(next) if day < last => day = next,
            _ => break,
        }
    }
    days
}

fn earlier(day: Date, days: i64) -> Date {
    let span = jiff::Span::new().days(days);
    day.checked_sub(span).unwrap_or(day)
}

fn midnight(day: Date, zone: &TimeZone) -> Time {
    let begins = day.to_zoned(zone.clone());
    begins.map_or(Time(0), |at| Time(at.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};

    /// 2026-11-17T15:22:00Z.
    const NOW: Time = Time(1_794_928_920_000_000);

    fn spell(hours_ago: i64, hours: i64, effect: Effect) -> Spell {
        let from = NOW.plus(-hours_ago * HOUR);
        Spell {
            from,
            to: from.plus(hours * HOUR),
            effect,
        }
    }

    fn zone() -> TimeZone {
        TimeZone::get("America/Toronto").unwrap()
    }

    #[test]
    fn what_overlaps_counts_once_and_down_is_worse_than_disturbed() {
        let spells = [
            spell(10, 4, Effect::Down),
            spell(8, 4, Effect::Down),
            spell(12, 10, Effect::Disturbed),
        ];
        let up = uptime(&spells, Time(0), NOW, &zone());
        assert_eq!((up.down, up.disturbed), (6 * HOUR, 4 * HOUR));
        assert!(up.counted > 89 * DAY && up.counted < 90 * DAY);
    }

    #[test]
    fn there_are_ninety_days_and_each_has_its_worst() {
        let spells = [spell(50, 2, Effect::Down), spell(26, 1, Effect::Disturbed)];
        let days = uptime(&spells, Time(0), NOW, &zone()).days;
        assert_eq!(days.len(), 90);
        let states: Vec<ServiceState> = days.iter().rev().take(4).map(|(_, state)| *state).collect();
        assert_eq!(
            states,
            [
                ServiceState::Running,
                ServiceState::Disturbed,
                ServiceState::Down,
                ServiceState::Running
            ]
        );
    }

    #[test]
    fn a_service_that_is_new_has_no_past_to_speak_of() {
        let up = uptime(&[spell(100, 1, Effect::Down)], NOW.plus(-DAY), NOW, &zone());
        assert_eq!((up.counted, up.down, up.days.len()), (DAY, 0, 2));
    }

    #[test]
    fn ninety_days_are_counted_across_the_change_of_clocks() {
        let begins = begins(NOW, &zone());
        let day = begins.timestamp().to_zoned(zone()).date();
        assert_eq!(day.to_string(), "2026-08-20");
        assert_eq!(begins.timestamp().to_zoned(zone()).hour(), 0);
    }
}
