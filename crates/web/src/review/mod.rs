//! `/team/review`: what waits for a senior before it is sent, one of them whole, and the rules that say what waits.

mod deeds;
mod list;
mod rules;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team/review", Gate::Staff, list::show),
        Route::get("/team/review/rules", Gate::Staff, rules::show),
        Route::post("/team/review/rules", Gate::Staff, rules::change),
        Route::post("/team/review/rules/undo", Gate::Staff, rules::undo),
        Route::get("/team/review/{id}", Gate::Staff, show::show),
        Route::post("/team/review/{id}/deed", Gate::Staff, deeds::act),
        Route::post("/team/review/{id}/undo", Gate::Staff, deeds::undo),
    ]
}
