//! Services: what the desk supports and people rely on, such as mail or the VPN. Each has a name and words in both
//! languages, somebody who answers for it, and documents. How it is doing is said nowhere: it follows from outages and
//! from changes that are under way.
//!
//! What is no longer supported is retired, so that it can come back.

mod add;
mod edit;
mod list;
mod retire;
mod service;
mod standing;
mod store;
mod undo;

pub use add::add;
pub use edit::edit;
pub(crate) use list::known;
pub use list::{Line, find, list};
pub use retire::{restore, retire};
pub use service::{Document, NewService, Service};
pub use standing::ServiceState;
pub(crate) use standing::state_of;
pub(crate) use store::{about, shown, topics_of};
pub use undo::undo;

use db::Write;
use serde_json::Value;

use crate::access;
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::EventId;

/// The line of the log, and of the audit log, about a service that is new or has changed.
fn changed(
    tx: &mut Write,
    cx: &Context,
    action: &'static str,
    before: Option<&Service>,
    after: &Service,
) -> Result<EventId> {
    let subject = format!("service {}", after.id);
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, &after.name.en)?;
    let difference = before.map(|before| Value::Object(events::difference(before, after)).to_string());
    events::record(
        tx,
        cx,
        Fact::new(EventKind::ServiceChanged).about(after.id.0).with(difference),
    )
}
