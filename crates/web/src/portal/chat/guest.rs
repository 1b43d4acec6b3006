//! Whoever opens a page of chat, and the frame it stands in: the portal's, or the widget's on somebody's site.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::{Markup, Shell};
use crate::state::State;

#[derive(Clone, Debug)]
pub(super) struct Guest {
    pub(super) visitor: Visitor,
    /// In the widget's frame.
    pub(super) framed: bool,
}

impl FromRequestParts<State> for Guest {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let framed = parts.uri.path().starts_with("/widget/");
        let visitor = Visitor::from_request_parts(parts, state).await?;
        Ok(Guest { visitor, framed })
    }
}

#[derive(Template)]
#[template(path = "portal/chat/page.html")]
struct OnPortal {
    shell: Shell,
    inner: Markup,
    refreshes: bool,
}

#[derive(Template)]
#[template(path = "portal/chat/frame.html")]
struct InFrame {
    shell: Shell,
    inner: Markup,
}

impl Guest {
    /// `/en` or `/widget/en`.
    fn root(&self) -> String {
        let place = if self.framed { "/widget" } else { "" };
        format!("{place}/{}", self.visitor.lang)
    }

    /// The path of the chat pages.
    pub(super) fn base(&self) -> String {
        format!("{}/chat", self.root())
    }

    pub(super) fn shell(&self, state: &State, title_key: &str, place: &str) -> Shell {
        let mut shell = self.visitor.shell(state, title_key, place);
        if self.framed {
            shell.other_language = format!("/widget{}", shell.other_language);
        }
        shell
    }

    pub(super) fn to(&self, place: &str) -> Response {
        Redirect::to(&format!("{}{place}", self.root())).into_response()
    }

    /// The page around a piece. `refreshes`: without script it looks again by itself.
    pub(super) fn page(&self, status: StatusCode, shell: Shell, inner: &impl Template, refreshes: bool) -> Outcome {
        let inner = Markup::piece(inner)?;
        if self.framed {
            return crate::layout::respond_with(status, &InFrame { shell, inner });
        }
        let page = OnPortal {
            shell,
            inner,
            refreshes,
        };
        self.visitor.page(status, &page)
    }
}
