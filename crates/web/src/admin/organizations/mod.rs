//! `/admin/organizations`: whom people belong to, whose mail domain brings them there, and whether colleagues see each
//! other's requests.

mod edit;
mod list;

pub(super) use edit::{add, blank, edit, show};
pub(super) use list::list;
