//! Certifications: what somebody else vouches for, and until when. Each keeps his own; whoever leads him reads them.

use db::{Read, Write, args};

use super::{remind, who};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{CertificationId, EventId, PersonId};

/// Of one person.
const MOST: i64 = 100;

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Certification {
        pub id: CertificationId,
        pub person: PersonId,
        pub name: String,
        pub issuer: String,
        pub number: String,
        /// Midnight in UTC, as is the day it ends.
        pub obtained_at: Option<Time>,
        pub expires_at: Option<Time>,
        pub removed: bool,
    }
}

#[derive(Clone, Debug, Default)]
pub struct NewCertification {
    pub name: String,
    pub issuer: String,
    pub number: String,
    pub obtained_at: Option<Time>,
    pub expires_at: Option<Time>,
}

impl NewCertification {
    fn checked(&self) -> Result<()> {
        let ordered = match (self.obtained_at, self.expires_at) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        let mut checks = Checks::default();
        checks
            .text(&self.name, 200, "name")
            .at_most(&self.issuer, 200, "issuer")
            .at_most(&self.number, 100, "number")
            .check(ordered, "expires", "refused-ends-before");
        for (text, field) in [(&self.name, "name"), (&self.issuer, "issuer"), (&self.number, "number")] {
            checks.check(!text.chars().any(char::is_control), field, "refused-characters");
        }
        checks.done()
    }
}

pub(super) fn load(r: &mut Read, id: CertificationId) -> Result<Certification> {
    Ok(r.one(
        "SELECT id, person, name, issuer, number, obtained_at, expires_at, removed FROM certification WHERE id = $1",
        &args![id],
    )?)
}

/// One's own, or as if it were not there.
fn own(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<Certification> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    tx.hold_rows(
        "SELECT id FROM certification WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    let one = load(tx, id)?;
    if one.person == cx.viewer.person {
        Ok(one)
    } else {
        Err(Error::NotFound)
    }
}

pub fn add_certification(tx: &mut Write, cx: &Context, new: &NewCertification) -> Result<CertificationId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    new.checked()?;
    let person = cx.viewer.person;
    let count: i64 = tx.one(
        "SELECT count(*) FROM certification WHERE person = $1 AND NOT removed",
        &args![person],
    )?;
    if count >= MOST {
        return Err(Error::refused_at("name", "refused-too-many-certifications", MOST));
    }
    let id = CertificationId(tx.insert(
        "INSERT INTO certification (person, name, issuer, number, obtained_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        &args![
            person,
            new.name.trim(),
            new.issuer.trim(),
            new.number.trim(),
            new.obtained_at,
            new.expires_at
        ],
    )?);
    remind::plan(tx, cx, id)?;
    changed(tx, cx, id)?;
    Ok(id)
}

/// Given whole: a renewal is a new day of expiry.
pub fn edit_certification(
    tx: &mut Write,
    cx: &Context,
    id: CertificationId,
    new: &NewCertification,
) -> Result<EventId> {
    own(tx, cx, id)?;
    new.checked()?;
    tx.exec(
        "UPDATE certification SET name = $2, issuer = $3, number = $4, obtained_at = $5, expires_at = $6 WHERE id = $1",
        &args![
            id,
            new.name.trim(),
            new.issuer.trim(),
            new.number.trim(),
            new.obtained_at,
            new.expires_at
        ],
    )?;
    remind::plan(tx, cx, id)?;
    changed(tx, cx, id)
}

pub fn remove_certification(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<EventId> {
    set_removed(tx, cx, id, true)
}

pub fn restore_certification(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<EventId> {
    set_removed(tx, cx, id, false)
}

fn set_removed(tx: &mut Write, cx: &Context, id: CertificationId, removed: bool) -> Result<EventId> {
    own(tx, cx, id)?;
    tx.exec(
        "UPDATE certification SET removed = $2 WHERE id = $1",
        &args![id, removed],
    )?;
    changed(tx, cx, id)
}

fn changed(tx: &mut Write, cx: &Context, id: CertificationId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::CertificationChanged).about(id.0))
}

/// Those that end soonest first, those without an end last.
pub fn certifications(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Certification>> {
    who::seen(r, cx, person)?;
    let mut all: Vec<Certification> = r.query(
        "SELECT id, person, name, issuer, number, obtained_at, expires_at, removed FROM certification
         WHERE person = $1 AND NOT removed ORDER BY id",
        &args![person],
    )?;
    all.sort_by_key(|one| one.expires_at.unwrap_or(Time::NEVER));
    Ok(all)
}
