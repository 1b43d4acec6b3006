//! `/admin/channels`: the addresses the desk answers for, what came in by each, and the doors mail comes and goes by.

mod edit;
mod list;

pub(super) use edit::{add, blank, edit, show};
pub(super) use list::list;
