//! What a technician does with letters: lets one in, on its ticket, on another or as a new one; leaves some be; moves one
//! to another ticket; has one read again; and takes such a deed back.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::mailboxes::ledger::{self, Release};
use desk::{Error, EventId, LetterId, TicketNumber};
use serde::Deserialize;

use super::list;
use super::place::{At, Place};
use super::show::{self, Tried};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

/// More than one page shows.
const MOST: usize = 200;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    how: String,
    ticket: String,
}

impl Fields {
    fn release(&self) -> desk::Result<Release> {
        match self.how.as_str() {
            "ticket" => Ok(Release::OnItsTicket),
            "on" => Ok(Release::On(self.number()?)),
            _ => Ok(Release::AsNewTicket),
        }
    }

    fn number(&self) -> desk::Result<TicketNumber> {
        let digits = self.ticket.trim().trim_start_matches('#').trim();
        let number = digits.parse().ok().filter(|n| *n > 0);
        number
            .map(TicketNumber)
            .ok_or(Error::refused("ticket", "refused-no-such-ticket"))
    }
}

pub(super) async fn release(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    At(place): At,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, typed) = (staff.cx.clone(), fields.ticket.clone());
    let done = state
        .desk()
        .write(move |tx| ledger::release(tx, &cx, LetterId(id), fields.release()?))
        .await;
    show::on(&state, &staff, nonce, (id, place), typed, done).await
}

pub(super) async fn move_letter(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    At(place): At,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, typed) = (staff.cx.clone(), fields.ticket.clone());
    let done = state
        .desk()
        .write(move |tx| ledger::move_letter(tx, &cx, LetterId(id), fields.number()?))
        .await;
    show::on(&state, &staff, nonce, (id, place), typed, done).await
}

/// It needs nothing more: on with the list it stood in.
pub(super) async fn dismiss(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    At(place): At,
) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::dismiss(tx, &cx, LetterId(id)))
        .await;
    match done {
        Ok(event) => Ok(back_to_list(&place, &format!("done={event}"))),
        refused => show::on(&state, &staff, nonce, (id, place), String::new(), refused).await,
    }
}

/// Those that were ticked in the list.
pub(super) async fn dismiss_all(
    Extract(state): Extract<State>,
    staff: Staff,
    At(place): At,
    Form(ticked): Form<Vec<(String, String)>>,
) -> Outcome {
    let cx = staff.cx.clone();
    let named = ticked.iter().filter(|(name, _)| name == "letter");
    let ids = named.filter_map(|(_, id)| id.parse().ok()).take(MOST);
    let ids: Vec<LetterId> = ids.map(LetterId).collect();
    let done = state.desk().write(move |tx| ledger::dismiss_all(tx, &cx, &ids)).await;
    let event = done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let told = event.map(|event| format!("done={event}")).unwrap_or_default();
    Ok(back_to_list(&place, &told))
}

/// Back to where the toast stood: the page of the letter, or the list.
pub(super) async fn undo(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    At(place): At,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Outcome {
    let number = |name: &str| fields.get(name).and_then(|n| n.parse::<i64>().ok());
    let (cx, event, letter) = (staff.cx.clone(), number("event").map(EventId), number("letter"));
    let undone = state.desk().write(move |tx| {
        let event = event.ok_or(Error::NotFound)?;
        ledger::undo(tx, &cx, event)
    });
    let undone = undone.await.map_err(|error| match error {
        Error::NotFound => Error::Conflict("conflict-cannot-undo"),
        other => other,
    });
    match (undone, letter) {
        (Ok(_), Some(letter)) => Ok(Redirect::to(&place.letter(&LetterId(letter))).into_response()),
        (Ok(count), None) => Ok(back_to_list(&place, &format!("back={count}"))),
        (Err(error), Some(id)) => show::on(&state, &staff, nonce, (id, place), String::new(), Err(error)).await,
        (Err(error), None) => list::or_say(&state, &staff, nonce, place, error).await,
    }
}

pub(super) async fn read_again(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    At(place): At,
) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::read_again(tx, &cx, LetterId(id)))
        .await;
    match done {
        Ok(()) => Ok(Redirect::to(&reading(&state, &staff, &place, id).await).into_response()),
        Err(error) => show::page(&state, &staff, nonce, (id, place), Tried::refused(String::new(), error)).await,
    }
}

/// A letter that is being read is not there for whoever is kept out of a team: he goes on with the list.
async fn reading(state: &State, staff: &Staff, place: &Place, id: i64) -> String {
    let cx = staff.cx.clone();
    match state.desk().read(move |r| ledger::find(r, &cx, LetterId(id))).await {
        Ok(_) => place.letter(&LetterId(id)),
        Err(_) => place.list(),
    }
}

fn back_to_list(place: &Place, told: &str) -> axum::response::Response {
    Redirect::to(&place.path("/letters", told)).into_response()
}
