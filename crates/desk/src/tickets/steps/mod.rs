//! Steps: the checklist of a ticket. Each may have somebody and a day, and says who ticked it and when. The steps of a
//! merged ticket stay its own and are shown, and ticked, on the one kept.

mod add;
mod change;
mod order;
mod remove;
mod show;
mod tick;
mod undo;

use db::{Write, args};

use super::store;
use super::ticket::Ticket;
use crate::access::Action;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{EventKind, Fact};
use crate::ids::{PersonId, StepId, TicketNumber};

pub use add::{MOST_STEPS, add_steps};
pub use change::{StepEdit, change_step};
pub use order::move_step;
pub use remove::remove_step;
pub use show::{MyStep, Step, my_steps, steps};
pub use tick::tick;
pub(super) use undo::undo;

db::table! {
    /// A row of `step`, taken away or not.
    struct Kept {
        id: StepId,
        ticket: TicketNumber,
        position: i64,
        words: String,
        assignee: Option<PersonId>,
        due: Option<String>,
        done_at: Option<Time>,
        done_by: Option<PersonId>,
        gone_at: Option<Time>,
    }
}

/// The ticket whose page it is, held: the one asked for, or the one it was merged into. Past the policy, both.
fn page_of(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<Ticket> {
    store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let root = store::hold_root(tx, number)?;
    store::load(tx, root)?.admit(&cx.viewer, Action::Work)
}

/// What happens to a step is told on its own ticket, to the team of that one: its words are shown to nobody else.
fn told(tx: &mut Write, kind: EventKind, own: TicketNumber) -> Result<Fact> {
    let team = store::raw(tx, own)?.team;
    Ok(Fact::new(kind).on(own, team))
}

/// How many steps of one ticket stand, and the place of the last there ever was.
fn standing_count(tx: &mut Write, ticket: TicketNumber) -> Result<(usize, i64)> {
    let (there, last): (Option<i64>, Option<i64>) = tx.one(
        "SELECT SUM(CASE WHEN gone_at IS NULL THEN 1 ELSE 0 END), MAX(position) FROM step WHERE ticket = $1",
        &args![ticket],
    )?;
    Ok((usize::try_from(there.unwrap_or(0)).unwrap_or(0), last.unwrap_or(0)))
}

/// So many more must fit.
fn must_fit(there: usize, more: usize) -> Result<()> {
    if there + more > MOST_STEPS {
        let most = i64::try_from(MOST_STEPS).unwrap_or(i64::MAX);
        return Err(Error::refused_at("new-step", "refused-too-many-steps", most));
    }
    Ok(())
}

/// A step of this page. One of another ticket, or of one the viewer may not see, is not there.
fn on_page(tx: &mut Write, cx: &Context, page: &Ticket, id: StepId) -> Result<Kept> {
    let none = || Error::refused("step", "refused-no-such-step");
    let step: Option<Kept> = tx.maybe(
        "SELECT id, ticket, position, words, assignee, due, done_at, done_by, gone_at FROM step WHERE id = $1",
        &args![id],
    )?;
    let step = step.ok_or_else(none)?;
    let own = store::load(tx, step.ticket)?.admit(&cx.viewer, Action::Work);
    if own.is_err() || store::root(tx, step.ticket)? != page.number {
        return Err(none());
    }
    Ok(step)
}

/// The same for one that was not taken away.
fn standing(tx: &mut Write, cx: &Context, page: &Ticket, id: StepId) -> Result<Kept> {
    let step = on_page(tx, cx, page, id)?;
    if step.gone_at.is_some() {
        return Err(Error::refused("step", "refused-no-such-step"));
    }
    Ok(step)
}
