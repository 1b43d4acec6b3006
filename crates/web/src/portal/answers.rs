//! `/en/ask/answers?q=`: while somebody signed in writes, up to three earlier requests that he may read, with what was
//! answered. A piece of a page; empty when there is nothing to say, and for whoever is not signed in.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use desk::Time;
use desk::finding::{self, Earlier, Piece};
use serde::Deserialize;

use super::standing::{Standing, standing};
use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::Shell;
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
    found: Vec<(Earlier, Standing)>,
}

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, Query(asked): Query<Asked>) -> Outcome {
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
    visitor.page(StatusCode::OK, &Fragment { shell, found })
}

impl Fragment {
    fn is_hit(piece: &Piece) -> bool {
        piece.hit
    }
}
