//! Promises: when a first reply, a next one and a solution are due, by which policy and whose clock, and what becomes of
//! them. The rules are pure; `store` and `ledger` hold the SQL.
//!
//! A ticket carries its due times. They change in the transaction of the verb that moves them, and in the background when
//! a policy or a calendar does.

mod add;
mod clock;
mod edit;
mod follow;
mod ledger;
mod marks;
mod policy;
mod preview;
mod rules;
mod store;
mod targets;
mod tell;

pub use add::add;
pub use clock::{Clocks, Dues, Moment, Says, dues, moments, work_paused};
pub use edit::{edit, move_policy, restore, retire};
pub(crate) use follow::{follow, stood_still, unanswered};
pub use ledger::{Ledger, Line, LineKind, ledger};
pub use marks::Reason;
pub(crate) use marks::{Pause, mark, marked, moved, pauses_of};
pub use policy::{Conditions, Deed, Facts, Hours, MOST_STEPS, NewPolicy, Policy, Step, Warning};
pub use preview::{Move, Preview, preview, preview_of};
pub use rules::{Rule, Rules};
pub use targets::{Target, Targets, targets};
pub(crate) use tell::{leads_of, tell};

use db::{Read, Write};

use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{PolicyId, TicketNumber};
use crate::jobs::{self, JobKind};
use crate::tickets::Priority;

/// All policies in their order, those out of use too. For administrators.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Policy>> {
    access::require(&cx.viewer, Place::Admin)?;
    store::all(r)
}

pub fn find(r: &mut Read, cx: &Context, id: PolicyId) -> Result<Policy> {
    access::require(&cx.viewer, Place::Admin)?;
    store::load(r, id)
}

/// When the promises of a ticket that came now would fall due: of a policy, or of the house's own at normal priority.
pub fn due_now(r: &mut Read, cx: &Context, says: Option<&NewPolicy>) -> Result<Vec<(Target, Time)>> {
    let rule = match says {
        Some(says) => rules::rule_of(r, says, &cx.house.calendar)?,
        None => cx.house.promises.by_id(None).clone(),
    };
    let targets = rule.targets(Priority::Normal);
    let due = |target: &Target| {
        let at = rule.calendar.add(cx.now.0, targets.of(*target)?)?;
        Some((*target, Time(at)))
    };
    Ok(Target::ALL.iter().filter_map(due).collect())
}

fn changed(tx: &mut Write, cx: &Context, action: &'static str, id: PolicyId, name: &str) -> Result<()> {
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        action,
        &format!("policy {id}"),
        name,
    )?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged).about(id.0))?;
    recompute_open(tx, cx)
}

/// Has the clocks of all open tickets computed anew in the background: a policy or a calendar has changed.
pub(crate) fn recompute_open(tx: &mut Write, cx: &Context) -> Result<()> {
    jobs::enqueue(tx, JobKind::RecomputeClocks, TicketNumber(0).0, cx.now)
}
