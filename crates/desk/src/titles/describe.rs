//! The job description of a team: what the classification says of the work, the team's own topics, and what the team
//! says of itself.

use db::{Read, Write};
use serde_json::Value;

use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TeamId};
use crate::teams::{self, Team};
use crate::words::Both;

const LONGEST: usize = 4000;

/// What a description says of one team.
#[derive(Clone, Debug)]
pub struct Description {
    pub team: Team,
    /// What the team says of its work; may be empty.
    pub words: Both,
    /// The topics that lead to it: its own duties.
    pub topics: Vec<Both>,
}

pub fn description(r: &mut Read, cx: &Context, team: TeamId) -> Result<Description> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(Description {
        team: teams::find(r, cx, team)?,
        words: store::words_of(r, team)?,
        topics: store::topics_of(r, team)?,
    })
}

/// Supervisors and administrators write it: both languages are given whole, and either may be empty.
pub fn describe(tx: &mut Write, cx: &Context, team: TeamId, words: &Both) -> Result<EventId> {
    let before = held(tx, cx, team)?;
    let after = words.tidied();
    Checks::default()
        .at_most(&after.en, LONGEST, "words_en")
        .at_most(&after.fr, LONGEST, "words_fr")
        .done()?;
    set(tx, cx, team, &before, &after)
}

/// What stands, once nobody else can change it.
pub(super) fn held(tx: &mut Write, cx: &Context, team: TeamId) -> Result<Both> {
    if !access::may_lead(&cx.viewer) {
        return Err(Error::NotFound);
    }
    tx.hold_name("titles")?;
    teams::find(tx, cx, team)?;
    store::words_of(tx, team)
}

pub(super) fn set(tx: &mut Write, cx: &Context, team: TeamId, before: &Both, after: &Both) -> Result<EventId> {
    store::set_words(tx, team, after)?;
    let difference = Value::Object(events::difference(before, after)).to_string();
    let fact = Fact::new(EventKind::TeamDescribed).about(team.0);
    events::record(tx, cx, fact.with(Some(difference)))
}
