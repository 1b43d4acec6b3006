//! The API for programs: JSON under `/api/firstline/v1`, a Bearer token, RFC 9457 problems, cursors for paging,
//! `Idempotency-Key` for safe repeating. Its description is made from the handlers and served beside them.

mod body;
mod changes;
mod clock;
mod escalations;
mod events;
mod letters;
mod mailboxes;
mod once;
mod openapi;
mod paging;
mod problem;
mod search;
mod suggestions;
mod tickets;
mod token;

pub(crate) use once::{digest, once};
pub(crate) use problem::{busy, nothing_here, wrong_method};

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    let mut all = vec![
        data(Route::get(
            "/api/firstline/v1/openapi.json",
            Gate::Public,
            openapi::show,
        )),
        data(Route::get("/api/firstline/v1/tickets", Gate::Token, tickets::list)),
        data(Route::post("/api/firstline/v1/tickets", Gate::Token, tickets::open)),
        data(Route::get(
            "/api/firstline/v1/tickets/{number}",
            Gate::Token,
            tickets::show,
        )),
        data(Route::get(
            "/api/firstline/v1/tickets/{number}/clock",
            Gate::Token,
            clock::show,
        )),
        data(Route::get("/api/firstline/v1/search", Gate::Token, search::show)),
        data(Route::get("/api/firstline/v1/letters", Gate::Token, letters::list)),
        data(Route::get("/api/firstline/v1/letters/{id}", Gate::Token, letters::show)),
        data(Route::get(
            "/api/firstline/v1/letters/{id}/raw",
            Gate::Token,
            letters::raw,
        )),
        data(Route::get("/api/firstline/v1/mailboxes", Gate::Token, mailboxes::list)),
        data(Route::get("/api/firstline/v1/events", Gate::Token, events::list)),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/resend",
            Gate::Token,
            tickets::resend,
        )),
    ];
    all.extend(deeds());
    all.extend(likely());
    all.extend(the_log());
    all.extend(handed_over());
    all.extend(with_letters());
    all
}

fn data(route: Route) -> Route {
    route.class(Class::Data)
}

/// What is likely to solve a problem.
fn likely() -> Vec<Route> {
    vec![
        data(Route::post(
            "/api/firstline/v1/suggestions",
            Gate::Token,
            suggestions::ask,
        )),
        data(Route::get(
            "/api/firstline/v1/tickets/{number}/suggestions",
            Gate::Token,
            suggestions::of_ticket,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/suggestions/use",
            Gate::Token,
            suggestions::use_on,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/suggestions/dismiss",
            Gate::Token,
            suggestions::dismiss,
        )),
    ]
}

/// The log of changes.
fn the_log() -> Vec<Route> {
    vec![
        data(Route::get("/api/firstline/v1/changes", Gate::Token, changes::list)),
        data(Route::post("/api/firstline/v1/changes", Gate::Token, changes::open)),
        data(Route::get(
            "/api/firstline/v1/changes/{number}",
            Gate::Token,
            changes::show,
        )),
    ]
}

/// Work handed over.
fn handed_over() -> Vec<Route> {
    vec![
        data(Route::get(
            "/api/firstline/v1/tickets/{number}/escalations",
            Gate::Token,
            escalations::of_ticket,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/escalations",
            Gate::Token,
            escalations::hand_over,
        )),
        data(Route::post(
            "/api/firstline/v1/escalations/{id}/accept",
            Gate::Token,
            escalations::accept,
        )),
        data(Route::post(
            "/api/firstline/v1/escalations/{id}/return",
            Gate::Token,
            escalations::send_back,
        )),
    ]
}

/// What is done with one letter.
fn with_letters() -> Vec<Route> {
    vec![
        data(Route::post(
            "/api/firstline/v1/letters/{id}/release",
            Gate::Token,
            letters::deeds::release,
        )),
        data(Route::post(
            "/api/firstline/v1/letters/{id}/dismiss",
            Gate::Token,
            letters::deeds::dismiss,
        )),
        data(Route::post(
            "/api/firstline/v1/letters/{id}/read-again",
            Gate::Token,
            letters::deeds::read_again,
        )),
    ]
}

/// What is done to one ticket.
fn deeds() -> Vec<Route> {
    vec![
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/replies",
            Gate::Token,
            tickets::reply,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/notes",
            Gate::Token,
            tickets::note,
        )),
        data(Route::put(
            "/api/firstline/v1/tickets/{number}/assignee",
            Gate::Token,
            tickets::assign,
        )),
        data(Route::put(
            "/api/firstline/v1/tickets/{number}/solution",
            Gate::Token,
            tickets::solve,
        )),
        data(Route::delete(
            "/api/firstline/v1/tickets/{number}/solution",
            Gate::Token,
            tickets::reopen,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/steps",
            Gate::Token,
            tickets::steps::add,
        )),
        data(Route::put(
            "/api/firstline/v1/tickets/{number}/steps/{id}",
            Gate::Token,
            tickets::steps::tick,
        )),
        data(Route::put(
            "/api/firstline/v1/tickets/{number}/fields",
            Gate::Token,
            tickets::fill,
        )),
        data(Route::post(
            "/api/firstline/v1/tickets/{number}/split",
            Gate::Token,
            tickets::split,
        )),
        data(Route::put(
            "/api/firstline/v1/tickets/{number}/snooze",
            Gate::Token,
            tickets::snooze,
        )),
        data(Route::delete(
            "/api/firstline/v1/tickets/{number}/snooze",
            Gate::Token,
            tickets::wake,
        )),
    ]
}
