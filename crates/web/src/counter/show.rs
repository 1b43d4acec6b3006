//! The line at the counter, the first to come on top.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use desk::Refusal;
use desk::counter::{self, WalkIn};
use desk::words::duration;
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Who just left: having him back is offered.
    left: Option<i64>,
}

/// A form on its way back, with why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Back {
    pub fields: BTreeMap<String, String>,
    pub refusals: Vec<Refusal>,
    pub conflict: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "counter/counter.html")]
struct Page {
    shell: Shell,
    waiting: Vec<WalkIn>,
    back: Back,
    left: Option<i64>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    render(&state, &staff, nonce, asked, Back::default()).await
}

pub(crate) async fn render(state: &State, staff: &Staff, nonce: Nonce, asked: Asked, back: Back) -> Outcome {
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| counter::waiting(r, &cx));
    let (waiting, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let waiting = waiting?;
    let shell = Shell::desk(state, &staff.seen, nonce, "counter-title", "counter");
    let shell = shell.with_counts(counts?).following("counter");
    let status = match (back.conflict, back.refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let here = |id: i64| waiting.iter().any(|one| one.id.0 == id);
    let page = Page {
        left: asked.left.filter(|id| !here(*id)),
        shell,
        waiting,
        back,
    };
    respond_with(status, &page)
}

impl Page {
    fn count(&self) -> i64 {
        i64::try_from(self.waiting.len()).unwrap_or(i64::MAX)
    }

    fn value(&self, field: &str) -> &str {
        self.back.fields.get(field).map_or("", String::as_str)
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.back.refusals, field)
    }

    /// Every reason, for the summary on top.
    fn sentences(&self) -> Vec<String> {
        let fields = self.back.refusals.iter().map(|r| r.field);
        let refused = fields.filter_map(|field| self.why(field));
        refused.chain(self.back.conflict.map(|key| self.shell.t(key))).collect()
    }

    fn waits(&self, one: &WalkIn) -> String {
        let time = duration(self.shell.lang, self.shell.now.since(one.arrived_at).max(0));
        self.shell
            .t2("counter-since", "at", self.shell.when(&one.arrived_at), "time", time)
    }
}
