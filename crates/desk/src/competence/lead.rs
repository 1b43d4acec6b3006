//! What a lead says of somebody: a level for an area and why. Each word stays; the newest counts.

use db::{Read, Write, args};

use super::area::{Area, Level};
use super::who;
use crate::access;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};

/// Characters of why.
const MOST_WHY: usize = 1_000;

db::table! {
    #[derive(Clone, Debug)]
    pub struct Said {
        pub area: Area,
        pub level: Level,
        pub why: String,
        pub name: String,
        pub at: Time,
    }
}

/// Only of those one leads, never of oneself, and never without a reason.
pub fn assess(tx: &mut Write, cx: &Context, person: PersonId, area: Area, level: Level, why: &str) -> Result<EventId> {
    let member = who::assessed(tx, cx, person)?;
    let why = why.trim();
    Checks::default().text(why, MOST_WHY, "why").done()?;
    tx.exec(
        "INSERT INTO lead_level (person, area, level, why, said_by, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![member.id, area, level, why, cx.viewer.person, cx.now],
    )?;
    // The level itself is between the two of them: the audit log says who spoke, and of which area.
    let subject = format!("person {person}");
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "competence-assessed",
        &subject,
        area.as_str(),
    )?;
    events::record(tx, cx, Fact::new(EventKind::LeadAssessed).about(person.0))
}

/// Everything said of a person, the newest first.
pub fn said_of(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Said>> {
    who::seen(r, cx, person)?;
    Ok(r.query(
        "SELECT l.area, l.level, l.why, p.name, l.at FROM lead_level l JOIN person p ON p.id = l.said_by
         WHERE l.person = $1 ORDER BY l.id DESC LIMIT 300",
        &args![person],
    )?)
}

/// The lead's latest word on administration and support, past the policy: rules of the desk ask for it.
pub fn support_level(r: &mut Read, person: PersonId) -> Result<Option<Level>> {
    Ok(r.maybe(
        "SELECT level FROM lead_level WHERE person = $1 AND area = $2 ORDER BY id DESC LIMIT 1",
        &args![person, Area::Support],
    )?)
}
