//! `/people`: everybody the desk knows, found by name, address or number; one person with their requests.

mod edit;
mod level;
mod list;
mod new;
mod show;

pub(crate) use show::role_key;

use crate::routes::{Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/people", Gate::Staff, list::show),
        Route::get("/people/new", Gate::Staff, new::show),
        Route::post("/people", Gate::Staff, new::submit),
        Route::get("/people/{id}", Gate::Staff, show::show),
        Route::get("/people/{id}/edit", Gate::Staff, edit::show),
        Route::post("/people/{id}", Gate::Staff, edit::submit),
        Route::post("/people/{id}/merge", Gate::Staff, edit::merge),
        Route::post("/people/{id}/unmerge", Gate::Staff, edit::unmerge),
        Route::post("/people/{id}/level", Gate::Staff, level::set),
        Route::post("/people/{id}/level/undo", Gate::Staff, level::undo),
        Route::post("/people/{id}/role", Gate::Admin, edit::role),
        Route::post("/people/{id}/suspend", Gate::Staff, edit::suspend),
        Route::post("/people/{id}/unsuspend", Gate::Staff, edit::unsuspend),
    ]
}
