//! `/team`: the live board of a team, as a sentence, five figures and what stands behind them. Never a rank of people.

mod page;
mod plot;
mod words;

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/team", Gate::Staff, page::show)]
}
