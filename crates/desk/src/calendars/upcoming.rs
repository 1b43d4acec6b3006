//! The days off that come. Pure.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::calendar::Calendar;
use crate::error::Result;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A public holiday, by the key of its name, or the day in place of it.
    Public { name: &'static str, in_lieu: bool },
    /// A day of the calendar's own, by its name.
    Own(String),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayOff {
    pub date: Date,
    pub why: Why,
}

/// Those of the twelve months from that day on, in order.
pub fn upcoming(calendar: &Calendar, from: Date) -> Result<Vec<DayOff>> {
    let year: Span = 1.year();
    let to = from.saturating_add(year);
    let built = calendar.built("UTC")?;
    let mut all: Vec<DayOff> = Vec::new();
    for year in from.year()..=to.year() {
        all.extend(built.public_holidays(year).into_iter().map(|off| DayOff {
            date: off.date,
            why: Why::Public {
                name: off.name,
                in_lieu: off.in_lieu,
            },
        }));
        for own in &calendar.days {
            let date = if own.yearly {
                Date::new(year, own.day.month(), own.day.day()).ok()
            } else {
                Some(own.day).filter(|day| day.year() == year)
            };
            all.extend(date.map(|date| DayOff {
                date,
                why: Why::Own(own.name.clone()),
            }));
        }
    }
    all.retain(|off| from <= off.date && off.date < to);
    all.sort();
    Ok(all)
}
