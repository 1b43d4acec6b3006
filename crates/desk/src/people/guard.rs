//! Who may change whose record. Changing an address is changing who can sign in, so it has a rule of its own.

use db::{Sql, Write};

use super::person::Person;
use super::store;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::PersonId;

/// The person, for somebody who may change his record: staff change requesters and themselves, administrators all.
pub(super) fn to_change(tx: &mut Write, cx: &Context, id: PersonId) -> Result<Person> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    let person = store::load(tx, id)?;
    if person.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let own = person.id == cx.viewer.person;
    if person.role > Role::Requester && !own && access::require(&cx.viewer, Place::Admin).is_err() {
        return Err(Error::Conflict("conflict-needs-admin"));
    }
    Ok(person)
}

/// An address opens the door of its owner: whoever could give a person an address of his own choice could sign in as
/// him. So a technician may not do it to staff, nor to a requester whose requests he is kept out of.
pub(super) fn may_change_addresses(tx: &mut Write, cx: &Context, person: &Person) -> Result<()> {
    if access::require(&cx.viewer, Place::Admin).is_ok() {
        return Ok(());
    }
    if person.role > Role::Requester || has_closed_requests(tx, cx, person.id)? {
        return Err(Error::refused("addresses", "refused-needs-admin"));
    }
    Ok(())
}

fn has_closed_requests(tx: &mut Write, cx: &Context, person: PersonId) -> Result<bool> {
    let mut sql = Sql::new("SELECT number FROM ticket WHERE requester = ");
    sql.bind(person)
        .push(" AND team IN (")
        .bind_list(cx.viewer.closed_teams.iter().copied())
        .push(") LIMIT 1");
    Ok(tx.maybe_sql::<i64>(&sql)?.is_some())
}
