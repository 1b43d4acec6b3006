//! What the pages of `/admin` share: who came, to which desk; and what follows a form: on to the next page, or the same
//! page again with what was refused and nothing cleared.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use desk::words::Lang;
use desk::{Context, Error, Read, Write};
use serde::Deserialize;

use super::door::{Admin, Frame, to};
use crate::http::{Nonce, Oops, Outcome};
use crate::layout::Shell;
use crate::state::State;

/// An administrator at one of his pages.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) state: State,
    pub(super) admin: Admin,
    nonce: Nonce,
}

impl FromRequestParts<State> for Visit {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let admin = Admin::from_request_parts(parts, state).await?;
        let Ok(nonce) = Nonce::from_request_parts(parts, state).await;
        Ok(Visit {
            state: state.clone(),
            admin,
            nonce,
        })
    }
}

/// The query of a page one is led back to.
#[derive(Default, Deserialize)]
pub(super) struct Saved {
    #[serde(default)]
    pub(super) saved: bool,
}

impl Visit {
    pub(super) fn lang(&self) -> Lang {
        self.admin.seen.viewer.language
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read, &Context) -> desk::Result<T> + Send + 'static,
    ) -> Result<T, Oops> {
        let cx = self.admin.cx.clone();
        let read = self.state.desk().read(move |r| body(r, &cx)).await;
        read.map_err(|e| self.admin.oops(e))
    }

    /// The shell of a page and its frame, with what was refused.
    pub(super) async fn open(
        &self,
        title_key: &str,
        tab: &'static str,
        error: Option<Error>,
    ) -> Result<(Shell, Frame), Oops> {
        let (shell, mut frame) = self.admin.open(&self.state, self.nonce.clone(), title_key, tab).await?;
        if let Some(error) = error {
            frame.refuse(&shell, error)?;
        }
        Ok((shell, frame))
    }

    /// Does it and goes on to the address that `next` says; or what was refused goes to `again`, which shows the page
    /// as it was sent.
    pub(super) async fn act<T: Send + 'static, Back: Future<Output = Outcome>>(
        &self,
        deed: impl FnOnce(&mut Write, &Context) -> desk::Result<T> + Send + 'static,
        next: impl FnOnce(T) -> String,
        again: impl FnOnce(Error) -> Back,
    ) -> Outcome {
        let cx = self.admin.cx.clone();
        match self.state.desk().write(move |tx| deed(tx, &cx)).await {
            Ok(done) => to(&next(done)),
            Err(error) => again(error).await,
        }
    }

    /// The same, where it leads back to the list of its kind.
    pub(super) async fn save<T: Send + 'static, Back: Future<Output = Outcome>>(
        &self,
        list: &'static str,
        deed: impl FnOnce(&mut Write, &Context) -> desk::Result<T> + Send + 'static,
        again: impl FnOnce(Error) -> Back,
    ) -> Outcome {
        self.act(deed, |_| format!("{list}?saved=true"), again).await
    }
}
