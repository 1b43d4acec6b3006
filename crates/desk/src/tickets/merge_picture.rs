//! What a merge would do, before it is done.

use db::{Read, args};

use super::merge;
use super::show::{self, NamedPerson};
use super::ticket::Ticket;
use crate::access::{self, Action};
use crate::context::Context;
use crate::drafts;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;

/// One of the two tickets, with what hangs on it.
#[derive(Clone, Debug)]
pub struct MergeSide {
    pub ticket: Ticket,
    pub requester: NamedPerson,
    pub assignee: Option<NamedPerson>,
    pub messages: i64,
    pub files: i64,
    pub watchers: i64,
    pub steps: i64,
    /// What the viewer himself is writing there.
    pub drafts: i64,
}

#[derive(Clone, Debug)]
pub struct MergePicture {
    /// Goes away, into the other.
    pub goes: MergeSide,
    /// Its number remains.
    pub stays: MergeSide,
}

/// Refuses what the merge would refuse, with the same words.
pub fn merge_picture(r: &mut Read, cx: &Context, number: TicketNumber, into: TicketNumber) -> Result<MergePicture> {
    let goes = show::find_visible(r, cx, number)?;
    if !access::may(&cx.viewer, Action::Work, &goes) {
        return Err(Error::NotFound);
    }
    if goes.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let stays = merge::may_keep(r, cx, number, into)?;
    Ok(MergePicture {
        goes: side(r, cx, goes)?,
        stays: side(r, cx, stays)?,
    })
}

fn side(r: &mut Read, cx: &Context, ticket: Ticket) -> Result<MergeSide> {
    let person = "SELECT id, name FROM person WHERE id = $1";
    let numbers = show::seen_with_merged(r, cx, ticket.number)?;
    let (mut messages, mut files, mut watchers, mut steps) = (0, 0, 0, 0);
    for number in numbers {
        let of = args![number];
        messages += r.one::<i64>(
            "SELECT count(*) FROM message WHERE ticket = $1 AND state <> 'withdrawn'",
            &of,
        )?;
        files += r.one::<i64>("SELECT count(*) FROM file WHERE ticket = $1", &of)?;
        watchers += r.one::<i64>("SELECT count(*) FROM watcher WHERE ticket = $1", &of)?;
        steps += r.one::<i64>("SELECT count(*) FROM step WHERE ticket = $1 AND gone_at IS NULL", &of)?;
    }
    let drafts = drafts::of_ticket(r, cx, ticket.number)?.len();
    Ok(MergeSide {
        requester: r.one(person, &args![ticket.requester])?,
        assignee: ticket.assignee.map(|id| r.one(person, &args![id])).transpose()?,
        messages,
        files,
        watchers,
        steps,
        drafts: i64::try_from(drafts).unwrap_or(i64::MAX),
        ticket,
    })
}
