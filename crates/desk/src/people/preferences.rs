//! What a person sets for himself: his language, the look of the pages, single-key shortcuts, his time zone.

use db::{Write, args};
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
           single_keys = COALESCE($4, single_keys), updated_at = $5 WHERE id = $1",
        &args![me, wanted.language, wanted.theme, wanted.single_keys, cx.now],
    )?;
    if let Some(zone) = &wanted.zone {
        tx.exec("UPDATE person SET zone = $2 WHERE id = $1", &args![me, zone.as_deref()])?;
    }
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(me.0))
}
