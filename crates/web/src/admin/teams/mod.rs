//! `/admin/teams`: the teams, who belongs to them and who leads; a new one, and one taken away.

mod edit;
mod list;
mod members;

pub(super) use edit::{add, blank, edit, remove, show};
pub(super) use list::list;
pub(super) use members::{join, lead, leave};
