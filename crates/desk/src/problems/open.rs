//! A new problem, by itself or from the tickets it is behind.

use db::Write;

use super::change::Changed;
use super::check::checked;
use super::problem::NewProblem;
use super::{link, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::TicketNumber;

/// Each ticket is one he may work on that has no problem yet, or the whole is refused.
pub fn open(tx: &mut Write, cx: &Context, new: &NewProblem, tickets: &[TicketNumber]) -> Result<Changed> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let new = checked(tx, new, None)?;
    let number = store::insert(tx, &new, cx.now)?;
    let event = events::record(tx, cx, Fact::new(EventKind::ProblemOpened).about(number.0))?;
    if !tickets.is_empty() {
        link::link(tx, cx, number, tickets)?;
    }
    Ok(Changed {
        problem: store::load(tx, number)?,
        event,
    })
}
