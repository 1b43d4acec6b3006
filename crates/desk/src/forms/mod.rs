//! Forms: the fields a topic's tickets have besides those of every ticket. A topic's form is its parent's fields and
//! then its own; a field may be shown by what an earlier one has. Requesters are asked only what they may see.
//!
//! Fields and their lists are never deleted while something hangs on them: they are retired, and come back with Undo.

mod add;
mod change;
mod check;
mod field;
mod form;
mod list;
mod missing;
mod number;
mod retire;
mod store;
mod value;

pub use add::add;
pub use change::{change, step};
pub(crate) use check::room_under;
pub use field::{Choice, Field, Kind, NewField, NewOption, Required, Shown};
pub use form::{Audience, Form};
pub(crate) use list::answers_of;
pub use list::{choosable, counts, find, form_of, ids_of, keys_of, named_fields, old_values, values_of, whole_form_of};
pub use missing::{REFUSED, named, refusal, refuse_empty};
pub(crate) use missing::{fits, refuse_missing};
pub use number::{amount_of, amount_typed, amount_words};
pub use retire::{restore, retire};
pub(crate) use store::put;
pub use value::{Answers, Given, Value};

use db::Write;

use crate::access::{self, Via};
use crate::context::Context;
use crate::error::Result;
use crate::ids::FieldId;

/// As many as a form may have, its parent's included.
pub const MOST_FIELDS: usize = 60;
/// As many as a list may have, those that are retired included.
pub const MOST_OPTIONS: usize = 200;
/// Characters of an answer.
pub const MOST_WORDS: usize = 10_000;

/// A line of the audit log about a field.
fn audit(tx: &mut Write, cx: &Context, action: &'static str, id: FieldId, key: &str) -> Result<()> {
    let actor = (cx.viewer.via != Via::Desk).then_some(cx.viewer.person);
    access::audit(tx, cx.now, actor, action, &format!("field {id}"), key)
}
