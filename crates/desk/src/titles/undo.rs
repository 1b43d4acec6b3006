//! Taking back a title that was given or taken away, and what was written of a team, unless somebody has changed it since.

use db::Write;
use serde_json::{Map, Value};

use super::give::Titled;
use super::{describe, give};
use crate::access;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind};
use crate::ids::{EventId, PersonId, TeamId};

/// Whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    Person(PersonId),
    Team(TeamId),
}

pub fn undo(tx: &mut Write, cx: &Context, event: EventId) -> Result<Undone> {
    if !access::may_lead(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let event = events::find(tx, event)?;
    let subject = event.subject.ok_or(Error::NotFound)?;
    match event.kind {
        EventKind::PersonTitled => {
            let person = PersonId(subject);
            title_back(tx, cx, person, event.changes())?;
            Ok(Undone::Person(person))
        }
        EventKind::TeamDescribed => {
            let team = TeamId(subject);
            let changes: Map<String, Value> = serde_json::from_str(event.changes()).map_err(Error::fault)?;
            let now = describe::held(tx, cx, team)?;
            let back = events::put_back(&now, &changes)?;
            describe::set(tx, cx, team, &now, &back)?;
            Ok(Undone::Team(team))
        }
        // Of something else, which this is no way to.
        _ => Err(Error::NotFound),
    }
}

fn title_back(tx: &mut Write, cx: &Context, person: PersonId, changes: &str) -> Result<()> {
    let data: Value = serde_json::from_str(changes).map_err(Error::fault)?;
    let read = |place: usize| -> Result<Option<Titled>> {
        serde_json::from_value(data["title"][place].clone()).map_err(Error::fault)
    };
    let (was, is) = (read(0)?, read(1)?);
    let now = give::held(tx, cx, person)?;
    if now != is {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    give::set(tx, cx, person, now.as_ref(), was.as_ref()).map(drop)
}
