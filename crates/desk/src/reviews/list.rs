//! What waits, the oldest first: what the viewer may read of it, and whose turn each is. The count of the side bar is
//! taken from the same lines.

use std::collections::BTreeMap;

use db::{Read, Sql};

use super::hand_in::can_review;
use super::review::State;
use super::rule::What;
use super::show::is_advanced;
use crate::access::{self, Action, Place, ReviewFacts, TicketFacts};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PersonId, ReviewId, TeamId, TicketNumber};
use crate::tickets;

/// Nobody reads further; what is older is seen first.
const MOST: i64 = 300;

db::table! {
    struct Row {
        id: ReviewId,
        what: What,
        state: State,
        ticket: TicketNumber,
        author: PersonId,
        author_name: String,
        reviewer: Option<PersonId>,
        reviewer_name: Option<String>,
        falls_at: Time,
        handed_at: Time,
        subject: String,
        team: Option<TeamId>,
        requester: PersonId,
        organization: Option<OrganizationId>,
        merged_into: Option<TicketNumber>,
    }
}

impl TicketFacts for Row {
    fn number(&self) -> TicketNumber {
        self.ticket
    }
    fn requester(&self) -> PersonId {
        self.requester
    }
    fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }
    fn team(&self) -> Option<TeamId> {
        self.team
    }
}

#[derive(Clone, Debug)]
pub struct Line {
    pub id: ReviewId,
    pub what: What,
    pub state: State,
    pub ticket: TicketNumber,
    pub subject: String,
    pub author: PersonId,
    pub author_name: String,
    /// The name of the one whose turn it is alone.
    pub named: Option<String>,
    pub handed_at: Time,
    /// The viewer may say yes or no.
    pub decides: bool,
}

/// What waits, and what came back to the viewer himself.
pub fn lines(r: &mut Read, cx: &Context) -> Result<Vec<Line>> {
    access::require(&cx.viewer, Place::Desk)?;
    let rows: Vec<Row> = r.query_sql(&question(cx.viewer.person))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let advanced = is_advanced(r, cx)?;
    let mut here: BTreeMap<(PersonId, Option<TeamId>), bool> = BTreeMap::new();
    let mut lines = Vec::new();
    for row in rows {
        if let Some(row) = where_it_is(r, cx, row)? {
            let named = row.reviewer.filter(|_| cx.now < row.falls_at);
            let named = match named.map(|named| (named, row.team)) {
                Some(key) => {
                    let known = here.get(&key).copied();
                    let can = known.map_or_else(|| can_review(r, key.0, &row), Ok)?;
                    here.insert(key, can);
                    named.filter(|_| can)
                }
                None => None,
            };
            lines.extend(line(cx, row, named, advanced));
        }
    }
    Ok(lines)
}

fn question(me: PersonId) -> Sql {
    let mut sql = Sql::new(
        "SELECT v.id, v.what, v.state, v.ticket, v.author, p.name AS author_name, v.reviewer, n.name AS reviewer_name,
           v.falls_at, v.handed_at, t.subject, t.team, t.requester, t.organization, t.merged_into
         FROM review v JOIN ticket t ON t.number = v.ticket JOIN person p ON p.id = v.author
           LEFT JOIN person n ON n.id = v.reviewer
         WHERE v.id IN (SELECT id FROM review WHERE state = 'waiting'
           UNION ALL SELECT id FROM review WHERE state = 'returned' AND author = ",
    );
    sql.bind(me).push(") ORDER BY v.handed_at, v.id LIMIT ").bind(MOST);
    sql
}

/// On the ticket kept, where it was merged; nothing, where the viewer may not work on either.
fn where_it_is(r: &mut Read, cx: &Context, row: Row) -> Result<Option<Row>> {
    if !access::may(&cx.viewer, Action::Inside, &row) {
        return Ok(None);
    }
    if row.merged_into.is_none() {
        return Ok(Some(row));
    }
    let root = tickets::root(r, row.ticket)?;
    match tickets::find_inside(r, cx, root) {
        Ok(kept) => Ok(Some(Row {
            ticket: kept.number,
            subject: kept.subject,
            team: kept.team,
            requester: kept.requester,
            organization: kept.organization,
            ..row
        })),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

fn line(cx: &Context, row: Row, named: Option<PersonId>, advanced: bool) -> Option<Line> {
    let reads = ReviewFacts {
        author: row.author,
        named: row.reviewer,
        team: row.team,
    };
    if !access::may_see_review(&cx.viewer, advanced, &reads) {
        return None;
    }
    let facts = ReviewFacts { named, ..reads };
    let waits = row.state == State::Waiting;
    Some(Line {
        decides: waits && access::may_decide_review(&cx.viewer, advanced, &facts),
        named: row.reviewer_name.filter(|_| named.is_some()),
        id: row.id,
        what: row.what,
        state: row.state,
        ticket: row.ticket,
        subject: row.subject,
        author: row.author,
        author_name: row.author_name,
        handed_at: row.handed_at,
    })
}

/// How many wait for the viewer's hand: to be read, or to be changed after they came back.
pub fn mine_count(r: &mut Read, cx: &Context) -> Result<i64> {
    let mine = |line: &&Line| line.decides || line.state == State::Returned;
    let count = lines(r, cx)?.iter().filter(mine).count();
    i64::try_from(count).map_err(Error::fault)
}
