//! `/titles`: roles as the field names them: looked up, given to people, shown with their duties and neighbours, printed
//! as the job description of a team, and where the work leads.

mod deeds;
mod description;
mod list;
mod paths;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/titles", Gate::Staff, list::show),
        Route::get("/titles/paths", Gate::Staff, paths::show),
        Route::post("/titles/give", Gate::Staff, deeds::give),
        Route::post("/titles/take", Gate::Staff, deeds::take),
        Route::post("/titles/undo", Gate::Staff, deeds::undo),
        Route::get("/titles/{code}", Gate::Staff, show::show),
        Route::get("/titles/{code}/description", Gate::Staff, description::show),
        Route::post("/titles/{code}/description", Gate::Staff, description::write),
    ]
}
