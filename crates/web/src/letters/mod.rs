//! `/letters`: the ledger. Every letter that came, its state and why; held ones can be let in, filed ones moved, and
//! each deed taken back; each can be read as it was sent, in a sandbox, and its files be had.

mod deeds;
mod files;
mod heaps;
mod list;
mod marks;
mod place;
mod show;
mod toast;

pub(crate) use list::state_key;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/letters", Gate::Staff, list::show),
        Route::get("/letters/{id}", Gate::Staff, show::show),
        Route::get("/letters/{id}/frame", Gate::Staff, files::frame).class(Class::Letter),
        Route::get("/letters/{id}/raw", Gate::Staff, files::raw).class(Class::Download),
        Route::get("/letters/{id}/files/{place}", Gate::Staff, files::file).class(Class::Download),
        Route::post("/letters/{id}/release", Gate::Staff, deeds::release),
        Route::post("/letters/{id}/move", Gate::Staff, deeds::move_letter),
        Route::post("/letters/dismiss", Gate::Staff, deeds::dismiss_all),
        Route::post("/letters/heap/release", Gate::Staff, heaps::release),
        Route::post("/letters/heap/dismiss", Gate::Staff, heaps::dismiss),
        Route::post("/letters/undo", Gate::Staff, deeds::undo),
        Route::post("/letters/{id}/dismiss", Gate::Staff, deeds::dismiss),
        Route::post("/letters/{id}/read-again", Gate::Staff, deeds::read_again),
    ]
}
