//! `GET /inbox/views`: every view a person may open: the standard ones, his own, his teams'. A star keeps one in the
//! side bar.

use askama::Template;
use axum::extract::{RawQuery, State as Extract};
use desk::Error;
use desk::teams::{self, Team};
use desk::views::{self, SavedView, ViewKey};
use desk::{forms, organizations, tickets};

use crate::http::{Nonce, Outcome, Staff};
use crate::inbox::{clause_words, show};
use crate::layout::{Counts, Shell, counts, respond};
use crate::state::State;

struct Line {
    view: SavedView,
    /// Whose it is, when it is a team's.
    team: Option<String>,
    said: String,
    count: i64,
    shown: String,
}

#[derive(Template)]
#[template(path = "inbox/views/list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    full: bool,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    RawQuery(query): RawQuery,
) -> Outcome {
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| {
        let mut known = show::choices(r, &cx)?;
        known.organizations = organizations::list(r, &cx)?;
        known.form = forms::choosable(r, &cx)?;
        let mut counted = Vec::new();
        for view in views::list(r, &cx)? {
            let condition = views::resolve(r, &cx, ViewKey::Saved(view.id));
            let count = match condition.and_then(|(condition, _)| tickets::count(r, &cx, &condition)) {
                Ok(count) => count,
                // One that cannot be put any more is still there to be changed or taken away.
                Err(Error::Refused(_)) => 0,
                Err(other) => return Err(other),
            };
            counted.push((count, view));
        }
        Ok((known, teams::list(r, &cx)?, counted))
    });
    let (known, teams, counted) = read.await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "views-title", "views");
    let shell = shell.with_counts(counts(state.desk(), &staff.cx).await?);
    let line = |(count, view): (i64, SavedView)| Line {
        team: name_of(&shell, &teams, &view),
        said: said(&shell, &known, &view),
        count,
        shown: Counts::words(count),
        view,
    };
    let lines = counted.into_iter().map(line).collect();
    let full = query.is_some_and(|q| show::field(&q, "full").is_some());
    respond(&Page { shell, lines, full })
}

fn name_of(shell: &Shell, teams: &[Team], view: &SavedView) -> Option<String> {
    let team = teams.iter().find(|t| Some(t.id) == view.team)?;
    Some(team.name(shell.lang).to_string())
}

fn said(shell: &Shell, known: &crate::inbox::Choices, view: &SavedView) -> String {
    let words: Vec<String> = view
        .question
        .clauses
        .iter()
        .map(|clause| clause_words::words(shell, known, clause))
        .collect();
    words.join(if view.question.any { " / " } else { " · " })
}
