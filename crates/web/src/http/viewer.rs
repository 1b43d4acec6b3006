//! Who is asking: `Anyone` always answers, `SignedIn` and `Staff` refuse as the policy says. A page without a session
//! leads to sign-in; a signed-in person without the right finds nothing there.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use desk::Context;
use desk::access::Viewer;
use desk::events::Cursor;
use desk::people::Keys;
use desk::sign_in::Theme;
use desk::words::Lang;

use super::before::page_before;
use super::errors::Oops;
use crate::state::State;

/// `__Host-`: sent only over a secure connection (loopback counts), to this host, on every path.
pub const SESSION_COOKIE: &str = "__Host-firstline";
/// The portal remembers a talk here, so that it is found again; the secret is what opens it.
pub const CHAT_COOKIE: &str = "__Host-chat";

/// The viewer with what pages need to know about him besides his rights.
#[derive(Clone, Debug)]
pub struct Seen {
    pub viewer: Viewer,
    pub theme: Theme,
    pub single_keys: bool,
    /// The single keys he has changed.
    pub keys: Keys,
    pub zone: Option<String>,
    /// The number of this sign-in in lists; never the secret.
    pub session: i64,
    /// How far the log had been passed on to live pages before anything else was read for this one.
    pub since: Option<Cursor>,
}

/// Whoever asks, signed in or not, with the language his browser wishes.
#[derive(Clone, Debug)]
pub struct Anyone {
    pub seen: Option<Seen>,
    pub browser_language: Lang,
}

#[derive(Clone, Debug)]
pub struct SignedIn {
    pub seen: Seen,
    pub cx: Context,
}

#[derive(Clone, Debug)]
pub struct Staff {
    pub seen: Seen,
    pub cx: Context,
}

pub fn read_cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// A `Set-Cookie` line. `seconds` of zero removes it.
pub fn cookie(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax")
}

fn browser_language(headers: &HeaderMap) -> Lang {
    if let Some(lang) = read_cookie(headers, "lang").and_then(Lang::parse) {
        return lang;
    }
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .map_or(Lang::En, Lang::from_accept)
}

/// Turbo names each request of a page; the page that made a change skips its own echo.
fn request_name(headers: &HeaderMap) -> Option<String> {
    let name = headers.get("x-turbo-request-id")?.to_str().ok()?;
    (name.len() <= 64).then(|| name.to_string())
}

impl FromRequestParts<State> for Anyone {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let browser_language = browser_language(&parts.headers);
        let Some(secret) = read_cookie(&parts.headers, SESSION_COOKIE).map(str::to_string) else {
            return Ok(Anyone {
                seen: None,
                browser_language,
            });
        };
        let (now, since) = (state.desk().now(), state.live().position());
        let found = state
            .desk()
            .read(move |r| desk::sign_in::viewer_of_session(r, &secret, now))
            .await;
        let found = found.map_err(|e| Oops::from(e).into_response())?;
        if let Some(session) = found
            .as_ref()
            .filter(|f| f.needs_touch(now))
            .map(desk::sign_in::Present::key)
        {
            // Written in the background: nobody waits for the clock of a session.
            let desk = state.desk().clone();
            tokio::spawn(async move { desk.write(move |tx| desk::sign_in::touch(tx, &session, now)).await });
        }
        let seen = found.map(|f| Seen {
            theme: f.theme,
            single_keys: f.single_keys,
            keys: f.keys.clone(),
            zone: f.zone.clone(),
            session: f.session,
            since,
            viewer: f.viewer,
        });
        Ok(Anyone { seen, browser_language })
    }
}

impl FromRequestParts<State> for SignedIn {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let anyone = Anyone::from_request_parts(parts, state).await?;
        let Some(seen) = anyone.seen else {
            return Err(to_sign_in(parts));
        };
        let cx = state.desk().context(seen.viewer.clone(), request_name(&parts.headers));
        Ok(SignedIn { seen, cx })
    }
}

impl FromRequestParts<State> for Staff {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let SignedIn { seen, cx } = SignedIn::from_request_parts(parts, state).await?;
        if seen.viewer.is_staff() {
            Ok(Staff { seen, cx })
        } else {
            Err(Oops::nothing(seen.viewer.language).into_response())
        }
    }
}

/// Back to where he wanted to go, once signed in. Only our own paths are kept (see `sign_in::safe_path`).
fn to_sign_in(parts: &Parts) -> Response {
    Redirect::to(&format!("/sign-in{}", wanted(parts))).into_response()
}

/// The query that leads back after signing in: to the page that was asked for, or to the one a form was sent from.
pub fn wanted(parts: &Parts) -> String {
    let page = if parts.method == axum::http::Method::GET {
        parts.uri.path_and_query().map(ToString::to_string)
    } else {
        page_before(&parts.headers)
    };
    match page.filter(|p| p != "/") {
        Some(page) => format!("?next={}", data_encoding::BASE64URL_NOPAD.encode(page.as_bytes())),
        None => String::new(),
    }
}
