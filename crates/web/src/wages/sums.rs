//! What was typed to be worked out, and what comes of it.

use desk::outages::{self, Outage};
use desk::tickets::minutes_of;
use desk::wages::{Level, MedianWork, WEEKS, Wage, cost_of_cover, cost_of_time};
use desk::words::hundredths_of;
use desk::{Context, Error, OutageNumber, Read, Refusal, Time, clock};

use crate::changes::Typed;

/// Nobody plans for more.
const MOST_PEOPLE: i64 = 1_000_000;
const MOST_MINUTES: i64 = 1_000_000;
/// Hundredths of the hours of a week.
const WEEK: i64 = 16_800;

/// Cents: low, median and high, where there are such figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Three(pub(super) [Option<i64>; 3]);

/// What came of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) refusals: Vec<Refusal>,
    /// Minutes of a ticket, and its cost.
    pub(super) ticket: Option<(i64, Three)>,
    /// People, minutes and cost.
    pub(super) outage: Option<(i64, i64, Three)>,
    /// Of a week and of a year.
    pub(super) cover: Option<(Three, Three)>,
}

impl Sums {
    /// A field that says something else than a figure of that kind.
    fn figure(
        &mut self,
        typed: &Typed,
        field: &'static str,
        key: &'static str,
        read: impl Fn(&str) -> Option<i64>,
    ) -> Option<i64> {
        let text = typed.text(field).trim();
        if text.is_empty() {
            return None;
        }
        let found = read(text);
        if found.is_none() {
            self.refusals.push(Refusal {
                field,
                key,
                number: None,
            });
        }
        found
    }
}

fn three(wage: &Wage, cost: impl Fn(i64) -> Option<i64>) -> Three {
    let of = |level| wage.hourly(level).and_then(&cost);
    Three([of(Level::Low), of(Level::Median), of(Level::High)])
}

fn count(text: &str) -> Option<i64> {
    text.parse().ok().filter(|n| (1..=MOST_PEOPLE).contains(n))
}

fn minutes(text: &str) -> Option<i64> {
    minutes_of(text).filter(|n| (1..=MOST_MINUTES).contains(n))
}

fn hours(text: &str) -> Option<i64> {
    hundredths_of(text).filter(|n| (1..=WEEK).contains(n))
}

/// All that was typed, at the wages of this region. What is not typed is taken from what is known: the median of the
/// tickets, the outage that is named.
pub(super) fn work_out(typed: &Typed, wage: &Wage, median: Option<MedianWork>, known: Option<(i64, i64)>) -> Sums {
    let mut sums = Sums::default();
    let spent = sums.figure(typed, "spent", "refused-plan-time", minutes);
    sums.ticket = spent
        .or(median.map(|found| found.minutes))
        .map(|minutes| (minutes, three(wage, |hourly| cost_of_time(1, minutes, hourly))));
    let people = sums.figure(typed, "people", "refused-plan-people", count);
    let lasted = sums.figure(typed, "lasted", "refused-plan-time", minutes);
    let (hit, long) = (people.or(known.map(|k| k.0)), lasted.or(known.map(|k| k.1)));
    sums.outage = hit.zip(long).map(|(people, minutes)| {
        (
            people,
            minutes,
            three(wage, |hourly| cost_of_time(people, minutes, hourly)),
        )
    });
    let heads = sums.figure(typed, "heads", "refused-plan-people", count);
    let hours = sums.figure(typed, "hours", "refused-plan-hours", hours);
    sums.cover = heads.zip(hours).map(|(heads, hours)| {
        let week = |hourly| cost_of_cover(heads, hours, hourly);
        let year = |hourly| week(hourly)?.checked_mul(WEEKS);
        (three(wage, week), three(wage, year))
    });
    sums
}

/// The outage that is named, with how many said that it hits them.
pub(super) fn outage_of(r: &mut Read, cx: &Context, typed: &Typed) -> desk::Result<Option<(Outage, i64)>> {
    let text = typed.text("outage").trim();
    if text.is_empty() {
        return Ok(None);
    }
    let none = Error::refused("outage", "refused-plan-outage");
    let number = typed.number("outage").ok_or(none.clone())?;
    match outages::find(r, cx, OutageNumber(number)) {
        Ok(found) => Ok(Some((found.outage, found.me_too))),
        Err(Error::NotFound) => Err(none),
        Err(other) => Err(other),
    }
}

/// How many people it hit, at least one, and for how many minutes so far.
pub(super) fn known_of(outage: &Outage, me_too: i64, now: Time) -> (i64, i64) {
    let until = outage.ended_at.unwrap_or(now);
    let minutes = (until.0 - outage.began_at.0) / clock::MINUTE;
    (me_too.max(1), minutes.clamp(1, MOST_MINUTES))
}

#[cfg(test)]
mod tests {
    use desk::wages::read;

    use super::*;

    fn wage() -> Wage {
        let text = "region,low,median,high,source,date\nOntario,20,30,,Survey,2026\n";
        read(text).wages.remove(0)
    }

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let mut typed = Typed::default();
        for (name, text) in fields {
            typed.put(name, *text);
        }
        typed
    }

    #[test]
    fn what_is_typed_is_worked_out_and_the_rest_is_taken_from_what_is_known() {
        let median = Some(MedianWork {
            minutes: 30,
            tickets: 9,
        });
        let sums = work_out(&typed(&[]), &wage(), median, None);
        assert_eq!(sums.ticket, Some((30, Three([Some(1000), Some(1500), None]))));
        assert!(sums.outage.is_none() && sums.cover.is_none());
        let sums = work_out(&typed(&[("spent", "1 h")]), &wage(), median, Some((4, 120)));
        assert_eq!(sums.ticket.map(|(minutes, _)| minutes), Some(60));
        assert_eq!(sums.outage, Some((4, 120, Three([Some(16_000), Some(24_000), None]))));
        let asked = typed(&[("people", "10"), ("lasted", "30"), ("heads", "2"), ("hours", "37,5")]);
        let sums = work_out(&asked, &wage(), None, Some((4, 120)));
        assert_eq!(
            sums.outage.map(|(people, minutes, _)| (people, minutes)),
            Some((10, 30))
        );
        let (week, year) = sums.cover.unwrap();
        assert_eq!((week.0[1], year.0[1]), (Some(225_000), Some(11_700_000)));
        assert!(sums.refusals.is_empty());
    }

    #[test]
    fn what_is_no_figure_is_said_at_its_field() {
        let asked = typed(&[
            ("spent", "soon"),
            ("people", "-1"),
            ("lasted", "0"),
            ("heads", "x"),
            ("hours", "169"),
        ]);
        let sums = work_out(&asked, &wage(), None, None);
        let fields: Vec<_> = sums.refusals.iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["spent", "people", "lasted", "heads", "hours"]);
    }
}
