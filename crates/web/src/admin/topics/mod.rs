//! `/admin/topics`: the tree of topics, the team each leads to, and what is out of use.

mod edit;
mod list;

pub(super) use edit::{add, blank, edit, restore, retire, show};
pub(super) use list::list;
