//! Canned replies: words kept for the next time, in English and in French, for everybody or for one team. They are
//! found by a short word while somebody writes, and filled with what the ticket knows. Nothing is sent from here.
//!
//! What is out of use is retired, so that it can come back.

mod add;
mod change;
mod check;
mod fill;
mod list;
mod offer;
mod reply;
mod retire;

pub use add::add;
pub use change::change;
pub use fill::{Values, Variable, fill, unknown};
pub use list::{Line, find, list};
pub use offer::{Offer, offer};
pub use reply::{CannedReply, NewCanned};
pub use retire::{restore, retire};

use db::Write;

use crate::access::{self, Via};
use crate::context::Context;
use crate::error::Result;
use crate::ids::CannedId;

/// A line of the audit log about a canned reply.
fn audit(tx: &mut Write, cx: &Context, action: &'static str, id: CannedId, word: &str) -> Result<()> {
    let actor = (cx.viewer.via != Via::Desk).then_some(cx.viewer.person);
    access::audit(tx, cx.now, actor, action, &format!("canned reply {id}"), word)
}
