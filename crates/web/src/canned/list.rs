//! The list: what there is, for whom, and in which language it is still to be written.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::canned::{self, Line};
use desk::{access, teams};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The one just retired: its Undo is offered.
    retired: Option<i64>,
}

#[derive(Template)]
#[template(path = "canned/list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    teams: BTreeMap<i64, String>,
    /// Somebody without a team and without a supervisor's rights has nowhere to put one.
    may_add: bool,
    just_retired: Option<i64>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let cx = staff.cx.clone();
    let read = state
        .desk()
        .read(move |r| Ok((canned::list(r, &cx)?, teams::list(r, &cx)?)));
    let (lines, all) = read.await?;
    let viewer = &staff.seen.viewer;
    let may_change = |team| access::may_change_canned(viewer, team);
    let may_add = may_change(None) || viewer.teams.iter().any(|team| may_change(Some(*team)));
    let changed = lines
        .iter()
        .find(|line| Some(line.id.0) == asked.retired && line.retired);
    let just_retired = changed.filter(|line| may_change(line.team)).map(|line| line.id.0);
    let shell = Shell::desk(&state, &staff.seen, nonce, "canned-title", "canned");
    let shell = shell.with_counts(counts(state.desk(), &staff.cx).await?);
    let teams = all
        .iter()
        .map(|team| (team.id.0, team.name(shell.lang).to_string()))
        .collect();
    respond(&Page {
        shell,
        lines,
        teams,
        may_add,
        just_retired,
    })
}

impl Page {
    fn whose(&self, line: &Line) -> String {
        let team = line.team.and_then(|team| self.teams.get(&team.0));
        team.map_or_else(|| self.shell.t("canned-everybody"), Clone::clone)
    }
}
