//! A wage as it is kept, and the table in use.

use std::sync::LazyLock;

use db::Read;

use super::{file, planners, store};
use crate::context::Context;
use crate::error::Result;
use crate::ids::WageEditionId;
use crate::words::{Both, fold};

db::text_enum! {
    /// What a figure is paid for.
    pub enum Per { Hour => "hour", Year => "year" }
}
db::text_enum! {
    /// Which of the figures of a region.
    pub enum Level { Low => "low", Median => "median", High => "high" }
}

/// A year of full-time work: 52 weeks of 37.5 hours.
pub const HOURS_OF_A_YEAR: i64 = 1950;

/// What the work is paid in a region, in Canadian cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wage {
    pub region: Both,
    pub per: Per,
    pub low: Option<i64>,
    pub median: i64,
    pub high: Option<i64>,
    pub source: String,
    /// A year, a month or a day: `2016`, `2026-11`, `2026-11-24`.
    pub dated: String,
}

impl Wage {
    /// As it was surveyed.
    pub fn of(&self, level: Level) -> Option<i64> {
        match level {
            Level::Low => self.low,
            Level::Median => Some(self.median),
            Level::High => self.high,
        }
    }

    /// Cents an hour; those of a year are spread over its hours.
    pub fn hourly(&self, level: Level) -> Option<i64> {
        let cents = self.of(level)?;
        Some(match self.per {
            Per::Hour => cents,
            Per::Year => (cents + HOURS_OF_A_YEAR / 2) / HOURS_OF_A_YEAR,
        })
    }

    /// By what two tables are compared.
    pub(super) fn key(&self) -> String {
        fold(&self.region.en)
    }
}

/// A table of wages, in the order of its file.
#[derive(Clone, Debug)]
pub struct WageTable {
    /// Nothing for the one the program comes with.
    pub edition: Option<WageEditionId>,
    pub wages: Vec<Wage>,
}

static BUILT_IN: LazyLock<Vec<Wage>> = LazyLock::new(|| file::read(include_str!("../../data/wages.csv")).wages);

/// The table in use, for whoever may plan with it.
pub fn table(r: &mut Read, cx: &Context) -> Result<WageTable> {
    planners::require(r, cx)?;
    in_use(r)
}

pub(super) fn in_use(r: &mut Read) -> Result<WageTable> {
    let edition = store::edition_in_use(r)?;
    let wages = match edition {
        Some(edition) => store::wages_of(r, edition)?,
        None => BUILT_IN.clone(),
    };
    Ok(WageTable { edition, wages })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_the_program_comes_with_is_whole() {
        let read = file::read(include_str!("../../data/wages.csv"));
        assert_eq!((read.wages.len(), read.rejects), (14, Vec::new()));
        let canada = &BUILT_IN[0];
        assert_eq!((canada.low, canada.median, canada.high), (Some(2050), 3147, Some(4900)));
        assert_eq!(BUILT_IN[9].region, Both::new("Quebec", "Québec"));
    }

    #[test]
    fn a_year_is_spread_over_its_hours() {
        let durham = &BUILT_IN[12];
        assert_eq!((durham.per, durham.dated.as_str()), (Per::Year, "2016"));
        assert_eq!(durham.hourly(Level::Median), Some(2581));
        assert_eq!(durham.hourly(Level::Low), None);
    }
}
