//! `/en/requests`: one's own requests, newest first, those that are open by themselves, and those of colleagues where the
//! organization allows it.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use desk::TicketNumber;
use desk::tickets::{OwnRow, colleagues_requests, own_open_requests, own_requests};
use serde::Deserialize;

use super::standing::{Standing, standing};
use super::visitor::Member;
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

/// As many as the desk answers at once.
const PAGE: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    of: Option<String>,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "portal/requests.html")]
struct Page {
    shell: Shell,
    rows: Vec<(OwnRow, Standing)>,
    /// He may read colleagues' requests.
    shares: bool,
    /// Which of them: a word of the address, `organization` or `open`; nothing for all of one's own.
    of: &'static str,
    next: Option<TicketNumber>,
}

pub(super) async fn show(Extract(state): Extract<State>, member: Member, Query(asked): Query<Asked>) -> Outcome {
    let viewer = &member.seen.viewer;
    let shares = viewer.reads_colleagues && viewer.organization.is_some() && !viewer.is_staff();
    let of = match asked.of.as_deref() {
        Some("organization") if shares => "organization",
        Some("open") => "open",
        _ => "",
    };
    let (cx, before) = (member.cx.clone(), asked.before.map(TicketNumber));
    let rows = state
        .desk()
        .read(move |r| match of {
            "open" => own_open_requests(r, &cx, before),
            "organization" => colleagues_requests(r, &cx, before),
            _ => own_requests(r, &cx, false, before),
        })
        .await;
    let rows = rows.map_err(|e| member.visitor.oops(e))?;
    let shell = member.visitor.shell(&state, "portal-my-requests", "/requests");
    let next = if rows.len() == PAGE {
        rows.last().map(|r| r.number)
    } else {
        None
    };
    let rows = rows
        .into_iter()
        .map(|row| (row.clone(), standing(&shell, row.status, row.next_due, None)))
        .collect();
    member.visitor.page(
        StatusCode::OK,
        &Page {
            shell,
            rows,
            shares,
            of,
            next,
        },
    )
}
