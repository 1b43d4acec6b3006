//! Reports: what came in and what became of it, by day, team, topic and channel. Never by person: there is no leaderboard
//! here, and no table holds a person's figures.
//!
//! The figures are sums that a follower of the log keeps (`follow`) from what each ticket counts for (`facts`, where the
//! definitions stand). Lengths of time are small histograms (`spread`), so that medians of days combine. The sums can be
//! built anew from the tickets, and a test does so and compares.

mod backlog;
mod facts;
mod figures;
mod follow;
mod mailed;
mod names;
mod period;
mod sentences;
mod spread;
mod store;
mod subscribe;
mod table;

pub(crate) use facts::Facts as Counts;
pub use figures::{Asked, By, Figures, Point, Report, Tally, figures, plan};
pub use follow::{catch_up, counted_to, ready, rebuild, run, take_in, turn};
pub use mailed::{mail_due, path_of};
pub use names::{channel_name, topic_names};
pub use period::{LONGEST, Period, Rhythm, Step, date_of, day_of, number_of, parse_day};
pub use sentences::{FEW, compared, means, said, title};
pub(crate) use spread::{Spread, bucket_of};
pub use subscribe::{Subscription, subscribe, subscriptions, unsubscribe};
pub use table::{Cell, Line, Table, by_part, by_time, csv, point_name, work_time};
