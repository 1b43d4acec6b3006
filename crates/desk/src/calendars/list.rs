//! The calendars, for administrators.

use db::Read;

use super::calendar::Calendar;
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::CalendarId;
use crate::words::{Lang, fold};

/// The house calendar first, then by name in that language.
pub fn list(r: &mut Read, cx: &Context, lang: Lang, with_retired: bool) -> Result<Vec<Calendar>> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut all = store::all(r)?;
    all.retain(|calendar| with_retired || !calendar.retired);
    all.sort_by_key(|calendar| (!calendar.house, fold(calendar.name.of(lang))));
    Ok(all)
}

pub fn find(r: &mut Read, cx: &Context, id: CalendarId) -> Result<Calendar> {
    access::require(&cx.viewer, Place::Admin)?;
    store::load(r, id)
}
