//! `/counter`: who came in person and waits. Two fields note somebody; "Take next" opens his ticket.

mod deeds;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/counter", Gate::Staff, show::show),
        Route::post("/counter", Gate::Staff, deeds::arrive),
        Route::post("/counter/take", Gate::Staff, deeds::take),
        Route::post("/counter/leave", Gate::Staff, deeds::leave),
        Route::post("/counter/back", Gate::Staff, deeds::come_back),
    ]
}
