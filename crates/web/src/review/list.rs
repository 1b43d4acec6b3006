//! What waits, the oldest first, with whose turn each is; what came back; and the articles that wait for a look.

use askama::Template;
use axum::extract::Query;
use desk::knowledge::{self, ListQuery, Which};
use desk::reviews::{self, Line, State};
use serde::Deserialize;

use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The event whose Undo is offered, and the review it is about.
    done: Option<i64>,
    of: i64,
}

#[derive(Template)]
#[template(path = "review/list.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    /// Number and title.
    articles: Vec<(i64, String)>,
    rules: bool,
    done: Option<i64>,
    of: i64,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let lines = reviews::lines(r, cx)?;
        let mut query = ListQuery::new(Which::InReview(Some(cx.viewer.person)));
        query.limit = 200;
        let mut rows = knowledge::list(r, Some(&cx.viewer), &query)?;
        rows.reverse();
        let titled = |row: knowledge::Row| (row.article.id.0, row.titled(lang).to_string());
        Ok((lines, rows.into_iter().map(titled).collect(), reviews::may_rule(cx)))
    });
    let (lines, articles, rules) = read.await?;
    respond(&Page {
        shell: visit.shell("reviews-title", "review").await?,
        lines,
        articles,
        rules,
        done: asked.done,
        of: asked.of,
    })
}

impl Page {
    fn turn(&self, line: &Line) -> String {
        match (&line.named, line.state, line.decides) {
            (_, State::Returned, _) => self.shell.t("review-turn-author"),
            (Some(name), ..) => self.shell.t1("review-turn-named", "name", name.as_str()),
            (None, _, true) => self.shell.t("review-turn-you"),
            (None, ..) => self.shell.t("review-turn-team"),
        }
    }

    fn what(&self, line: &Line) -> String {
        self.shell
            .t1(&format!("review-of-{}", line.what), "name", line.author_name.as_str())
    }

    fn state(&self, line: &Line) -> (&'static str, &'static str) {
        match (line.state, line.decides) {
            (State::Returned, _) => ("is-late", "undo-2"),
            (_, true) => ("is-soon", "hand"),
            (_, false) => ("is-wait", "clock"),
        }
    }
}
