//! Reading people, past the rule of who sees whom: staff see all people, a requester only himself.

use db::{Read, args};

use super::address::Address;
use super::lookup::{begins, words_of};
use super::person::{AddressRow, Person, PhoneRow, Technician};
use super::store;
use crate::access::{self, Place, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::PersonId;

/// A merged person is shown with `merged_into` set, so that a page can lead to the one kept.
pub fn find_visible(r: &mut Read, cx: &Context, id: PersonId) -> Result<Person> {
    visible(cx, id)?;
    let mut person = store::load(r, id)?;
    if !cx.viewer.is_staff() {
        person.note.clear();
    }
    Ok(person)
}

pub fn addresses_of(r: &mut Read, cx: &Context, id: PersonId) -> Result<Vec<AddressRow>> {
    visible(cx, id)?;
    store::addresses(r, id)
}

pub fn phones_of(r: &mut Read, cx: &Context, id: PersonId) -> Result<Vec<PhoneRow>> {
    visible(cx, id)?;
    store::phones(r, id)
}

fn visible(cx: &Context, id: PersonId) -> Result<()> {
    if access::require(&cx.viewer, Place::Desk).is_ok() {
        return Ok(());
    }
    access::require(&cx.viewer, Place::SignedIn)?;
    let reads = !matches!(cx.viewer.via, Via::Token(scopes) if !scopes.read);
    if id == cx.viewer.person && reads {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// The records that were merged into this one, and can be taken out again.
pub fn merged_into(r: &mut Read, cx: &Context, id: PersonId) -> Result<Vec<Person>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.query(
        store::select_people!("WHERE p.merged_into = $1 ORDER BY p.id LIMIT 100"),
        &args![id],
    )?)
}

/// The person of an address, merges followed; without a policy, for intake, the command line and sign-in.
pub fn by_address(r: &mut Read, address: &str) -> Result<Option<PersonId>> {
    match Address::parse(address) {
        Some(address) => store::owner(r, &address),
        None => Ok(None),
    }
}

/// Everybody a ticket can be given to, by name.
pub fn technicians(r: &mut Read) -> Result<Vec<Technician>> {
    Ok(r.query(
        "SELECT id, name, role FROM person
         WHERE role IN ('technician', 'supervisor', 'admin') AND NOT suspended AND merged_into IS NULL
         ORDER BY name, id",
        &args![],
    )?)
}

/// Those of them whose name has a word that begins so, at most `most`; all when nothing was typed.
pub fn technicians_named(r: &mut Read, cx: &Context, beginning: &str, most: usize) -> Result<Vec<Technician>> {
    access::require(&cx.viewer, Place::Desk)?;
    let terms = words_of(beginning);
    let mut found = technicians(r)?;
    found.retain(|one| begins(&words_of(&one.name), &terms));
    found.truncate(most);
    Ok(found)
}
