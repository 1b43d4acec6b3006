//! What is done with a problem in one press, and taken back in one.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::{Error, EventId, GroupId, ProblemNumber, TicketNumber, problems};

use super::show::{Back, render};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

type All = Form<BTreeMap<String, String>>;

fn number_in(fields: &BTreeMap<String, String>, name: &str) -> Option<i64> {
    fields.get(name)?.trim().parse().ok()
}

/// On to the page with an Undo, or the same page again with why not.
async fn answer(
    (state, staff, nonce): (State, Staff, Nonce),
    number: ProblemNumber,
    typed: String,
    done: desk::Result<EventId>,
) -> Outcome {
    let (refusals, conflict) = match done {
        Ok(event) => return Ok(Redirect::to(&format!("/problems/{number}?done={event}")).into_response()),
        Err(Error::Refused(refusals)) => (refusals, None),
        Err(Error::Conflict(key)) => (Vec::new(), Some(key)),
        Err(other) => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let back = Back {
        typed,
        refusals,
        conflict,
    };
    render(&state, &staff, nonce, number, None, back).await
}

pub(crate) async fn state(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): All,
) -> Outcome {
    let number = ProblemNumber(number);
    let (cx, what) = (staff.cx.clone(), fields.get("do").cloned().unwrap_or_default());
    let done = state.desk().write(move |tx| {
        let changed = match what.as_str() {
            "known" => problems::become_known(tx, &cx, number),
            "fix" => problems::find_fix(tx, &cx, number),
            "close" => problems::close(tx, &cx, number),
            "reopen" => problems::reopen(tx, &cx, number),
            _ => Err(Error::NotFound),
        };
        Ok(changed?.event)
    });
    let done = done.await;
    answer((state, staff, nonce), number, String::new(), done).await
}

/// Ticket numbers as they are typed or pasted: whatever is between them.
fn tickets_in(typed: &str) -> Vec<TicketNumber> {
    let words = typed.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok().map(TicketNumber)).collect()
}

pub(crate) async fn link(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): All,
) -> Outcome {
    let number = ProblemNumber(number);
    let typed = fields.get("tickets").cloned().unwrap_or_default();
    let (cx, tickets) = (staff.cx.clone(), tickets_in(&typed));
    let linked = state.desk().write(move |tx| {
        let events = problems::link(tx, &cx, number, &tickets)?;
        events.last().copied().ok_or(Error::NotFound)
    });
    let linked = linked.await;
    answer((state, staff, nonce), number, typed, linked).await
}

pub(crate) async fn unlink(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): All,
) -> Outcome {
    let (cx, ticket) = (staff.cx.clone(), number_in(&fields, "ticket").map(TicketNumber));
    let number = ProblemNumber(number);
    let cut = state.desk().write(move |tx| {
        let ticket = ticket.ok_or(Error::NotFound)?;
        problems::find(tx, &cx, number)?;
        problems::unlink(tx, &cx, ticket)
    });
    let cut = cut.await;
    answer((state, staff, nonce), number, String::new(), cut).await
}

pub(crate) async fn undo(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): All,
) -> Outcome {
    let number = ProblemNumber(number);
    let (cx, event) = (staff.cx.clone(), number_in(&fields, "event").map(EventId));
    let undone = state.desk().write(move |tx| {
        let event = problems::own_event(tx, &cx, number, event.ok_or(Error::NotFound)?)?;
        problems::undo(tx, &cx, event.id)
    });
    match undone.await {
        Ok(_) => Ok(Redirect::to(&format!("/problems/{number}")).into_response()),
        Err(e) => answer((state, staff, nonce), number, String::new(), Err(e)).await,
    }
}

pub(crate) async fn dismiss(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| problems::dismiss_group(tx, &cx, GroupId(id)))
        .await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/problems?dismissed={id}")).into_response())
}

pub(crate) async fn offer(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| problems::offer_group_again(tx, &cx, GroupId(id)))
        .await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to("/problems").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticket_numbers_are_read_however_they_are_pasted() {
        let numbers = |typed: &str| tickets_in(typed).iter().map(|n| n.0).collect::<Vec<_>>();
        assert_eq!(numbers("#1001, 1002;1003\r\n1004"), [1001, 1002, 1003, 1004]);
        assert!(numbers("none 99999999999999999999").is_empty());
    }
}
