//! `/admin/calendars`: the hours people work by, with the public holidays of a province and days of their own.

mod days;
mod deeds;
mod list;
mod show;

pub(super) use days::{add as add_day, remove as remove_day};
pub(super) use deeds::{add, edit, restore, retire, undo};
pub(super) use list::list;
pub(super) use show::{blank, show};

use desk::words::Lang;

use crate::words::text;

/// The name of a set of public holidays, or of having none.
fn set_name(lang: Lang, code: Option<&str>) -> String {
    text(lang, &format!("calendar-set-{}", code.unwrap_or("none")), &[])
}
