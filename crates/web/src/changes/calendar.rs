//! The calendar: a week of changes, day by day, with those that meet on one service.

use askama::Template;
use axum::extract::Query;
use desk::Time;
use desk::changes::{self, Change, Entry};
use desk::words::full_day;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use serde::Deserialize;

use super::marks::{self, Names};
use super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// A day of the week that is wanted; this week without it.
    day: String,
}

#[derive(Template)]
#[template(path = "changes/calendar.html")]
struct Page {
    shell: Shell,
    days: Vec<(Date, Vec<Entry>)>,
    names: Names,
    earlier: String,
    later: String,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let (zone, lang) = (visit.zone(), visit.lang());
    let today = visit.state.desk().now().timestamp().to_zoned(zone.clone()).date();
    let wanted: Date = asked.day.trim().parse().unwrap_or(today);
    let monday = shifted(wanted, -i64::from(wanted.weekday().to_monday_zero_offset()));
    let (from, until) = (midnight(monday, &zone), midnight(shifted(monday, 7), &zone));
    let read = visit.read(move |r, cx| {
        let entries = changes::calendar(r, cx, from, until)?;
        let names = Names::of(r, cx, lang, entries.iter().map(|entry| &entry.change))?;
        Ok((entries, names))
    });
    let (entries, names) = read.await?;
    let day = |offset: i64| {
        let day = shifted(monday, offset);
        let (begins, ends) = (midnight(day, &zone), midnight(shifted(day, 1), &zone));
        let on_it = |entry: &&Entry| on(&entry.change, begins, ends);
        (day, entries.iter().filter(on_it).cloned().collect::<Vec<Entry>>())
    };
    let page = Page {
        shell: visit.shell("changes-calendar", "changes").await?.following("changes"),
        days: (0..7).map(day).collect(),
        names,
        earlier: shifted(monday, -7).to_string(),
        later: shifted(monday, 7).to_string(),
    };
    respond(&page)
}

fn on(change: &Change, begins: Time, ends: Time) -> bool {
    change.from_at() < ends && change.to_at() >= begins
}

fn shifted(day: Date, days: i64) -> Date {
    let span: Span = days.days();
    day.checked_add(span).unwrap_or(day)
}

fn midnight(day: Date, zone: &TimeZone) -> Time {
    let begins = day.to_zoned(zone.clone());
    begins.map_or(Time(0), |at| Time(at.timestamp().as_microsecond()))
}

impl Page {
    fn day(&self, day: &Date) -> String {
        full_day(self.shell.lang, *day)
    }

    fn state(&self, change: &Change) -> (&'static str, &'static str, String) {
        marks::state(&self.shell, change.state)
    }

    fn when(&self, change: &Change) -> String {
        marks::when(&self.shell, change)
    }

    /// `C-12, C-15`.
    fn met(&self, entry: &Entry) -> String {
        let all: Vec<String> = entry.overlaps.iter().map(|number| number.shown()).collect();
        self.shell.t1("change-meets", "changes", all.join(", "))
    }
}
