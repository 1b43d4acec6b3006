//! People: one record for one human, with his addresses and telephone numbers. Requesters, technicians, supervisors and
//! administrators are all people; the role says what a person may do.
//!
//! Never here: passwords and sessions (see `sign_in`), and what a policy decides (see `access`).

mod add;
mod address;
mod edit;
mod find;
mod guard;
mod keys;
mod level;
mod list;
mod lookup;
mod merge;
mod person;
mod phone;
mod preferences;
mod recognise;
mod role;
mod store;
mod suspend;
mod tickets_of;

pub use add::{NewPerson, add, add_or_promote};
pub use address::Address;
pub use edit::{EditPerson, edit};
pub use find::{addresses_of, by_address, find_visible, merged_into, phones_of, technicians, technicians_named};
pub use keys::{KEYS, Keys, set_keys};
pub(crate) use level::level_now;
pub use level::{Level, level_of, may_set_level, set_level, undo_level, works_alone_to};
pub use list::{ListPeople, PageCursor, PeoplePage, list};
pub use lookup::search;
pub(crate) use lookup::{Kind, begins, index_words, words_of};
pub use merge::{merge, unmerge};
pub use person::{AddressRow, Person, PhoneRow, Technician};
pub use phone::digits_of;
pub use preferences::{Preferences, Theme, letter_when_named, set_preferences};
pub use recognise::recognise;
pub use role::change_role;
pub use store::root;
pub use suspend::{suspend, unsuspend};
pub use tickets_of::{RecentTicket, recent_tickets};

use db::Write;

use crate::access::{self, Via};
use crate::context::Context;
use crate::error::Result;
use crate::ids::PersonId;

/// A line of the audit log about a person.
pub(crate) fn audit(tx: &mut Write, cx: &Context, action: &'static str, person: PersonId, data: &str) -> Result<()> {
    // The desk's own hand (command line, jobs) is nobody's.
    let actor = (cx.viewer.via != Via::Desk).then_some(cx.viewer.person);
    access::audit(tx, cx.now, actor, action, &format!("person {person}"), data)
}
