//! Organizations: whom people belong to. A mail domain brings newcomers to theirs; an organization may let its people
//! read each other's requests. A public mail domain is never anybody's.

mod domain;
mod store;

pub use domain::is_public;
pub use store::{Organization, by_domain, find, list, people_of};

use db::{Write, args};
use serde::Deserialize;

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, OrganizationId};
use crate::people::{Kind, index_words, words_of};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrganization {
    pub name: String,
    pub domain: Option<String>,
    #[serde(default)]
    pub shares_requests: bool,
    #[serde(default)]
    pub note: String,
}

/// Fields left out stay as they are; `Some(None)` empties the domain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditOrganization {
    pub name: Option<String>,
    #[serde(default)]
    pub domain: Option<Option<String>>,
    pub shares_requests: Option<bool>,
    pub note: Option<String>,
}

pub fn add(tx: &mut Write, cx: &Context, new: &NewOrganization) -> Result<OrganizationId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    may_share(cx, new.shares_requests, false)?;
    let domain = check(tx, None, &new.name, new.domain.as_deref(), &new.note)?;
    let id: OrganizationId = tx.one(
        "INSERT INTO organization (name, domain, shares_requests, note, created_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
        &args![new.name.trim(), domain, new.shares_requests, new.note.trim(), cx.now],
    )?;
    done(tx, cx, id, &new.name)?;
    Ok(id)
}

pub fn edit(tx: &mut Write, cx: &Context, id: OrganizationId, edit: &EditOrganization) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    store::hold(tx, id)?;
    let old = store::load(tx, id)?;
    let name = edit.name.clone().unwrap_or(old.name);
    let note = edit.note.clone().unwrap_or(old.note);
    let shares = edit.shares_requests.unwrap_or(old.shares_requests);
    may_share(cx, shares, old.shares_requests)?;
    let domain = edit.domain.clone().unwrap_or(old.domain);
    let domain = check(tx, Some(id), &name, domain.as_deref(), &note)?;
    tx.exec(
        "UPDATE organization SET name = $2, domain = $3, shares_requests = $4, note = $5 WHERE id = $1",
        &args![id, name.trim(), domain, shares, note.trim()],
    )?;
    if shares != old.shares_requests {
        let words = if shares { "on" } else { "off" };
        access::audit(
            tx,
            cx.now,
            Some(cx.viewer.person),
            "share-requests",
            &format!("organization {id}"),
            words,
        )?;
    }
    done(tx, cx, id, &name)
}

/// Letting people read each other's requests opens private teams' requests to them too: for administrators to decide.
fn may_share(cx: &Context, shares: bool, before: bool) -> Result<()> {
    if shares == before || access::require(&cx.viewer, Place::Admin).is_ok() {
        return Ok(());
    }
    Err(Error::refused("shares_requests", "refused-needs-admin"))
}

fn check(
    tx: &mut Write,
    own: Option<OrganizationId>,
    name: &str,
    domain: Option<&str>,
    note: &str,
) -> Result<Option<String>> {
    let mut checks = Checks::default();
    checks
        .text(name, 200, "name")
        .check(!name.chars().any(char::is_control), "name", "refused-characters");
    checks
        .at_most(note, 10_000, "note")
        .check(!note.contains('\0'), "note", "refused-characters");
    let given = domain.map(str::trim).filter(|d| !d.is_empty());
    let domain = given.and_then(domain::normal);
    checks.check(given.is_none() || domain.is_some(), "domain", "refused-domain");
    if let Some(domain) = &domain {
        checks.check(!is_public(domain), "domain", "refused-public-domain");
        let owner: Option<OrganizationId> =
            tx.maybe("SELECT id FROM organization WHERE domain = $1", &args![domain.as_str()])?;
        checks.check(owner.is_none() || owner == own, "domain", "refused-domain-taken");
    }
    checks.done()?;
    Ok(domain)
}

fn done(tx: &mut Write, cx: &Context, id: OrganizationId, name: &str) -> Result<EventId> {
    index_words(tx, Kind::Organization, id.0, &words_of(name))?;
    events::record(tx, cx, Fact::new(EventKind::OrganizationChanged).about(id.0))
}
