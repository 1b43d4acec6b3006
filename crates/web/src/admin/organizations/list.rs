//! All organizations, by name.

use askama::Template;
use axum::extract::Query;
use desk::organizations::{self, Organization};

use super::super::door::Frame;
use super::super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "admin/organizations/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    organizations: Vec<Organization>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    let organizations = visit.read(organizations::list).await?;
    let (shell, mut frame) = visit
        .open("admin-nav-organizations", "/admin/organizations", None)
        .await?;
    frame.saved = asked.saved;
    let page = Page {
        shell,
        frame,
        organizations,
    };
    respond_with(page.frame.status, &page)
}
