//! `/escalations`: work handed over with its packet; what waits for one's team, what came back, what was sent out; and on
//! each ticket the form that hands it over.

mod deeds;
mod form;
mod list;
mod names;
mod on_ticket;
mod show;

pub(crate) use on_ticket::{Handed, handed};

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/escalations", Gate::Staff, list::show),
        Route::post("/escalations/undo", Gate::Staff, deeds::undo),
        Route::get("/escalations/{id}", Gate::Staff, show::show),
        Route::post("/escalations/{id}/accept", Gate::Staff, deeds::accept),
        Route::post("/escalations/{id}/return", Gate::Staff, deeds::send_back),
        Route::get("/tickets/{number}/escalate", Gate::Staff, form::show),
        Route::post("/tickets/{number}/escalate", Gate::Staff, form::send),
    ]
}
