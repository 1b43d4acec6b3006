//! Who comes in here, and the frame that every page of `/admin` stands in: the small navigation, what was refused, what
//! was just done.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::{self, Place};
use desk::{Context, Error};

use crate::http::{Nonce, Oops, Outcome, Seen, SignedIn};
use crate::layout::{Shell, counts};
use crate::state::State;

/// The pages, in the order of the navigation, with the keys of their names.
pub(super) const PLACES: [(&str, &str); 17] = [
    ("/admin", "admin-nav-state"),
    ("/admin/teams", "admin-nav-teams"),
    ("/admin/topics", "admin-nav-topics"),
    ("/admin/forms", "forms-title"),
    ("/admin/targets", "targets-title"),
    ("/admin/roles", "admin-nav-roles"),
    ("/admin/organizations", "admin-nav-organizations"),
    ("/admin/calendars", "calendars-title"),
    ("/admin/channels", "admin-nav-channels"),
    ("/admin/templates", "templates-title"),
    ("/admin/chat", "admin-nav-chat"),
    ("/admin/drafting", "admin-nav-drafting"),
    ("/admin/canned", "canned-title"),
    ("/admin/knowledge", "kb-title"),
    ("/admin/tokens", "admin-nav-tokens"),
    ("/admin/audit", "admin-nav-audit"),
    ("/admin/brand", "admin-nav-brand"),
];

/// An administrator, by his session. Everybody else who is signed in finds nothing.
#[derive(Clone, Debug)]
pub(super) struct Admin {
    pub(super) seen: Seen,
    pub(super) cx: Context,
}

impl FromRequestParts<State> for Admin {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let SignedIn { seen, cx } = SignedIn::from_request_parts(parts, state).await?;
        match access::require(&cx.viewer, Place::Admin) {
            Ok(()) => Ok(Admin { seen, cx }),
            Err(_) => Err(Oops::nothing(seen.viewer.language).into_response()),
        }
    }
}

impl Admin {
    pub(super) fn oops(&self, error: Error) -> Oops {
        Oops::from(error).in_language(self.seen.viewer.language)
    }

    /// The shell of a page and its frame. `tab` is the path of its entry in the navigation.
    pub(super) async fn open(
        &self,
        state: &State,
        nonce: Nonce,
        title_key: &str,
        tab: &'static str,
    ) -> Result<(Shell, Frame), Oops> {
        let counts = counts(state.desk(), &self.cx).await?;
        let shell = Shell::desk(state, &self.seen, nonce, title_key, "admin").with_counts(counts);
        let frame = Frame {
            tab,
            status: StatusCode::OK,
            wrong: Vec::new(),
            saved: false,
            undo: None,
        };
        Ok((shell, frame))
    }
}

/// What was done and can be taken back.
#[derive(Debug)]
pub(super) struct Undo {
    pub(super) words: String,
    /// Where the form goes, with its hidden fields.
    pub(super) action: String,
    pub(super) fields: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub(super) struct Frame {
    pub(super) tab: &'static str,
    pub(super) status: StatusCode,
    /// The sentences of what was refused, each with the field it leads to.
    pub(super) wrong: Vec<(&'static str, String)>,
    pub(super) saved: bool,
    pub(super) undo: Option<Undo>,
}

impl Frame {
    /// What was wrong, in words; a fault goes on to the page of faults.
    pub(super) fn refuse(&mut self, shell: &Shell, error: Error) -> Result<(), Oops> {
        match error {
            Error::Refused(refusals) => {
                self.status = StatusCode::UNPROCESSABLE_ENTITY;
                let sentence = |r: &desk::Refusal| Some((r.field, shell.refusal(std::slice::from_ref(r), r.field)?));
                self.wrong = refusals.iter().filter_map(sentence).collect();
            }
            Error::Conflict(key) => {
                self.status = StatusCode::CONFLICT;
                self.wrong = vec![("", shell.t(key))];
            }
            other => return Err(Oops::from(other).in_language(shell.lang)),
        }
        Ok(())
    }

    pub(super) fn is(&self, path: &str) -> bool {
        self.tab == path
    }

    pub(super) fn why(&self, field: &str) -> Option<&String> {
        self.wrong.iter().find(|(of, _)| *of == field).map(|(_, words)| words)
    }
}

pub(super) fn to(path: &str) -> Outcome {
    Ok(Redirect::to(path).into_response())
}
