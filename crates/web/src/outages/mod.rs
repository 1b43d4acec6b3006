//! `/outages`: what does not work for many, what is said of it in both languages, the tickets it explains, and the one
//! answer to all of them.

mod deeds;
mod form;
mod list;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/outages", Gate::Staff, list::show),
        Route::get("/outages/new", Gate::Staff, form::blank),
        Route::post("/outages", Gate::Staff, form::add),
        Route::post("/outages/undo", Gate::Staff, deeds::undo),
        Route::get("/outages/{number}", Gate::Staff, show::show),
        Route::get("/outages/{number}/edit", Gate::Staff, form::show),
        Route::post("/outages/{number}/edit", Gate::Staff, form::edit),
        Route::post("/outages/{number}/deed", Gate::Staff, deeds::act),
    ]
}
