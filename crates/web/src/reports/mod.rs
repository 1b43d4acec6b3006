//! `/reports`: what came in and what became of it: a sentence, a chart drawn here, tables, CSV, paper, and by mail. Sums
//! of teams, topics and channels; never of a person.

mod asked;
mod chart;
mod csv;
mod index;
mod mailed;
mod show;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    let csv = |path| Route::get(path, Gate::Staff, csv::show).class(Class::Download);
    vec![
        Route::get("/reports", Gate::Staff, index::show),
        Route::get("/reports/{name}", Gate::Staff, show::show),
        csv("/reports/volume.csv"),
        csv("/reports/first-reply.csv"),
        csv("/reports/time-to-solve.csv"),
        csv("/reports/backlog.csv"),
        csv("/reports/reopened.csv"),
        csv("/reports/first-contact.csv"),
        csv("/reports/satisfaction.csv"),
        Route::post("/reports/{name}/subscriptions", Gate::Staff, mailed::subscribe),
        Route::post("/reports/subscriptions/{id}/end", Gate::Staff, mailed::unsubscribe),
    ]
}
