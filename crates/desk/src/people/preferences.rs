//! What a person sets for himself: his language, the look of the pages, single-key shortcuts, his time zone.

use db::{Read, Write, args};
use serde::Deserialize;

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::EventId;
use crate::words::Lang;

db::text_enum! {
    pub enum Theme { System => "system", Light => "light", Dark => "dark" }
}

/// Fields left out stay as they are; `Some(None)` goes back to the desk's zone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    pub language: Option<Lang>,
    pub theme: Option<Theme>,
    pub single_keys: Option<bool>,
    #[serde(default)]
    pub zone: Option<Option<String>>,
    /// A letter when somebody names one on a ticket and one has not looked.
    #[serde(default)]
    pub letter_when_named: Option<bool>,
}

/// The viewer's own, nobody else's.
pub fn set_preferences(tx: &mut Write, cx: &Context, wanted: &Preferences) -> Result<EventId> {
    access::require(&cx.viewer, Place::SignedIn)?;
    let zone_known = match &wanted.zone {
        Some(Some(zone)) => jiff::tz::TimeZone::get(zone).is_ok(),
        _ => true,
    };
    Checks::default().check(zone_known, "zone", "refused-zone").done()?;
    let me = cx.viewer.person;
    tx.exec(
        "UPDATE person SET language = COALESCE($2, language), theme = COALESCE($3, theme),
           single_keys = COALESCE($4, single_keys), letter_when_named = COALESCE($5, letter_when_named),
           updated_at = $6 WHERE id = $1",
        &args![
            me,
            wanted.language,
            wanted.theme,
            wanted.single_keys,
            wanted.letter_when_named,
            cx.now
        ],
    )?;
    if let Some(zone) = &wanted.zone {
        tx.exec("UPDATE person SET zone = $2 WHERE id = $1", &args![me, zone.as_deref()])?;
    }
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(me.0))
}

/// Whether a letter tells the viewer that he was named.
pub fn letter_when_named(r: &mut Read, cx: &Context) -> Result<bool> {
    access::require(&cx.viewer, Place::Own)?;
    Ok(r.one(
        "SELECT letter_when_named FROM person WHERE id = $1",
        &args![cx.viewer.person],
    )?)
}
