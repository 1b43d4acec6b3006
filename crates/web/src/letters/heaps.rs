//! What the brake holds, a heap for each sender and mailbox: let in or set aside all at once.

use axum::extract::{Form, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::mailboxes::ledger::{self, Done, Flooded, Heap};
use desk::mailboxes::{LetterState, Mailbox};
use desk::{Context, Error, MailboxId, Read, Write};
use serde::Deserialize;

use super::list;
use super::place::{At, Place};
use crate::http::{Nonce, Outcome, Staff};
use crate::state::State;

/// One heap as it stands above the list.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) sender: String,
    /// The number of its mailbox and its address.
    pub(super) mailbox: Option<(MailboxId, String)>,
    pub(super) letters: i64,
}

impl Shown {
    /// Where an administrator lets its sender open very many tickets.
    pub(super) fn exempting(&self) -> Option<String> {
        let (id, _) = self.mailbox.as_ref()?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("sender", &self.sender)
            .finish();
        Some(format!("/admin/channels/{id}?{query}#brake"))
    }
}

/// The heaps of this list, where it is the one of what waits for somebody's word, from its top and without words.
pub(super) fn of(r: &mut Read, cx: &Context, place: &Place, boxes: &[Mailbox]) -> desk::Result<Vec<Shown>> {
    if place.state() != Some(LetterState::Held) || place.paged() || !place.q.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = place.mailbox();
    let heaps = ledger::held_by_flood(r, cx)?.into_iter();
    let heaps = heaps.filter(|heap| wanted.is_none() || heap.mailbox == wanted);
    Ok(heaps.filter_map(|heap| shown(heap, boxes)).collect())
}

fn shown(heap: Heap, boxes: &[Mailbox]) -> Option<Shown> {
    let mailbox = heap.mailbox.and_then(|id| boxes.iter().find(|one| one.id == id));
    Some(Shown {
        sender: heap.sender?,
        mailbox: mailbox.map(|one| (one.id, one.address.clone())),
        letters: heap.letters,
    })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    sender: String,
    mailbox: Option<i64>,
}

impl Fields {
    /// Without a sender it would be whatever is held.
    fn which(self) -> desk::Result<Flooded> {
        if self.sender.is_empty() {
            return Err(Error::Conflict("conflict-heap-gone"));
        }
        Ok(Flooded {
            mailbox: self.mailbox.map(MailboxId),
            sender: Some(self.sender),
        })
    }
}

type Deed = fn(&mut Write, &Context, &Flooded) -> desk::Result<Done>;

pub(super) async fn release(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    At(place): At,
    Form(fields): Form<Fields>,
) -> Outcome {
    all(&state, &staff, nonce, place, fields, ledger::release_held_by_flood).await
}

pub(super) async fn dismiss(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    At(place): At,
    Form(fields): Form<Fields>,
) -> Outcome {
    all(&state, &staff, nonce, place, fields, ledger::dismiss_held_by_flood).await
}

/// Back to the list, where the rest of a very high heap still stands.
async fn all(state: &State, staff: &Staff, nonce: Nonce, place: Place, fields: Fields, deed: Deed) -> Outcome {
    let cx = staff.cx.clone();
    let done = state.desk().write(move |tx| deed(tx, &cx, &fields.which()?)).await;
    let done = done.and_then(|done| match done.event {
        Some(event) => Ok((event, done.left)),
        None => Err(Error::Conflict("conflict-heap-gone")),
    });
    match done {
        Ok((event, left)) => {
            let there = place.path("/letters", &format!("done={event}&left={left}"));
            Ok(Redirect::to(&there).into_response())
        }
        Err(error) => list::or_say(state, staff, nonce, place, error).await,
    }
}
