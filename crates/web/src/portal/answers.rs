//! `/en/ask/answers?q=`: while somebody writes, known errors that requesters may read of, with what helps; up to three
//! articles for everybody; and for whoever is signed in up to
//! three earlier requests that he may read, with what was answered. A piece of a page; empty when there is nothing to say.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use desk::Time;
use desk::finding::{self, Earlier, Piece};
use desk::suggestions::KnownToAll;
use serde::Deserialize;

use super::help::{self, Answer};
use super::standing::{Standing, standing};
use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::{Markup, Shell, markdown};
use crate::state::State;

const MOST: usize = 3;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "portal/answers.html")]
struct Fragment {
    shell: Shell,
    known: Vec<KnownToAll>,
    articles: Vec<Answer>,
    found: Vec<(Earlier, Standing)>,
}

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, Query(asked): Query<Asked>) -> Outcome {
    let known = help::known(&state, &visitor, &asked.q, MOST).await?;
    let articles = help::answers(&state, &visitor, &asked.q, MOST).await?;
    let found = match &visitor.seen {
        Some(seen) => {
            let cx = state.desk().context(seen.viewer.clone(), None);
            finding::answers(state.desk(), &cx, &asked.q, MOST)
                .await
                .map_err(|e| visitor.oops(e))?
        }
        None => Vec::new(),
    };
    let shell = visitor.shell(&state, "ask-title", "/ask");
    let found = found
        .into_iter()
        .map(|one| {
            let standing = standing(&shell, one.status, Time::NEVER, None);
            (one, standing)
        })
        .collect();
    visitor.page(
        StatusCode::OK,
        &Fragment {
            shell,
            known,
            articles,
            found,
        },
    )
}

impl Fragment {
    fn helps(one: &KnownToAll) -> Markup {
        markdown(&one.helps)
    }

    fn is_hit(piece: &Piece) -> bool {
        piece.hit
    }
}
