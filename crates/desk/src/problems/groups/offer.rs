//! The groups as they are offered, and what becomes of one: a problem, or nothing.

use std::collections::BTreeSet;

use db::{Read, Sql, Write};

use super::cluster::{Recent, is_group};
use super::store::{self, GroupState, OfferedRow};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, GroupId, PersonId, TeamId, TicketNumber};
use crate::problems::change::Changed;
use crate::problems::open::open;
use crate::problems::problem::NewProblem;

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct GroupTicket {
        pub number: TicketNumber,
        pub subject: String,
        pub team: Option<TeamId>,
        pub requester: PersonId,
        pub requester_name: String,
        pub created_at: Time,
    }
}

/// Similar recent tickets, perhaps of one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    /// What most of them have in common.
    pub words: Vec<String>,
    /// When an hour began in which suddenly many came: perhaps an outage.
    pub burst_at: Option<Time>,
    pub first_at: Time,
    pub last_at: Time,
    pub tickets: Vec<GroupTicket>,
    /// Different people who asked.
    pub requesters: usize,
}

/// Those that came suddenly first, then the latest. What a problem or an outage explains already is left out. A group that holds a ticket which is not there for the viewer is not
/// there either: its words would tell of it.
pub fn groups(r: &mut Read, cx: &Context) -> Result<Vec<Group>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut groups = Vec::new();
    for row in store::offered(r, None)? {
        groups.extend(seen(r, cx, &row)?);
    }
    groups.sort_by_key(|group: &Group| (group.burst_at.is_none(), std::cmp::Reverse(group.last_at)));
    Ok(groups)
}

fn seen(r: &mut Read, cx: &Context, row: &OfferedRow) -> Result<Option<Group>> {
    let mut sql = Sql::new(
        "SELECT t.number, t.subject, t.team, t.requester, p.name AS requester_name, t.created_at
         FROM ticket_group_member m JOIN ticket t ON t.number = m.ticket JOIN person p ON p.id = t.requester
         WHERE t.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM problem_ticket l WHERE l.ticket = t.number)
           AND NOT EXISTS (SELECT 1 FROM outage_ticket x JOIN outage o ON o.number = x.outage
             WHERE x.ticket = t.number AND NOT o.removed)
           AND m.ticket_group = ",
    );
    sql.bind(row.id).push(" ORDER BY t.number");
    let tickets: Vec<GroupTicket> = r.query_sql(&sql)?;
    let closed = |team: Option<TeamId>| team.is_some_and(|team| cx.viewer.closed_teams.contains(&team));
    let members: Vec<Recent> = tickets
        .iter()
        .map(|one| Recent {
            ticket: one.number,
            requester: one.requester,
            at: one.created_at,
        })
        .collect();
    if tickets.iter().any(|one| closed(one.team)) || !is_group(&members) {
        return Ok(None);
    }
    Ok(Some(Group {
        id: row.id,
        words: row.words.lines().map(str::to_string).collect(),
        burst_at: row.burst_at,
        first_at: row.first_at,
        last_at: row.last_at,
        requesters: members.iter().map(|one| one.requester).collect::<BTreeSet<_>>().len(),
        tickets,
    }))
}

fn find(r: &mut Read, cx: &Context, id: GroupId) -> Result<Group> {
    let row = store::offered(r, Some(id))?.pop().ok_or(Error::NotFound)?;
    seen(r, cx, &row)?.ok_or(Error::NotFound)
}

impl Group {
    /// Its tickets as the form of an outage takes them: between commas.
    pub fn numbers(&self) -> String {
        let numbers: Vec<String> = self.tickets.iter().map(|one| one.number.to_string()).collect();
        numbers.join(",")
    }
}

/// It is none: not offered again, however it grows.
pub fn dismiss_group(tx: &mut Write, cx: &Context, id: GroupId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    find(tx, cx, id)?;
    if !store::turn(tx, id, GroupState::Offered, GroupState::Dismissed)? {
        return Err(Error::NotFound);
    }
    events::record(tx, cx, Fact::new(EventKind::GroupDismissed).about(id.0))
}

/// Undoes a dismissal.
pub fn offer_group_again(tx: &mut Write, cx: &Context, id: GroupId) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if !store::turn(tx, id, GroupState::Dismissed, GroupState::Offered)? {
        store::state_of(tx, id)?;
        return Err(Error::Conflict("conflict-cannot-undo"));
    }
    events::record(tx, cx, Fact::new(EventKind::GroupOffered).about(id.0))
}

/// It is one: a problem is opened with all of its tickets, and the group is no more.
pub fn open_group(tx: &mut Write, cx: &Context, id: GroupId, new: &NewProblem) -> Result<Changed> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let group = find(tx, cx, id)?;
    let tickets: Vec<TicketNumber> = group.tickets.iter().map(|one| one.number).collect();
    let opened = open(tx, cx, new, &tickets)?;
    store::remove(tx, id)?;
    Ok(opened)
}
