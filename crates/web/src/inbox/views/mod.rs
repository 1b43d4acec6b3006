//! `/inbox/views`: the views people and teams have saved, and the page on which one is written clause by clause, with
//! the number of tickets it finds as it changes.

mod deeds;
mod edit;
mod form;
mod list;

use crate::routes::{Gate, Route};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/inbox/views", Gate::Staff, list::show),
        Route::get("/inbox/views/new", Gate::Staff, edit::new),
        Route::post("/inbox/views", Gate::Staff, edit::add),
        Route::post("/inbox/views/draft", Gate::Staff, edit::draft),
        Route::get("/inbox/views/{id}/edit", Gate::Staff, edit::show),
        Route::post("/inbox/views/{id}", Gate::Staff, edit::change),
        Route::post("/inbox/views/{id}/remove", Gate::Staff, deeds::remove),
        Route::post("/inbox/views/{id}/restore", Gate::Staff, deeds::restore),
        Route::post("/inbox/views/{id}/keep", Gate::Staff, deeds::keep),
        Route::post("/inbox/views/{id}/let-go", Gate::Staff, deeds::let_go),
    ]
}
