//! Wages for planning: what an hour of the work costs, low, median and high, by region, with the source and the date of
//! each figure. An administrator replaces the table; he, and supervisors he allowed, plan with it: what a ticket, an
//! outage or cover costs.
//!
//! A wage is one of a region and never of a person: nothing here knows who works, and no page shows a wage beside
//! somebody's work.

mod compare;
mod cost;
mod file;
mod import;
mod planners;
mod store;
mod wage;
mod worked;

pub use compare::{Compared, compare};
pub use cost::{WEEKS, cost_of_cover, cost_of_time};
pub use file::{Reject, Sheet, read, written};
pub use import::{DryRun, bring_back, dry_run, import};
pub use planners::{Planner, change_planner, may_plan, planners};
pub use wage::{HOURS_OF_A_YEAR, Level, Per, Wage, WageTable, table};
pub use worked::{MedianWork, WORKED_DAYS, median_work};
