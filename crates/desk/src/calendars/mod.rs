//! Calendars: when people work. Each has the hours of a week, a time zone, the public holidays of a province, and days
//! of its own. The first is the house calendar: the desk's own hours, by which it promises unless something else is said.
//!
//! What is no longer used is retired, so that it can come back.

mod add;
mod calendar;
mod days;
mod edit;
mod hours;
mod list;
mod retire;
mod show;
mod store;
mod undo;
mod upcoming;

pub use add::add;
pub use calendar::{Calendar, DAYS, NewCalendar, OwnDay};
pub use days::{NewDay, add_day, remove_day};
pub use edit::edit;
pub use hours::written;
pub use list::{find, list};
pub use retire::{restore, retire};
pub use show::{Shown, holiday_sets, show};
pub(crate) use store::of_house;
pub use undo::undo;
pub use upcoming::{DayOff, Why, upcoming};

use db::{Read, Write};
use serde_json::Value;

use crate::access;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::house;
use crate::ids::{CalendarId, EventId};
use crate::sla;

/// For the arithmetic, in use or not. `NotFound` when there is none of that id.
pub fn load(r: &mut Read, id: CalendarId) -> Result<worktime::Calendar> {
    let zone = house::zone_name(r)?;
    store::load(r, id)?.built(&zone)
}

/// The line of the log, and of the audit log, about a calendar that is new or has changed. A node that reads it reads
/// the house rules anew.
fn changed(
    tx: &mut Write,
    cx: &Context,
    action: &'static str,
    before: Option<&Calendar>,
    after: &Calendar,
) -> Result<EventId> {
    let subject = format!("calendar {}", after.id);
    let difference = before.map(|before| Value::Object(events::difference(before, after)).to_string());
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, &after.name.en)?;
    sla::recompute_open(tx, cx)?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::CalendarChanged).about(after.id.0).with(difference),
    )
}
