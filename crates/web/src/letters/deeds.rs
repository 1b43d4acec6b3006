//! What a technician does with letters: lets one in, on its ticket, on another or as a new one; leaves some be; has one
//! read again.

use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::mailboxes::ledger::{self, Release};
use desk::{Error, LetterId, TicketNumber};
use serde::Deserialize;

use super::show;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

/// More than one page shows.
const MOST: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    how: String,
    #[serde(default)]
    ticket: String,
}

impl Fields {
    fn release(&self) -> desk::Result<Release> {
        match self.how.as_str() {
            "ticket" => Ok(Release::OnItsTicket),
            "on" => {
                let digits = self.ticket.trim().trim_start_matches('#');
                let number = digits.parse().ok().filter(|n| *n > 0);
                let number = number.ok_or(Error::refused("ticket", "refused-no-such-ticket"))?;
                Ok(Release::On(TicketNumber(number)))
            }
            _ => Ok(Release::AsNewTicket),
        }
    }
}

pub async fn release(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let cx = staff.cx.clone();
    let typed = fields.ticket.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::release(tx, &cx, LetterId(id), fields.release()?))
        .await;
    match done {
        Err(Error::Refused(refusals)) => show::page(&state, &staff, nonce, id, Some((typed, refusals))).await,
        done => back(&staff, id, done),
    }
}

pub async fn dismiss(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::dismiss(tx, &cx, LetterId(id)))
        .await;
    back(&staff, id, done)
}

/// Those that were ticked in the list. One that somebody let in meanwhile stays where it is.
pub async fn dismiss_all(
    Extract(state): Extract<State>,
    staff: Staff,
    Form(ticked): Form<Vec<(String, String)>>,
) -> Outcome {
    let cx = staff.cx.clone();
    let named = ticked.iter().filter(|(name, _)| name == "letter");
    let ids: Vec<i64> = named.filter_map(|(_, id)| id.parse().ok()).take(MOST).collect();
    let done = state.desk().write(move |tx| {
        for id in ids {
            match tx.attempt(|tx| ledger::dismiss(tx, &cx, LetterId(id))) {
                Ok(()) | Err(Error::Conflict(_) | Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    });
    done.await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to("/letters").into_response())
}

pub async fn read_again(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| ledger::read_again(tx, &cx, LetterId(id)))
        .await;
    back(&staff, id, done)
}

fn back(staff: &Staff, id: i64, done: desk::Result<()>) -> Outcome {
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/letters/{id}")).into_response())
}
