//! `/en/confirm/{secret}`: the address of a stranger's form is confirmed by a button. Opening the page changes nothing,
//! for mail scanners open links.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::access::Viewer;
use desk::sign_in::{self, LinkPurpose, Secret};
use desk::{Error, PersonId, tickets};

use super::secret::{gone, untold};
use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

#[derive(Template)]
#[template(path = "portal/confirm.html")]
struct Page {
    shell: Shell,
    secret: String,
}

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    untold(look(&state, &visitor, secret).await)
}

async fn look(state: &State, visitor: &Visitor, secret: String) -> Outcome {
    let (asked, now) = (secret.clone(), state.desk().now());
    let link = state
        .desk()
        .read(move |r| sign_in::open_link(r, LinkPurpose::Confirm, &asked, now))
        .await;
    let place = format!("/confirm/{secret}");
    match link {
        Ok(_) => {
            let shell = visitor.shell(state, "confirm-title", &place);
            visitor.page(StatusCode::OK, &Page { shell, secret })
        }
        Err(Error::NotFound) => gone(visitor, state, &place),
        Err(other) => Err(visitor.oops(other)),
    }
}

pub(super) async fn submit(Extract(state): Extract<State>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    untold(confirm(&state, &visitor, secret).await)
}

/// Leads on to the request itself, by a link of its own: the one in the letter is used up.
async fn confirm(state: &State, visitor: &Visitor, secret: String) -> Outcome {
    let place = format!("/confirm/{secret}");
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let done = state.desk().write(move |tx| {
        let link = sign_in::use_link(tx, LinkPurpose::Confirm, &secret, cx.now)?;
        let (Some(person), Some(ticket)) = (link.person, link.ticket) else {
            return Err(Error::NotFound);
        };
        let cx = desk::Context {
            viewer: Viewer::desk(person),
            ..cx
        };
        tickets::confirm(tx, &cx, ticket)?;
        sign_in::make_link(tx, LinkPurpose::Ticket, Some(person), Some(ticket), cx.now)
    });
    match done.await {
        Ok(keyed) => Ok(visitor.to(&format!("/k/{}", Secret::as_str(&keyed)))),
        Err(Error::NotFound) => gone(visitor, state, &place),
        Err(other) => Err(visitor.oops(other)),
    }
}
