//! `/services`: the catalogue of what the desk supports, with how each does now. Administrators keep it.

mod form;
mod list;

pub(crate) use list::mark;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/services", Gate::Staff, list::show),
        Route::get("/services/new", Gate::Admin, form::blank),
        Route::post("/services", Gate::Admin, form::add),
        Route::post("/services/undo", Gate::Admin, form::undo),
        Route::get("/services/{id}/edit", Gate::Admin, form::show),
        Route::post("/services/{id}", Gate::Admin, form::edit),
        Route::post("/services/{id}/retire", Gate::Admin, form::retire),
        Route::post("/services/{id}/restore", Gate::Admin, form::restore),
    ]
}
