//! What an outage from these tickets would begin with: the services their topics are about, and since when.

use std::collections::BTreeSet;

use db::Read;

use super::link::MOST_TICKETS;
use super::outage::{Effect, Hit, NewOutage};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{ServiceId, TicketNumber};
use crate::{services, tickets};

/// Of a cluster of tickets; those the viewer may not read are left out. Its title stays to be written: what a ticket is
/// called was said by a person, in one language, to the desk.
pub fn draft_of(r: &mut Read, cx: &Context, numbers: &[TicketNumber]) -> Result<NewOutage> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut draft = NewOutage::default();
    let mut hit: BTreeSet<ServiceId> = BTreeSet::new();
    for number in numbers.iter().take(MOST_TICKETS) {
        let ticket = match tickets::find_inside(r, cx, *number) {
            Err(Error::NotFound) => continue,
            other => other?,
        };
        if let Some(topic) = ticket.topic {
            hit.extend(services::about(r, topic)?);
        }
        let began = draft.began_at.map_or(ticket.created_at, |at| at.min(ticket.created_at));
        draft.began_at = Some(began);
        draft.tickets.push(ticket.number);
    }
    draft.services = hit
        .into_iter()
        .map(|service| Hit {
            service,
            effect: Effect::Disturbed,
        })
        .collect();
    Ok(draft)
}
