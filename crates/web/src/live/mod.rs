//! Live pages: one stream a browser, telling which pages changed. The page then fetches itself again, so there is one
//! way of rendering. What a viewer may not see is not even hinted at.

mod hub;
mod stream;
mod topic;

pub use hub::Hub;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/live", Gate::Staff, stream::show).class(Class::Stream)]
}
