//! All teams with their members.

use askama::Template;
use axum::extract::Query;
use desk::teams::{self, Member, Team};

use super::super::door::Frame;
use super::super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "admin/teams/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    teams: Vec<(Team, Vec<Member>)>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    let teams = visit
        .read(|r, cx| {
            let all = teams::list(r, cx)?;
            all.into_iter()
                .map(|team| {
                    let members = teams::members(r, cx, team.id)?;
                    Ok((team, members))
                })
                .collect()
        })
        .await?;
    let (shell, mut frame) = visit.open("admin-nav-teams", "/admin/teams", None).await?;
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
