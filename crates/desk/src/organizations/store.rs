//! Reading organizations.

use db::{Read, Write, args};

use super::domain;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::OrganizationId;
use crate::people::{self, ListPeople, PageCursor, PeoplePage};

db::table! {
    #[derive(Clone, Debug)]
    pub struct Organization {
        pub id: OrganizationId,
        pub name: String,
        pub domain: Option<String>,
        pub shares_requests: bool,
        pub note: String,
        pub created_at: Time,
    }
}

/// Holds the row until this transaction ends, before it is read.
pub(super) fn hold(tx: &mut Write, id: OrganizationId) -> Result<()> {
    tx.hold_rows(
        "SELECT id FROM organization WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    Ok(())
}

pub(super) fn load(r: &mut Read, id: OrganizationId) -> Result<Organization> {
    Ok(r.one(
        "SELECT id, name, domain, shares_requests, note, created_at FROM organization WHERE id = $1",
        &args![id],
    )?)
}

pub fn find(r: &mut Read, cx: &Context, id: OrganizationId) -> Result<Organization> {
    access::require(&cx.viewer, Place::Desk)?;
    load(r, id)
}

/// By name; at most 1,000, which a page can still show.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Organization>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.query(
        "SELECT id, name, domain, shares_requests, note, created_at FROM organization ORDER BY name, id LIMIT 1000",
        &args![],
    )?)
}

pub fn people_of(r: &mut Read, cx: &Context, id: OrganizationId, after: Option<PageCursor>) -> Result<PeoplePage> {
    people::list(
        r,
        cx,
        &ListPeople {
            organization: Some(id),
            after,
            ..ListPeople::default()
        },
    )
}

/// Whose domain it is. Without a policy: intake asks.
pub fn by_domain(r: &mut Read, domain: &str) -> Result<Option<OrganizationId>> {
    if domain::is_public(domain) {
        return Ok(None);
    }
    Ok(r.maybe("SELECT id FROM organization WHERE domain = $1", &args![domain])?)
}
