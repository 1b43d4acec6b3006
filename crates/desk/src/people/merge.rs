//! Two records of one human become one, and apart again.
//!
//! The merged record points to the one kept; its addresses, numbers and requests move, and the event holds the list of
//! what moved, so that all of it can go back. Staff are never merged away: their work carries their name.

use db::{Packed, Sql, Write, args};
use serde::{Deserialize, Serialize};

use super::person::Person;
use super::{audit, guard, lookup, store};
use crate::access::Role;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, PhoneId, RatingId, TicketNumber};
use crate::sign_in;

/// What moved to the one kept: the data of the event.
#[derive(Debug, Serialize, Deserialize)]
struct Moved {
    verb: String,
    into: PersonId,
    addresses: Vec<String>,
    main: Option<String>,
    phones: Vec<PhoneId>,
    tickets: Vec<TicketNumber>,
    /// What he said of the help he got. Earlier merges did not name them.
    #[serde(default)]
    ratings: Vec<RatingId>,
}

/// Merges `id` into `into`.
pub fn merge(tx: &mut Write, cx: &Context, id: PersonId, into: PersonId) -> Result<EventId> {
    store::hold(tx, id.min(into))?;
    store::hold(tx, id.max(into))?;
    let gone = guard::to_change(tx, cx, id)?;
    let kept = kept_one(tx, cx, id, into)?;
    if gone.role > Role::Requester {
        return Err(Error::Conflict("conflict-merge-staff"));
    }
    guard::may_change_addresses(tx, cx, &gone)?;
    guard::may_change_addresses(tx, cx, &kept)?;
    let moved = what_moves(tx, &gone, into)?;
    move_to(tx, &moved, id, into)?;
    tx.exec(
        "UPDATE address SET main = FALSE WHERE person = $1 AND address <> $2",
        &args![
            into,
            kept.address.as_ref().or(moved.main.as_ref()).map_or("", String::as_str)
        ],
    )?;
    tx.exec(
        "UPDATE person SET merged_into = $2, updated_at = $3 WHERE id = $1",
        &args![id, into, cx.now],
    )?;
    sign_in::end_all(tx, cx.now, id)?;
    lookup::forget(tx, id)?;
    lookup::reindex(tx, into)?;
    audit(tx, cx, "merge", id, &format!("into person {into}"))?;
    let data = serde_json::to_string(&moved).map_err(Error::fault)?;
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(into.0))?;
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}

/// Takes `id` out again, with everything that was his and still stands where the merge put it.
pub fn unmerge(tx: &mut Write, cx: &Context, id: PersonId) -> Result<EventId> {
    crate::access::require(&cx.viewer, crate::access::Place::DeskWrite)?;
    let gone = store::load(tx, id)?;
    let into = gone.merged_into.ok_or(Error::Conflict("conflict-not-merged"))?;
    let kept = guard::to_change(tx, cx, into)?;
    guard::may_change_addresses(tx, cx, &kept)?;
    let moved = last_merge(tx, id)?;
    move_to(tx, &moved, into, id)?;
    tx.exec(
        "UPDATE person SET merged_into = NULL, updated_at = $2 WHERE id = $1",
        &args![id, cx.now],
    )?;
    if let Some(main) = &moved.main {
        tx.exec(
            "UPDATE address SET main = TRUE WHERE address = $1 AND person = $2",
            &args![main.as_str(), id],
        )?;
    }
    lookup::reindex(tx, id)?;
    lookup::reindex(tx, into)?;
    audit(tx, cx, "unmerge", id, &format!("from person {into}"))?;
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(into.0))?;
    let data = serde_json::json!({ "verb": "unmerged", "from": into }).to_string();
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}

fn kept_one(tx: &mut Write, cx: &Context, id: PersonId, into: PersonId) -> Result<Person> {
    if id == into {
        return Err(Error::refused("into", "refused-merge-itself"));
    }
    guard::to_change(tx, cx, into).map_err(|e| match e {
        Error::NotFound => Error::refused("into", "refused-no-such-person"),
        Error::Conflict("conflict-merged") => Error::refused("into", "refused-already-merged"),
        other => other,
    })
}

fn what_moves(tx: &mut Write, gone: &Person, into: PersonId) -> Result<Moved> {
    let addresses = store::addresses(tx, gone.id)?;
    Ok(Moved {
        verb: "merged".into(),
        into,
        main: addresses.iter().find(|a| a.main).map(|a| a.address.clone()),
        addresses: addresses.into_iter().map(|a| a.address).collect(),
        phones: store::phones(tx, gone.id)?.into_iter().map(|p| p.id).collect(),
        tickets: tx.query(
            "SELECT number FROM ticket WHERE requester = $1 ORDER BY number",
            &args![gone.id],
        )?,
        // Where both spoke of the same solving each keeps his word: one answer a person.
        ratings: tx.query(
            "SELECT a.id FROM rating a WHERE a.person = $1 AND NOT EXISTS
               (SELECT 1 FROM rating b WHERE b.ticket = a.ticket AND b.solved_at = a.solved_at AND b.person = $2)
             ORDER BY a.id",
            &args![gone.id, into],
        )?,
    })
}

/// Each list in turn; what no longer belongs to `from` stays with whom it belongs to now.
fn move_to(tx: &mut Write, moved: &Moved, from: PersonId, to: PersonId) -> Result<()> {
    // Statements hold a bounded number of values.
    for some in moved.tickets.chunks(500) {
        let mut sql = Sql::new("UPDATE ticket SET requester = ");
        sql.bind(to)
            .push(" WHERE requester = ")
            .bind(from)
            .push(" AND number IN (");
        sql.bind_list(some.iter().copied()).push(")");
        tx.exec_sql(&sql)?;
    }
    for some in moved.addresses.chunks(500) {
        let mut sql = Sql::new("UPDATE address SET person = ");
        sql.bind(to)
            .push(" WHERE person = ")
            .bind(from)
            .push(" AND address IN (");
        sql.bind_list(some.iter().cloned()).push(")");
        tx.exec_sql(&sql)?;
    }
    for some in moved.phones.chunks(500) {
        let mut sql = Sql::new("UPDATE phone SET person = ");
        sql.bind(to).push(" WHERE person = ").bind(from).push(" AND id IN (");
        sql.bind_list(some.iter().copied()).push(")");
        tx.exec_sql(&sql)?;
    }
    for some in moved.ratings.chunks(500) {
        let mut sql = Sql::new("UPDATE rating SET person = ");
        sql.bind(to).push(" WHERE person = ").bind(from).push(" AND id IN (");
        sql.bind_list(some.iter().copied()).push(")");
        tx.exec_sql(&sql)?;
    }
    Ok(())
}

fn last_merge(tx: &mut Write, id: PersonId) -> Result<Moved> {
    let told: Vec<Packed> = tx.query(
        "SELECT data FROM event WHERE kind = $1 AND subject = $2 AND data IS NOT NULL ORDER BY id DESC",
        &args![EventKind::PersonChanged, id],
    )?;
    let merged = told.iter().find(|data| data.starts_with(r#"{"verb":"merged""#));
    let data = merged.ok_or(Error::Conflict("conflict-not-merged"))?;
    serde_json::from_str(data).map_err(Error::fault)
}
