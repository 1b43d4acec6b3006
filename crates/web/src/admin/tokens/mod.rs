//! `/admin/tokens`: every program that may act here, in whose name and how far. Revoking cannot be undone, and the page
//! says so before.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use desk::TokenId;
use desk::access::Scopes;
use desk::sign_in::{self, OwnedToken};
use serde::Deserialize;

use super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "admin/tokens/tokens.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    tokens: Vec<OwnedToken>,
    next: Option<TokenId>,
    revoked: bool,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<i64>,
    #[serde(default)]
    revoked: bool,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let (cx, before) = (admin.cx.clone(), asked.before.map(TokenId));
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let mut tokens = state
        .desk()
        .read(move |r| sign_in::list_all_tokens(r, &cx, before, limit))
        .await?;
    let more = tokens.len() > SHOWN;
    tokens.truncate(SHOWN);
    let (shell, frame) = admin.open(&state, nonce, "admin-nav-tokens", "/admin/tokens").await?;
    let page = Page {
        shell,
        frame,
        next: tokens.last().map(|token| token.id).filter(|_| more),
        tokens,
        revoked: asked.revoked,
    };
    respond_with(page.frame.status, &page)
}

pub(super) async fn revoke(Extract(state): Extract<State>, admin: Admin, Path(id): Path<i64>) -> Outcome {
    let cx = admin.cx.clone();
    let done = state
        .desk()
        .write(move |tx| sign_in::revoke_token(tx, &cx, TokenId(id)))
        .await;
    done.map_err(|e| admin.oops(e))?;
    to("/admin/tokens?revoked=true")
}

impl Page {
    /// What the token may do, in words.
    fn scopes(&self, token: &OwnedToken) -> Vec<String> {
        let scopes = Scopes::parse(&token.scopes);
        let each = scopes.map(|s| {
            [
                (s.read, "scope-read"),
                (s.write, "scope-write"),
                (s.admin, "scope-admin"),
            ]
        });
        let on = each.into_iter().flatten().filter(|(on, _)| *on);
        on.map(|(_, key)| self.shell.t(key)).collect()
    }
}
