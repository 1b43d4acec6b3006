//! The last requests of a person, for the panel beside a ticket. The viewer's closed teams are left out, as everywhere.

use db::{Read, Sql};

use crate::access::{self, Place, Via};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::tickets::Status;

db::table! {
    #[derive(Clone, Debug)]
    pub struct RecentTicket { pub number: TicketNumber, pub subject: String, pub status: Status, pub created_at: Time }
}

/// Newest first; at most 100.
pub fn recent_tickets(r: &mut Read, cx: &Context, person: PersonId, limit: i64) -> Result<Vec<RecentTicket>> {
    access::require(&cx.viewer, Place::SignedIn)?;
    let reads = !matches!(cx.viewer.via, Via::Token(scopes) if !scopes.read);
    let own = person == cx.viewer.person && reads;
    if !own && access::require(&cx.viewer, Place::Desk).is_err() {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new("SELECT number, subject, status, created_at FROM ticket WHERE merged_into IS NULL");
    sql.push(" AND requester = ").bind(person);
    if !own && !cx.viewer.closed_teams.is_empty() {
        sql.push(" AND (team IS NULL OR team NOT IN (")
            .bind_list(cx.viewer.closed_teams.iter().copied())
            .push("))");
    }
    sql.push(" ORDER BY number DESC LIMIT ").bind(limit.clamp(1, 100));
    Ok(r.query_sql(&sql)?)
}
