//! All organizations, by name.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::organizations::{self, Organization};
use serde::Deserialize;

use super::super::door::{Admin, Frame};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "admin/organizations/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    organizations: Vec<Organization>,
}

#[derive(Deserialize)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    saved: bool,
}

pub(in crate::admin) async fn list(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let cx = admin.cx.clone();
    let organizations = state.desk().read(move |r| organizations::list(r, &cx)).await?;
    let (shell, mut frame) = admin
        .open(&state, nonce, "admin-nav-organizations", "/admin/organizations")
        .await?;
    frame.saved = asked.saved;
    let page = Page {
        shell,
        frame,
        organizations,
    };
    respond_with(page.frame.status, &page)
}
