//! `/admin/canned`: words kept for the next time, in both languages side by side. Whoever may read one sees it; whoever
//! may change it gets the form.

mod deeds;
mod example;
mod form;
mod list;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/canned", Gate::Staff, list::show),
        Route::get("/admin/canned/new", Gate::Staff, form::new),
        Route::post("/admin/canned", Gate::Staff, form::add),
        Route::get("/admin/canned/{id}", Gate::Staff, form::show),
        Route::post("/admin/canned/{id}", Gate::Staff, form::change),
        Route::post("/admin/canned/{id}/retire", Gate::Staff, deeds::retire),
        Route::post("/admin/canned/{id}/restore", Gate::Staff, deeds::restore),
    ]
}
