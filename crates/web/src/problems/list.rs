//! The list: what is open or was solved, the newest first, and the groups that may be a problem.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::problems::{self, Counts, Group, ProblemState, Row};
use desk::{GroupId, ProblemNumber};
use serde::Deserialize;

use super::{class_of, either};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Those that are solved or closed.
    done: bool,
    before: Option<i64>,
    /// The group that was just dismissed: having it back is offered.
    dismissed: Option<i64>,
}

#[derive(Template)]
#[template(path = "problems/list.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    of: BTreeMap<ProblemNumber, Counts>,
    next: Option<ProblemNumber>,
    groups: Vec<Group>,
    done: bool,
    dismissed: Option<i64>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let (cx, done, before) = (staff.cx.clone(), asked.done, asked.before.map(ProblemNumber));
    let read = state.desk().read(move |r| {
        let states: Vec<ProblemState> = ProblemState::ALL
            .iter()
            .copied()
            .filter(|state| state.is_live() != done)
            .collect();
        let page = problems::list(r, &cx, &states, before)?;
        let numbers: Vec<ProblemNumber> = page.rows.iter().map(|row| row.number).collect();
        let of = problems::counts(r, &cx, &numbers)?;
        let groups = if done { Vec::new() } else { problems::groups(r, &cx)? };
        Ok((page, of, groups))
    });
    let (read, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let (page, of, groups) = read.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "problems-title", "problems")
        .with_counts(counts?)
        .following("problems");
    let offered = |id: i64| groups.iter().any(|group| group.id == GroupId(id));
    respond(&Page {
        shell,
        rows: page.rows,
        of,
        next: page.next,
        done,
        dismissed: asked.dismissed.filter(|id| !offered(*id)),
        groups,
    })
}

impl Page {
    fn title(&self, row: &Row) -> String {
        either(self.shell.lang, &row.title_en, &row.title_fr)
    }

    fn name(&self, row: &Row) -> String {
        problems::name_of(row.number, row.known_at.is_some())
    }

    fn class(&self, row: &Row) -> &'static str {
        class_of(row.state)
    }

    fn counts(&self, row: &Row) -> Counts {
        self.of.get(&row.number).copied().unwrap_or_default()
    }

    fn fixed(&self, counts: &Counts) -> String {
        self.shell
            .t2("problem-fixed", "fixed", counts.fixed, "count", counts.tickets)
    }

    fn size(&self, group: &Group) -> String {
        self.shell
            .t2("group-size", "count", group.tickets.len(), "people", group.requesters)
    }

    fn tickets(&self, group: &Group) -> String {
        self.shell.t1("tickets-count", "count", group.tickets.len())
    }
}
