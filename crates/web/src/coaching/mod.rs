//! `/team/people/{id}`: goals and notes of one person, for him and those who lead him. To others it is not there.

mod deeds;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team/people/{id}", Gate::Staff, show::show),
        Route::post("/team/people/{id}/goals", Gate::Staff, show::add_goal),
        Route::post("/team/people/{id}/notes", Gate::Staff, show::add_note),
        Route::post("/team/goals/{id}", Gate::Staff, deeds::goal),
        Route::post("/team/notes/{id}", Gate::Staff, deeds::note),
        Route::post("/team/notes/{id}/edit", Gate::Staff, show::edit_note),
    ]
}
