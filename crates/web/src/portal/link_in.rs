//! `/en/sign-in/{secret}`: the mailed link. The page has a button that signs in, and a form for a new password; opening
//! it uses nothing up, for mail scanners open links.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::Viewer;
use desk::sign_in::{self, LinkPurpose};
use desk::{Error, PersonId, Refusal};
use serde::Deserialize;

use super::secret::{gone, untold};
use super::visitor::Visitor;
use crate::http::{Oops, Outcome};
use crate::layout::Shell;
use crate::sign_in::{browser_of, with_session};
use crate::state::State;

#[derive(Template)]
#[template(path = "portal/link_in.html")]
struct Page {
    shell: Shell,
    secret: String,
    refusals: Vec<Refusal>,
}

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, Path(secret): Path<String>) -> Response {
    untold(page(&state, &visitor, secret, StatusCode::OK, Vec::new()).await)
}

async fn page(state: &State, visitor: &Visitor, secret: String, status: StatusCode, refusals: Vec<Refusal>) -> Outcome {
    let place = format!("/sign-in/{secret}");
    let (asked, now) = (secret.clone(), state.desk().now());
    match state
        .desk()
        .read(move |r| sign_in::open_link(r, LinkPurpose::SignIn, &asked, now))
        .await
    {
        Ok(_) => {
            let shell = visitor.shell(state, "link-in-title", &place);
            visitor.page(
                status,
                &Page {
                    shell,
                    secret,
                    refusals,
                },
            )
        }
        Err(Error::NotFound) => gone(visitor, state, &place),
        Err(other) => Err(visitor.oops(other)),
    }
}

pub(super) async fn submit(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Response {
    let browser = browser_of(&headers);
    let (place, used) = (visitor.peer.to_string(), secret.clone());
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let session = state
        .desk()
        .write(move |tx| sign_in::sign_in_by_link(tx, &cx, &used, &place, &browser))
        .await;
    untold(enter(&state, &visitor, secret, session.map(String::from)).await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    password: String,
}

/// A new password, and in. A password that is refused does not use the link up.
pub(super) async fn password(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(secret): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    untold(replace(&state, &visitor, secret, fields.password, browser_of(&headers)).await)
}

async fn replace(state: &State, visitor: &Visitor, secret: String, password: String, browser: String) -> Outcome {
    visitor.may_send(state).map_err(|e| visitor.oops(e))?;
    let (asked, now) = (secret.clone(), state.desk().now());
    let open = state
        .desk()
        .read(move |r| sign_in::open_link(r, LinkPurpose::SignIn, &asked, now))
        .await;
    if let Err(Error::NotFound) = open {
        // A password is hashed, slowly, only for a link that can be used.
        return gone(visitor, state, &format!("/sign-in/{secret}"));
    }
    if let Err(Error::Refused(refusals)) = sign_in::check_password(&password) {
        return page(state, visitor, secret, StatusCode::UNPROCESSABLE_ENTITY, refusals).await;
    }
    let hash = sign_in::in_a_seat(move || sign_in::hash(&password)).await??;
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let (place, used) = (visitor.peer.to_string(), secret.clone());
    let write = state
        .desk()
        .write(move |tx| sign_in::new_password_by_link(tx, &cx, &used, &hash, &place, &browser))
        .await;
    enter(state, visitor, secret, write.map(String::from)).await
}

async fn enter(state: &State, visitor: &Visitor, secret: String, session: desk::Result<String>) -> Outcome {
    match session {
        Ok(session) => {
            let to = where_he_belongs(state, visitor, &session).await?;
            Ok(with_session(Redirect::to(&to).into_response(), &session))
        }
        Err(Error::NotFound) => gone(visitor, state, &format!("/sign-in/{secret}")),
        Err(other) => Err(visitor.oops(other)),
    }
}

/// Technicians to their work, everybody else to his requests.
async fn where_he_belongs(state: &State, visitor: &Visitor, session: &str) -> Result<String, Oops> {
    let (secret, now) = (session.to_string(), state.desk().now());
    let present = state
        .desk()
        .read(move |r| sign_in::viewer_of_session(r, &secret, now))
        .await;
    let staff = present
        .map_err(|e| visitor.oops(e))?
        .is_some_and(|p| p.viewer.is_staff());
    Ok(if staff {
        "/inbox/mine".to_string()
    } else {
        format!("/{}/requests", visitor.lang)
    })
}
