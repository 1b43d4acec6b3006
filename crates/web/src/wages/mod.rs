//! `/wages`: planning with the wages of the work: what a ticket, an outage and cover cost, by region. For administrators
//! and the supervisors they allow; for everybody else there is nothing here, and no other page shows a wage.

mod export;
mod import;
mod plan;
mod rules;
mod sums;

use crate::routes::{Class, Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/wages", Gate::Staff, plan::show),
        Route::get("/wages/table.csv", Gate::Staff, export::show).class(Class::Download),
        Route::get("/wages/import", Gate::Admin, import::ask),
        Route::post("/wages/import", Gate::Admin, import::submit).with_files(),
        Route::post("/wages/before", Gate::Admin, rules::bring_back),
        Route::post("/wages/planners", Gate::Admin, rules::planner),
    ]
}
