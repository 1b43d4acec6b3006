//! A technician adds a person: somebody on the telephone, at the counter, or a new colleague.

use db::{Read, Write, args};
use serde::Deserialize;

use super::address::Address;
use super::phone::is_number;
use super::role::change_role;
use super::store::{self, NewRow};
use super::{audit, lookup};
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{OrganizationId, PersonId};
use crate::organizations;
use crate::words::Lang;

pub(super) const MOST_NAME: usize = 200;
pub(super) const MOST_NOTE: usize = 10_000;
pub(super) const MOST_PHONES: usize = 20;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub name: String,
    /// May be empty for a requester who has none; never for staff.
    #[serde(default)]
    pub address: String,
    #[serde(default = "requester")]
    pub role: Role,
    pub language: Option<Lang>,
    /// Left out: found by the domain of the address.
    pub organization: Option<OrganizationId>,
    #[serde(default)]
    pub job: String,
    #[serde(default)]
    pub site: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub phones: Vec<String>,
}

fn requester() -> Role {
    Role::Requester
}

impl Default for NewPerson {
    fn default() -> NewPerson {
        NewPerson::new("", "", Role::Requester)
    }
}

impl NewPerson {
    pub fn new(name: &str, address: &str, role: Role) -> NewPerson {
        NewPerson {
            name: name.to_string(),
            address: address.to_string(),
            role,
            language: None,
            organization: None,
            job: String::new(),
            site: String::new(),
            note: String::new(),
            phones: Vec::new(),
        }
    }
}

pub fn add(tx: &mut Write, cx: &Context, new: &NewPerson) -> Result<PersonId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let address = check(tx, cx, new)?;
    let organization = match (new.organization, &address) {
        (Some(id), _) => Some(id),
        (None, Some(address)) => organizations::by_domain(tx, address.domain())?,
        (None, None) => None,
    };
    let row = NewRow {
        name: new.name.trim(),
        role: new.role,
        language: new.language.unwrap_or(cx.house.language),
        organization,
        job: new.job.trim(),
        site: new.site.trim(),
        note: new.note.trim(),
    };
    let person = store::insert(tx, &row, cx.now)?;
    if let Some(address) = &address
        && !store::insert_address(tx, address, person, true)?
    {
        return Err(Error::refused("address", "refused-address-taken"));
    }
    store::replace_phones(tx, person, &new.phones)?;
    lookup::index_new(tx, person)?;
    if new.role > Role::Requester {
        audit(tx, cx, "role", person, new.role.as_str())?;
    }
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(person.0))?;
    Ok(person)
}

/// Adds him, or gives whoever has this address the role, keeping the rest of his record: for the command line.
pub fn add_or_promote(tx: &mut Write, cx: &Context, new: &NewPerson) -> Result<PersonId> {
    access::require(&cx.viewer, Place::Admin)?;
    let known = match Address::parse(&new.address) {
        Some(address) => store::owner(tx, &address)?,
        None => None,
    };
    let Some(person) = known else { return add(tx, cx, new) };
    if store::load(tx, person)?.role != new.role {
        change_role(tx, cx, person, new.role)?;
    }
    Ok(person)
}

fn check(tx: &mut Write, cx: &Context, new: &NewPerson) -> Result<Option<Address>> {
    let mut checks = Checks::default();
    let may_grant = new.role == Role::Requester || access::require(&cx.viewer, Place::Admin).is_ok();
    checks.check(may_grant, "role", "refused-needs-admin");
    check_texts(&mut checks, &new.name, &new.job, &new.site, &new.note);
    check_phones(&mut checks, &new.phones);
    check_organization(tx, &mut checks, new.organization)?;
    let empty = new.address.trim().is_empty();
    checks.check(!empty || new.role == Role::Requester, "address", "refused-empty");
    let address = Address::parse(&new.address);
    checks.check(empty || address.is_some(), "address", "refused-address");
    if let Some(address) = &address {
        checks.check(store::owner(tx, address)?.is_none(), "address", "refused-address-taken");
    }
    checks.done()?;
    Ok(address)
}

pub(super) fn check_texts(checks: &mut Checks, name: &str, job: &str, site: &str, note: &str) {
    checks
        .text(name, MOST_NAME, "name")
        .check(!name.chars().any(char::is_control), "name", "refused-characters");
    checks
        .at_most(job, MOST_NAME, "job")
        .at_most(site, MOST_NAME, "site")
        .at_most(note, MOST_NOTE, "note");
    // U+0000 cannot be kept by either engine.
    let whole = |text: &str| !text.contains('\0');
    checks
        .check(whole(job), "job", "refused-characters")
        .check(whole(site), "site", "refused-characters");
    checks.check(whole(note), "note", "refused-characters");
}

pub(super) fn check_phones(checks: &mut Checks, phones: &[String]) {
    let good = phones.len() <= MOST_PHONES && phones.iter().all(|p| is_number(p));
    checks.check(good, "phones", "refused-phone");
}

pub(super) fn check_organization(r: &mut Read, checks: &mut Checks, id: Option<OrganizationId>) -> Result<()> {
    if let Some(id) = id {
        let found: Option<OrganizationId> = r.maybe("SELECT id FROM organization WHERE id = $1", &args![id])?;
        checks.check(found.is_some(), "organization", "refused-no-such-organization");
    }
    Ok(())
}
