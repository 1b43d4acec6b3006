//! `/en/requests/{number}`: one request of the person who is signed in, or of a colleague where the organization lets
//! its people read each other's. Anything else is not there.

use axum::extract::{Form, Multipart, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::tickets;
use desk::{Error, TicketNumber};

use super::door::{Back, Deed, Door, as_requester};
use super::rate::Said;
use super::visitor::Member;
use crate::http::form::{self, Sender};
use crate::http::{Oops, Outcome};
use crate::state::State;

pub(super) async fn show(Extract(state): Extract<State>, member: Member, Path(number): Path<String>) -> Outcome {
    let door = open(&state, &member, &number).await?;
    let (cx, number) = (door.cx.clone(), door.number);
    let root = state.desk().read(move |r| tickets::merged_root(r, &cx, number)).await;
    let root = root.map_err(|e| member.visitor.oops(e))?;
    if root != number {
        return Ok(member.visitor.to(&format!("/requests/{root}")).into_response());
    }
    door.page(&state, StatusCode::OK, Back::default()).await
}

/// A technician's look at other people's tickets belongs on the desk, so here only his own are found.
async fn open(state: &State, member: &Member, number: &str) -> Result<Door, Oops> {
    let number = number.parse().map(TicketNumber).map_err(|_| member.visitor.nothing())?;
    let cx = member.cx.clone();
    let ticket = state.desk().read(move |r| tickets::find_visible(r, &cx, number)).await;
    let ticket = ticket.map_err(|e| member.visitor.oops(e))?;
    let own = ticket.requester == member.seen.viewer.person;
    let staff = member.seen.viewer.is_staff();
    if staff && !own {
        return Err(member.visitor.oops(Error::NotFound));
    }
    // A requester's own rights are right for his own requests: they also lead to where a merged one went.
    let cx = if staff {
        as_requester(&member.cx, number)
    } else {
        member.cx.clone()
    };
    let place = format!("/requests/{number}");
    Ok(Door {
        visitor: member.visitor.clone(),
        cx,
        number,
        own,
        place,
        keyed: false,
    })
}

pub(super) async fn answer(
    Extract(state): Extract<State>,
    member: Member,
    Path(number): Path<String>,
    form: Multipart,
) -> Outcome {
    tell(&state, &member, &number, Some(form), None).await
}

pub(super) async fn works(
    Extract(state): Extract<State>,
    member: Member,
    Path(number): Path<String>,
    form: Option<Multipart>,
) -> Outcome {
    tell(&state, &member, &number, form, Some(Deed::Works)).await
}

pub(super) async fn reopen(
    Extract(state): Extract<State>,
    member: Member,
    Path(number): Path<String>,
    form: Option<Multipart>,
) -> Outcome {
    tell(&state, &member, &number, form, Some(Deed::Reopen)).await
}

pub(super) async fn rate(
    Extract(state): Extract<State>,
    member: Member,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Outcome {
    let door = open(&state, &member, &number).await?;
    door.may_act().map_err(|e| member.visitor.oops(e))?;
    door.rate(&state, said).await
}

/// Whoever may only read is refused before his form is read.
async fn tell(state: &State, member: &Member, number: &str, form: Option<Multipart>, deed: Option<Deed>) -> Outcome {
    let door = open(state, member, number).await?;
    door.may_act().map_err(|e| member.visitor.oops(e))?;
    let sent = form::read_any(state, Sender::Portal, form).await;
    door.tell(state, sent.map_err(|e| member.visitor.oops(e))?, deed).await
}
