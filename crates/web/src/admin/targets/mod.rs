//! `/admin/targets`: the policies of what is promised to whom, in their order, each with when a ticket that comes now
//! would be due, and before a change is saved, which open tickets it moves.

mod edit;
mod list;
mod order;
mod typed;

pub(super) use edit::{add, blank, edit, show};
pub(super) use list::list;
pub(super) use order::{down, restore, retire, up};

/// The entry of the navigation.
const LIST: &str = "/admin/targets";
