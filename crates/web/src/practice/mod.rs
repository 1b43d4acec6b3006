//! `/team/practice`: solved tickets worked once more, without what names anybody, and compared with what was done.

mod list;
mod show;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team/practice", Gate::Staff, list::show),
        Route::post("/team/practice", Gate::Staff, list::give),
        Route::get("/team/practice/{id}", Gate::Staff, show::show),
        Route::post("/team/practice/{id}", Gate::Staff, show::work),
        Route::post("/team/practice/{id}/learnt", Gate::Staff, show::learnt),
        Route::post("/team/practice/{id}/comment", Gate::Staff, show::comment),
        Route::post("/team/practice/{id}/remove", Gate::Staff, show::remove),
        Route::post("/team/practice/{id}/restore", Gate::Staff, show::restore),
    ]
}
