//! `/changes`: the log of changes, as a list and as a calendar; one line for a small change, a plan for a large one; and
//! on each ticket what changed before it broke.

mod before;
mod calendar;
mod deeds;
mod form;
mod list;
mod marks;
mod show;
mod visit;

pub(crate) use visit::{Back, Typed, Visit, to};

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/changes", Gate::Staff, list::show),
        Route::post("/changes", Gate::Staff, list::log),
        Route::get("/changes/calendar", Gate::Staff, calendar::show),
        Route::get("/changes/new", Gate::Staff, form::blank),
        Route::post("/changes/new", Gate::Staff, form::add),
        Route::post("/changes/rule", Gate::Admin, deeds::rule),
        Route::post("/changes/undo", Gate::Staff, deeds::undo),
        Route::get("/changes/{number}", Gate::Staff, show::show),
        Route::get("/changes/{number}/edit", Gate::Staff, form::show),
        Route::post("/changes/{number}/edit", Gate::Staff, form::edit),
        Route::post("/changes/{number}/deed", Gate::Staff, deeds::act),
        Route::get("/tickets/{number}/before", Gate::Staff, before::show),
    ]
}
