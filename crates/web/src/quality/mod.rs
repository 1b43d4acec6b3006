//! `/team/qa`: reviews of solved tickets, for the person and the leads of his team. To others they are not there.

mod deeds;
mod list;
mod names;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team/qa", Gate::Staff, list::show),
        Route::post("/team/qa/pick", Gate::Staff, list::pick),
        Route::post("/team/qa/rules", Gate::Staff, list::add_rule),
        Route::post("/team/qa/rules/{id}/end", Gate::Staff, deeds::end_rule),
        Route::post("/team/qa/rules/{id}/resume", Gate::Staff, deeds::resume_rule),
        Route::get("/team/qa/{id}", Gate::Staff, show::show),
        Route::post("/team/qa/{id}", Gate::Staff, show::fill),
        Route::post("/team/qa/{id}/drop", Gate::Staff, deeds::drop_review),
        Route::post("/team/qa/{id}/restore", Gate::Staff, deeds::restore),
    ]
}
