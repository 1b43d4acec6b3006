//! `/kb`: articles as the staff see them. The list and what was looked for in vain; one article in both languages, passage
//! beside passage; writing it; its versions; and articles as files. Readers have pages of their own on the portal.

mod about;
mod care;
mod deeds;
mod diff;
mod edit;
mod exchange;
mod fields;
mod files;
mod from_ticket;
mod list;
mod load;
mod marks;
mod new;
mod show;
mod versions;

use crate::routes::{Class, Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/kb", Gate::Staff, list::show),
        Route::post("/kb", Gate::Staff, new::begin),
        Route::get("/kb/new", Gate::Staff, new::blank),
        Route::get("/kb/import", Gate::Staff, exchange::ask),
        Route::post("/kb/import", Gate::Staff, exchange::import).with_files(),
        Route::get("/kb/export", Gate::Staff, exchange::export_all).class(Class::Download),
        Route::get("/kb/files/{id}", Gate::Staff, files::download).class(Class::Download),
        Route::post("/kb/files/{id}/remove", Gate::Staff, files::remove),
        Route::post("/kb/files/{id}/read-again", Gate::Staff, files::read_again),
        Route::get("/kb/{id}", Gate::Staff, show::show),
        Route::get("/kb/{id}/edit", Gate::Staff, edit::show),
        Route::post("/kb/{id}/edit", Gate::Staff, edit::write),
        Route::post("/kb/{id}/files", Gate::Staff, files::add).with_files(),
        Route::post("/kb/{id}/deed", Gate::Staff, deeds::act),
        Route::post("/kb/{id}/care", Gate::Staff, care::change),
        Route::post("/kb/{id}/undo", Gate::Staff, deeds::undo),
        Route::get("/kb/{id}/versions", Gate::Staff, versions::show),
        Route::post("/kb/{id}/restore", Gate::Staff, versions::restore),
        Route::get("/kb/{id}/export", Gate::Staff, exchange::export).class(Class::Download),
        Route::post("/tickets/{number}/article", Gate::Staff, from_ticket::draft),
    ]
}
