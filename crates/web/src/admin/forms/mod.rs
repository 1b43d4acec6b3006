//! `/admin/forms`: the fields each topic's tickets have, in both languages side by side, and how they will look.

mod edit;
mod list;
mod show;
mod typed;

pub(super) use edit::{add, blank, change, field};
pub(super) use list::list;
pub(super) use show::{down, restore, retire, show, up};

/// The entry of the navigation.
const LIST: &str = "/admin/forms";
