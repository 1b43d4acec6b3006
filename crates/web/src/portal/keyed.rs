//! `/en/k/{secret}`: the link in a letter opens that one request, to read, answer, say that it works, reopen, and to
//! download its files. It opens nothing else, and nobody is signed in by it.

use axum::extract::{Multipart, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::sign_in;

use super::door::{Back, Deed, Door};
use super::secret::{gone, untold};
use super::visitor::Visitor;
use crate::http::form::{self, Sender};
use crate::http::{Oops, Outcome};
use crate::state::State;
use crate::tickets::download;

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    untold(look(&state, visitor, secret).await)
}

async fn look(state: &State, visitor: Visitor, secret: String) -> Outcome {
    match open(state, &visitor, &secret).await? {
        Some(door) => door.page(state, StatusCode::OK, Back::default()).await,
        None => lost(state, &visitor, &secret),
    }
}

async fn open(state: &State, visitor: &Visitor, secret: &str) -> Result<Option<Door>, Oops> {
    let (asked, now) = (secret.to_string(), state.desk().now());
    let found = state
        .desk()
        .read(move |r| sign_in::viewer_of_ticket_link(r, &asked, now))
        .await;
    let Some((viewer, number)) = found.map_err(|e| visitor.oops(e))? else {
        return Ok(None);
    };
    let cx = state.desk().context(viewer, None);
    let place = format!("/k/{secret}");
    Ok(Some(Door {
        visitor: visitor.clone(),
        cx,
        number,
        own: true,
        place,
        keyed: true,
    }))
}

fn lost(state: &State, visitor: &Visitor, secret: &str) -> Outcome {
    gone(visitor, state, &format!("/k/{secret}"))
}

pub(super) async fn answer(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(secret): Path<String>,
    form: Multipart,
) -> Response {
    tell(&state, visitor, &secret, Some(form), None).await
}

pub(super) async fn works(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(secret): Path<String>,
    form: Option<Multipart>,
) -> Response {
    tell(&state, visitor, &secret, form, Some(Deed::Works)).await
}

pub(super) async fn reopen(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(secret): Path<String>,
    form: Option<Multipart>,
) -> Response {
    tell(&state, visitor, &secret, form, Some(Deed::Reopen)).await
}

/// The door is tried before the form is read.
async fn tell(state: &State, visitor: Visitor, secret: &str, form: Option<Multipart>, deed: Option<Deed>) -> Response {
    untold(match open(state, &visitor, secret).await {
        Ok(Some(door)) => match form::read_any(state, Sender::Portal, form).await {
            Ok(sent) => door.tell(state, sent, deed).await,
            Err(e) => Err(visitor.oops(e)),
        },
        Ok(None) => lost(state, &visitor, secret),
        Err(oops) => Err(oops),
    })
}

pub(super) async fn file(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path((secret, id)): Path<(String, String)>,
) -> Response {
    let door = open(&state, &visitor, &secret).await;
    untold(match door {
        Ok(Some(door)) => download(&state, &door.cx, visitor.lang, &id).await,
        Ok(None) => Err(visitor.nothing()),
        Err(oops) => Err(oops),
    })
}
