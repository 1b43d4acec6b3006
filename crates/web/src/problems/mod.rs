//! `/problems`: problems and known errors, the groups of similar tickets that may be one, and everybody affected told at
//! once. For staff; what a page shows of tickets has passed the policy in `desk`.

mod deeds;
mod form;
mod history;
mod list;
mod show;
mod tell;
mod ticket;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/problems", Gate::Staff, list::show),
        Route::get("/problems/new", Gate::Staff, form::new),
        Route::post("/problems", Gate::Staff, form::open),
        Route::get("/problems/{number}", Gate::Staff, show::show),
        Route::get("/problems/{number}/edit", Gate::Staff, form::edit),
        Route::post("/problems/{number}", Gate::Staff, form::change),
        Route::post("/problems/{number}/state", Gate::Staff, deeds::state),
        Route::post("/problems/{number}/tickets", Gate::Staff, deeds::link),
        Route::post("/problems/{number}/tickets/remove", Gate::Staff, deeds::unlink),
        Route::get("/problems/{number}/tell", Gate::Staff, tell::show),
        Route::post("/problems/{number}/tell", Gate::Staff, tell::tell),
        Route::post("/problems/{number}/undo", Gate::Staff, deeds::undo),
        Route::post("/problems/groups/{id}/dismiss", Gate::Staff, deeds::dismiss),
        Route::post("/problems/groups/{id}/offer", Gate::Staff, deeds::offer),
        Route::get("/tickets/{number}/problem", Gate::Staff, ticket::show),
        Route::post("/tickets/{number}/problem", Gate::Staff, ticket::link),
    ]
}

use desk::problems::ProblemState;
use desk::words::Lang;

/// The colour of a state.
fn class_of(state: ProblemState) -> &'static str {
    match state {
        ProblemState::Open => "is-open",
        ProblemState::KnownError => "is-plum",
        ProblemState::FixFound | ProblemState::Solved => "is-ok",
        ProblemState::Closed => "is-wait",
    }
}

/// In the reader's language, else in the other.
fn either(lang: Lang, en: &str, fr: &str) -> String {
    let (own, other) = match lang {
        Lang::En => (en, fr),
        Lang::Fr => (fr, en),
    };
    if own.is_empty() { other } else { own }.to_string()
}
