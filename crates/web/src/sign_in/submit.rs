//! Signing in and out. The same words, status and work for an address that is known and one that is not.

use axum::extract::{Form, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use desk::sign_in;
use desk::words::Lang;
use desk::{Error, Refusal};
use serde::Deserialize;

use super::show::Page;
use crate::http::{CHAT_COOKIE, Nonce, Oops, Outcome, Peer, SESSION_COOKIE, cookie, read_cookie};
use crate::layout::respond_with;
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    address: String,
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    lang: String,
}

/// RFC 5321, section 4.5.3.1: 64 before the sign, 255 behind it.
const LONGEST_ADDRESS: usize = 320;

pub async fn submit(
    Extract(state): Extract<State>,
    peer: Peer,
    nonce: Nonce,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Outcome {
    let lang = Lang::parse(&fields.lang).unwrap_or(Lang::En);
    let to = super::safe_path(&fields.next);
    // Longer than any address: said back no further than that.
    let address: String = fields.address.chars().take(LONGEST_ADDRESS).collect();
    let mut page = Page::new(&state, lang, nonce, address.clone(), &fields.next);
    let browser = browser_of(&headers);
    match enter(&state, address, fields.password, peer.0.to_string(), browser).await {
        Ok(secret) => Ok(with_session(Redirect::to(&to).into_response(), &secret)),
        Err(Error::TooOften { seconds }) => {
            page.wait_minutes = Some((seconds + 59) / 60);
            let mut response = respond_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(Error::Refused(_) | Error::NotFound) => {
            page.refusals = vec![Refusal {
                field: "password",
                key: "refused-sign-in",
                number: None,
            }];
            respond_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(Oops::from(other).in_language(lang)),
    }
}

/// Count the try, compare off the database threads, then start a session or refuse.
async fn enter(
    state: &State,
    address: String,
    password: String,
    place: String,
    browser: String,
) -> desk::Result<String> {
    let now = state.desk().now();
    let account = state
        .desk()
        .write(move |tx| sign_in::begin(tx, &address, &place, now))
        .await?;
    let (account, matched) = sign_in::in_a_seat(move || {
        let matched = account.matches(&password);
        (account, matched)
    })
    .await?;
    let secret = state
        .desk()
        .write(move |tx| sign_in::finish(tx, &account, matched, now, &browser))
        .await?;
    Ok(secret.to_string())
}

/// The name a person would give this browser in the list of sessions: the header, cut.
pub fn browser_of(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    text.chars().take(200).collect()
}

/// Puts the new session's cookie on an answer. A cookie planted before is overwritten: the secret is always new.
pub fn with_session(mut response: Response, secret: &str) -> Response {
    let line = cookie(SESSION_COOKIE, secret, sign_in::ABSOLUTE / desk::clock::SECOND);
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

pub async fn leave(Extract(state): Extract<State>, headers: HeaderMap) -> Outcome {
    if let Some(secret) = read_cookie(&headers, SESSION_COOKIE).map(str::to_string) {
        state
            .desk()
            .write(move |tx| sign_in::end_this_session(tx, &secret))
            .await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    // The talk he has open goes with him: the next one at this browser is not led into it.
    for name in [SESSION_COOKIE, CHAT_COOKIE] {
        if let Ok(gone) = HeaderValue::from_str(&cookie(name, "", 0)) {
            response.headers_mut().append(header::SET_COOKIE, gone);
        }
    }
    // What the browser kept of the desk's pages goes with the session; what somebody typed and did not send stays.
    response
        .headers_mut()
        .insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}
