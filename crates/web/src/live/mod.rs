//! Live pages: one stream a browser, telling which pages changed. The page then fetches itself again, so there is one
//! way of rendering. What a viewer may not see is not even hinted at. Who else looks is the one thing that is told
//! whole, since it is a face and a word.

mod company;
mod hub;
mod presence;
mod stream;
mod topic;

pub(crate) use company::Company;
pub use hub::Hub;
pub(crate) use hub::News;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![Route::get("/live", Gate::Staff, stream::show).class(Class::Stream)]
}
