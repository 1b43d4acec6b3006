//! The problem behind a ticket: which it is, or which it may be. A page of its own, so that the page of the ticket stays
//! small.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::problems::{self, Part, Problem, ProblemState};
use desk::tickets::{self, Ticket};
use desk::{Error, Refusal, TicketNumber};

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "problems/ticket.html")]
struct Page {
    shell: Shell,
    t: Ticket,
    problem: Option<Problem>,
    /// The newest ones that are open.
    live: Vec<problems::Row>,
    typed: String,
    refusals: Vec<Refusal>,
    conflict: Option<&'static str>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
) -> Outcome {
    page(&state, &staff, nonce, TicketNumber(number), String::new(), Ok(())).await
}

pub(crate) async fn link(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Outcome {
    let number = TicketNumber(number);
    let typed = fields.get("problem").cloned().unwrap_or_default();
    let (cx, named) = (staff.cx.clone(), problems::parse_name(&typed));
    let linked = state.desk().write(move |tx| {
        tickets::find_inside(tx, &cx, number)?;
        let problem = named.ok_or(Error::refused("problem", "refused-no-such-problem"))?;
        let found = problems::find(tx, &cx, problem).map_err(|e| match e {
            Error::NotFound => Error::refused("problem", "refused-no-such-problem"),
            other => other,
        })?;
        let events = problems::link(tx, &cx, found.number, &[number])?;
        events.last().copied().ok_or(Error::NotFound)
    });
    match linked.await {
        Ok(event) => Ok(Redirect::to(&format!("/tickets/{number}?done={event}")).into_response()),
        Err(e) => page(&state, &staff, nonce, number, typed, Err(e)).await,
    }
}

async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    number: TicketNumber,
    typed: String,
    outcome: desk::Result<()>,
) -> Outcome {
    let (refusals, conflict) = match outcome {
        Ok(()) => (Vec::new(), None),
        Err(Error::Refused(refusals)) => (refusals, None),
        Err(Error::Conflict(key)) => (Vec::new(), Some(key)),
        Err(other) => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let cx = staff.cx.clone();
    tickets::look(state.desk(), &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let read = state.desk().read(move |r| {
        let ticket = tickets::find_inside(r, &cx, number)?;
        let problem = problems::of_ticket(r, &cx, number)?;
        let states: Vec<ProblemState> = ProblemState::ALL.iter().copied().filter(|one| one.is_live()).collect();
        let live = problems::list(r, &cx, &states, None)?;
        Ok((ticket, problem, live.rows))
    });
    let (read, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let (t, problem, live) = read.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let shell = Shell::desk(state, &staff.seen, nonce, "problem-behind", "problems").with_counts(counts?);
    let status = match (conflict, refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let page = Page {
        shell,
        t,
        problem,
        live,
        typed,
        refusals,
        conflict,
    };
    respond_with(status, &page)
}

impl Page {
    fn title(&self, problem: &Problem) -> String {
        problem.text_or(Part::Title, self.shell.lang).1.to_string()
    }

    fn row_title(&self, row: &problems::Row) -> String {
        super::either(self.shell.lang, &row.title_en, &row.title_fr)
    }

    fn row_name(&self, row: &problems::Row) -> String {
        problems::name_of(row.number, row.known_at.is_some())
    }

    fn sentences(&self) -> Vec<String> {
        let refused = self
            .refusals
            .iter()
            .filter_map(|r| self.shell.refusal(&self.refusals, r.field));
        refused.chain(self.conflict.map(|key| self.shell.t(key))).collect()
    }
}
