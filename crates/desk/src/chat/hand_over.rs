//! To a colleague, or back into the queue, where the visitor keeps his place.

use db::Write;

use super::record::ChatState;
use super::share::has_room;
use super::store;
use crate::access::{self, Action, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{PersonId, TicketNumber};
use crate::sign_in::load_viewer;
use crate::tickets::{self, Changed};

pub fn hand_over(tx: &mut Write, cx: &Context, number: TicketNumber, to: Option<PersonId>) -> Result<Changed> {
    let ticket = tickets::may_work(tx, cx, number)?;
    if let Some(colleague) = to {
        let viewer = load_viewer(tx, colleague, Via::Session).ok();
        if !viewer.is_some_and(|v| v.is_staff() && access::may(&v, Action::Work, &ticket)) {
            return Err(Error::refused("to", "refused-not-a-technician"));
        }
    }
    let chat = store::held(tx, number)?;
    chat.must_be_open()?;
    if let Some(colleague) = to
        && !has_room(tx, colleague, number, cx.now)?
    {
        return Err(Error::refused("to", "refused-chat-share"));
    }
    let state = if to.is_some() {
        ChatState::Taken
    } else {
        ChatState::Waiting
    };
    store::move_to(tx, &chat, state, to, cx.now)?;
    tickets::given_to(tx, cx, number, EventKind::ChatHandedOver, to)
}
