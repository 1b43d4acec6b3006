//! The reports there are, each with what it says of the last thirty days.

use askama::Template;
use axum::extract::State as Extract;
use desk::reports::{self, Asked, Period, Report};

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

struct Entry {
    report: Report,
    title: String,
    said: String,
}

#[derive(Template)]
#[template(path = "reports/index.html")]
struct Page {
    shell: Shell,
    entries: Vec<Entry>,
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let entries = state
        .desk()
        .read(move |r| {
            let today = reports::day_of(cx.now, &cx.house.zone);
            let asked = Asked::of(Period::last(today, 30));
            let entry = |report: &Report| {
                let figures = reports::figures(r, &cx, *report, &asked)?;
                Ok(Entry {
                    report: *report,
                    title: reports::title(lang, *report),
                    said: reports::said(lang, &figures),
                })
            };
            Report::ALL.iter().map(entry).collect::<desk::Result<Vec<_>>>()
        })
        .await?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "reports-title", "reports").with_counts(counts);
    respond(&Page { shell, entries })
}
