//! Links between tickets: related, follow-up, cause. A link is seen from both sides, and only by those who may see
//! both.

use db::{Read, Write, args};

use super::store;
use super::ticket::Status;
use crate::access::{self, Action};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, TicketNumber};
use crate::suggestions::{self, How, Lesson, Target};

db::text_enum! {
    pub enum LinkKind { Related => "related", FollowUp => "follow_up", Cause => "cause" }
}

/// The other end of a link, as a list shows it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub number: TicketNumber,
    pub subject: String,
    pub status: Status,
    pub kind: LinkKind,
}

pub fn link(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    other: TicketNumber,
    kind: LinkKind,
) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let end = store::load(tx, other).and_then(|t| t.admit(&cx.viewer, Action::See));
    if end.is_err() || number == other {
        return Err(Error::refused("other", "refused-no-such-ticket"));
    }
    tx.exec(
        "INSERT INTO link (ticket, other, kind, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (ticket, other) DO NOTHING",
        &args![number, other, kind, cx.now],
    )?;
    let lesson = Lesson {
        ticket: number,
        target: Target::ticket(other),
        how: How::Linked,
    };
    suggestions::teach(tx, cx, lesson)?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Linked).on(number, ticket.team).about(other.0),
    )
}

pub fn unlink(tx: &mut Write, cx: &Context, number: TicketNumber, other: TicketNumber) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let cut: Option<(TicketNumber, LinkKind)> = tx.maybe(
        "SELECT ticket, kind FROM link WHERE (ticket = $1 AND other = $2) OR (ticket = $2 AND other = $1)
         ORDER BY ticket LIMIT 1",
        &args![number, other],
    )?;
    let Some((from, kind)) = cut else {
        return Err(Error::refused("other", "refused-no-such-ticket"));
    };
    tx.exec(
        "DELETE FROM link WHERE (ticket = $1 AND other = $2) OR (ticket = $2 AND other = $1)",
        &args![number, other],
    )?;
    suggestions::forget(tx, from, Target::ticket(if from == number { other } else { number }))?;
    let data = serde_json::json!({ "kind": kind.as_str(), "from": from.0 }).to_string();
    events::record(
        tx,
        cx,
        Fact::new(EventKind::Unlinked)
            .on(number, ticket.team)
            .about(other.0)
            .with(Some(data)),
    )
}

/// Undoes an unlinking: the same kind, in the same direction. The event is told on the ticket it was undone on.
pub(super) fn link_again(tx: &mut Write, cx: &Context, number: TicketNumber, cut: &Event) -> Result<EventId> {
    let cannot = || Error::Conflict("conflict-cannot-undo");
    let other = cut.subject.map(TicketNumber).ok_or_else(cannot)?;
    let data: serde_json::Value = serde_json::from_str(cut.changes()).map_err(Error::fault)?;
    let kind = data["kind"].as_str().and_then(LinkKind::parse).ok_or_else(cannot)?;
    if data["from"].as_i64() == Some(other.0) {
        link(tx, cx, other, number, kind)
    } else {
        link(tx, cx, number, other, kind)
    }
}

/// The links of a ticket whose other end the viewer may see.
pub fn links(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Linked>> {
    let ends: Vec<(TicketNumber, LinkKind)> = r.query(
        "SELECT other, kind FROM link WHERE ticket = $1 UNION SELECT ticket, kind FROM link WHERE other = $1 ORDER BY 1",
        &args![number],
    )?;
    let mut seen = Vec::new();
    for (other, kind) in ends {
        let ticket = store::raw(r, other)?;
        if access::may_see_ticket(&cx.viewer, &ticket) {
            seen.push(Linked {
                number: other,
                subject: ticket.subject,
                status: ticket.status,
                kind,
            });
        }
    }
    Ok(seen)
}
