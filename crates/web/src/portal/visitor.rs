//! Whoever opens a page of the portal: the language his path names, and who he is if he is signed in.

use std::net::IpAddr;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use desk::Context;
use desk::words::Lang;
use jiff::tz::TimeZone;

use crate::http::{Anyone, Nonce, Oops, Outcome, Peer, Seen, wanted};
use crate::layout::{Shell, respond_with};
use crate::state::State;

/// How long a browser remembers the language chosen last.
const A_YEAR: i64 = 365 * 24 * 3600;

#[derive(Clone, Debug)]
pub(super) struct Visitor {
    pub(super) lang: Lang,
    pub(super) seen: Option<Seen>,
    pub(super) peer: IpAddr,
    /// He reads in another language than his browser said: kept in a cookie with the answer.
    switched: bool,
    /// What the address asks besides the page: it goes along to the other language.
    query: String,
}

/// The language of `/en/…` and `/fr/…`, in the widget's frame as well.
pub(crate) fn language_of(path: &str) -> Option<Lang> {
    let path = path.strip_prefix("/widget").unwrap_or(path);
    path.split('/').nth(1).and_then(Lang::parse)
}

impl FromRequestParts<State> for Visitor {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let anyone = Anyone::from_request_parts(parts, state).await?;
        let Ok(Peer(peer)) = Peer::from_request_parts(parts, state).await;
        let lang =
            language_of(parts.uri.path()).ok_or_else(|| Oops::nothing(anyone.browser_language).into_response())?;
        let switched = parts.method == Method::GET && lang != anyone.browser_language;
        Ok(Visitor {
            lang,
            seen: anyone.seen,
            peer,
            switched,
            query: match parts.uri.query() {
                Some(query) if parts.method == Method::GET => format!("?{query}"),
                _ => String::new(),
            },
        })
    }
}

impl Visitor {
    /// The frame of a page. `place` is its path below the language, so that the switch leads to the same page.
    pub(super) fn shell(&self, state: &State, title_key: &str, place: &str) -> Shell {
        // The portal has no script of its own text, so no nonce is written into it and a public page is the same text
        // every time.
        let mut shell = Shell::public(state, self.lang, Nonce::default(), title_key);
        if let Some(seen) = &self.seen {
            shell.theme = seen.theme.as_str();
            if let Some(zone) = seen.zone.as_deref().and_then(|z| TimeZone::get(z).ok()) {
                shell.zone = zone;
            }
        }
        shell.seen.clone_from(&self.seen);
        let query = if place.contains('?') { "" } else { self.query.as_str() };
        shell.other_language = format!("/{}{place}{query}", self.lang.other());
        shell
    }

    pub(super) fn page(&self, status: StatusCode, page: &impl Template) -> Outcome {
        respond_with(status, page).map(|response| self.remembering(response))
    }

    /// The language goes with the answer when it was switched.
    pub(super) fn remembering(&self, mut response: Response) -> Response {
        if self.switched {
            let line = format!("lang={}; Path=/; Max-Age={A_YEAR}; SameSite=Lax", self.lang);
            if let Ok(value) = HeaderValue::from_str(&line) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }

    /// To a page of the portal in the same language, after a write.
    pub(super) fn to(&self, place: &str) -> Response {
        Redirect::to(&format!("/{}{place}", self.lang)).into_response()
    }

    pub(super) fn nothing(&self) -> Oops {
        Oops::nothing(self.lang)
    }

    pub(super) fn oops(&self, error: desk::Error) -> Oops {
        Oops::from(error).in_language(self.lang)
    }

    /// Forms anybody may send are counted by the address of the network; whoever is signed in is known by name.
    pub(super) fn may_send(&self, state: &State) -> desk::Result<()> {
        match self.seen {
            Some(_) => Ok(()),
            None => state
                .throttle()
                .form(self.peer)
                .map_err(|seconds| desk::Error::TooOften { seconds }),
        }
    }
}

/// A visitor who is signed in; others are led to sign in and then back.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) visitor: Visitor,
    pub(super) seen: Seen,
    pub(super) cx: Context,
}

impl FromRequestParts<State> for Member {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let Some(seen) = visitor.seen.clone() else {
            return Err(visitor.to(&format!("/sign-in{}", wanted(parts))));
        };
        let cx = state.desk().context(seen.viewer.clone(), None);
        Ok(Member { visitor, seen, cx })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_names_the_language() {
        assert_eq!(language_of("/fr/ask"), Some(Lang::Fr));
        assert_eq!(language_of("/en"), Some(Lang::En));
        assert_eq!(language_of("/de/ask"), None);
        assert_eq!(language_of("/"), None);
    }
}
