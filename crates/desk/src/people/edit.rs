//! Changing a person's record: name, organization, job, place, note, addresses and telephone numbers.

use db::{Write, args};
use serde::Deserialize;
use serde_json::json;

use super::address::Address;
use super::person::Person;
use super::{add, audit, guard, lookup, store};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, OrganizationId, PersonId};
use crate::sign_in;
use crate::words::Lang;

const MOST_ADDRESSES: usize = 20;

/// Fields left out stay as they are; `Some(None)` empties one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditPerson {
    pub name: Option<String>,
    pub language: Option<Lang>,
    #[serde(default)]
    pub organization: Option<Option<OrganizationId>>,
    pub job: Option<String>,
    pub site: Option<String>,
    pub note: Option<String>,
    /// All of them, the main one first.
    pub addresses: Option<Vec<String>>,
    pub phones: Option<Vec<String>>,
}

pub fn edit(tx: &mut Write, cx: &Context, id: PersonId, edit: &EditPerson) -> Result<EventId> {
    let person = guard::to_change(tx, cx, id)?;
    let addresses = check(tx, &person, edit)?;
    if let Some(addresses) = &addresses {
        put_addresses(tx, cx, &person, addresses)?;
    }
    let (name, job) = (
        edit.name.as_ref().unwrap_or(&person.name),
        edit.job.as_ref().unwrap_or(&person.job),
    );
    let (site, note) = (
        edit.site.as_ref().unwrap_or(&person.site),
        edit.note.as_ref().unwrap_or(&person.note),
    );
    let language = edit.language.unwrap_or(person.language);
    let organization = edit.organization.unwrap_or(person.organization);
    tx.exec(
        "UPDATE person SET name = $2, language = $3, organization = $4, job = $5, site = $6, note = $7, updated_at = $8
         WHERE id = $1",
        &args![
            id,
            name.trim(),
            language,
            organization,
            job.trim(),
            site.trim(),
            note.trim(),
            cx.now
        ],
    )?;
    if let Some(phones) = &edit.phones {
        store::replace_phones(tx, id, phones)?;
    }
    lookup::reindex(tx, id)?;
    let data = json!({ "verb": "edited" }).to_string();
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}

/// Checks all fields; gives the addresses as they will be kept.
fn check(tx: &mut Write, person: &Person, edit: &EditPerson) -> Result<Option<Vec<Address>>> {
    let mut checks = Checks::default();
    let or = |new: &Option<String>, old: &str| new.clone().unwrap_or_else(|| old.to_string());
    let (name, job) = (or(&edit.name, &person.name), or(&edit.job, &person.job));
    add::check_texts(
        &mut checks,
        &name,
        &job,
        &or(&edit.site, &person.site),
        &or(&edit.note, &person.note),
    );
    add::check_phones(&mut checks, edit.phones.as_deref().unwrap_or_default());
    add::check_organization(tx, &mut checks, edit.organization.flatten())?;
    let mut kept = None;
    if let Some(given) = &edit.addresses {
        let parsed: Option<Vec<Address>> = given.iter().map(|a| Address::parse(a)).collect();
        checks.check(
            parsed.is_some() && given.len() <= MOST_ADDRESSES,
            "addresses",
            "refused-address",
        );
        let staff = person.role > crate::access::Role::Requester;
        checks.check(!given.is_empty() || !staff, "addresses", "refused-empty");
        for address in parsed.iter().flatten() {
            let owner = store::owner(tx, address)?;
            checks.check(
                owner.is_none_or(|o| o == person.id),
                "addresses",
                "refused-address-taken",
            );
        }
        kept = parsed;
    }
    checks.done()?;
    Ok(kept)
}

/// Whoever reads the letters of an address that was taken away is not this person any more: what was sent there opens
/// nothing, and what waits to go there stays.
fn take_back(tx: &mut Write, cx: &Context, person: PersonId, address: &str) -> Result<()> {
    // Whoever changes his own record is signed in and stays so.
    if cx.viewer.person != person {
        sign_in::end_all(tx, cx.now, person)?;
    }
    sign_in::end_ticket_links(tx, cx.now, person)?;
    tx.exec(
        "UPDATE outgoing SET state = 'withdrawn' WHERE person = $1 AND recipient = $2 AND state = 'waiting' AND attempts = 0",
        &args![person, address],
    )?;
    Ok(())
}

fn put_addresses(tx: &mut Write, cx: &Context, person: &Person, wanted: &[Address]) -> Result<()> {
    let before = store::addresses(tx, person.id)?;
    let main_before = before.first().map(|a| a.address.as_str());
    let same_main = main_before == wanted.first().map(Address::as_str);
    let same = before.len() == wanted.len() && before.iter().all(|a| wanted.iter().any(|w| w.as_str() == a.address));
    if same && same_main {
        return Ok(());
    }
    guard::may_change_addresses(tx, cx, person)?;
    for gone in before
        .iter()
        .filter(|a| !wanted.iter().any(|w| w.as_str() == a.address))
    {
        tx.exec("DELETE FROM address WHERE address = $1", &args![gone.address.as_str()])?;
        take_back(tx, cx, person.id, &gone.address)?;
    }
    tx.exec("UPDATE address SET main = FALSE WHERE person = $1", &args![person.id])?;
    for (at, address) in wanted.iter().enumerate() {
        let known = before.iter().any(|a| a.address == address.as_str());
        // A second mention in the list finds its row already there.
        let added = !known && store::insert_address(tx, address, person.id, at == 0)?;
        if !added && store::owner(tx, address)? != Some(person.id) {
            return Err(Error::refused("addresses", "refused-address-taken"));
        }
        if at == 0 {
            tx.exec(
                "UPDATE address SET main = TRUE WHERE address = $1",
                &args![address.as_str()],
            )?;
        }
    }
    let was: Vec<&str> = before.iter().map(|a| a.address.as_str()).collect();
    let is: Vec<&str> = wanted.iter().map(Address::as_str).collect();
    audit(
        tx,
        cx,
        "addresses",
        person.id,
        &json!({ "was": was, "is": is }).to_string(),
    )
}
