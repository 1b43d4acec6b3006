//! All teams with their members.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::teams::{self, Member, Team};
use serde::Deserialize;

use super::super::door::{Admin, Frame};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "admin/teams/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    teams: Vec<(Team, Vec<Member>)>,
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
    let teams = state
        .desk()
        .read(move |r| {
            let all = teams::list(r, &cx)?;
            all.into_iter()
                .map(|team| {
                    let members = teams::members(r, &cx, team.id)?;
                    Ok((team, members))
                })
                .collect()
        })
        .await?;
    let (shell, mut frame) = admin.open(&state, nonce, "admin-nav-teams", "/admin/teams").await?;
    frame.saved = asked.saved;
    let page = Page { shell, frame, teams };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn name<'t>(&self, team: &'t Team) -> &'t str {
        team.name(self.shell.lang)
    }

    fn other<'t>(&self, team: &'t Team) -> &'t str {
        team.name(self.shell.lang.other())
    }

    fn names(&self, members: &[Member], leads: bool) -> String {
        let names: Vec<&str> = members
            .iter()
            .filter(|m| m.leads || !leads)
            .map(|m| m.name.as_str())
            .collect();
        names.join(", ")
    }
}
