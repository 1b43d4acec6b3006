//! A ticket picked by hand.

use db::{Write, args};

use super::sample::week_of;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{PersonId, ReviewId, TeamId, TicketNumber};
use crate::tickets;

/// For a lead: a solved ticket of somebody else in a team he leads.
pub fn pick(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<ReviewId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if cx.viewer.leads.is_empty() {
        return Err(Error::NotFound);
    }
    let refused = |key| Error::refused("ticket", key);
    let ticket = match tickets::find_visible(tx, cx, number) {
        Err(Error::NotFound) => return Err(refused("refused-no-such-ticket")),
        other => other?,
    };
    let (Some(solved_at), Some(person)) = (ticket.solved_at.filter(|_| ticket.stage == 2), ticket.assignee) else {
        return Err(refused("refused-quality-unsolved"));
    };
    if person == cx.viewer.person {
        return Err(refused("refused-quality-own"));
    }
    let team = led_with(tx, cx, person, ticket.team)?.ok_or_else(|| refused("refused-quality-not-led"))?;
    let week = week_of(solved_at, &cx.house.zone);
    let by = (None, Some(cx.viewer.person));
    let id = store::insert(tx, (number, person, team), by, (week, cx.now))?;
    let id = id.ok_or_else(|| refused("refused-quality-twice"))?;
    events::record(tx, cx, Fact::new(EventKind::QualityPicked).about(id.0))?;
    Ok(id)
}

/// The team of the ticket, or another in which he leads this person; a suspended one is nobody's.
fn led_with(tx: &mut Write, cx: &Context, person: PersonId, of_ticket: Option<TeamId>) -> Result<Option<TeamId>> {
    let teams: Vec<TeamId> = tx.query(
        "SELECT m.team FROM membership m JOIN person p ON p.id = m.person
         WHERE m.person = $1 AND NOT p.suspended ORDER BY m.team",
        &args![person],
    )?;
    let led: Vec<TeamId> = teams
        .into_iter()
        .filter(|team| cx.viewer.leads.contains(team))
        .collect();
    Ok(of_ticket.filter(|team| led.contains(team)).or(led.first().copied()))
}
