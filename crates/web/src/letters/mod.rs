//! `/letters`: the ledger. Every letter that came, its state and why; held ones can be let in; each can be read as it
//! was sent, in a sandbox.

mod deeds;
mod list;
mod show;

pub(crate) use list::state_key;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/letters", Gate::Staff, list::show),
        Route::get("/letters/{id}", Gate::Staff, show::show),
        Route::get("/letters/{id}/frame", Gate::Staff, show::frame).class(Class::Letter),
        Route::get("/letters/{id}/raw", Gate::Staff, show::raw).class(Class::Download),
        Route::post("/letters/{id}/release", Gate::Staff, deeds::release),
        Route::post("/letters/dismiss", Gate::Staff, deeds::dismiss_all),
        Route::post("/letters/{id}/dismiss", Gate::Staff, deeds::dismiss),
        Route::post("/letters/{id}/read-again", Gate::Staff, deeds::read_again),
    ]
}
