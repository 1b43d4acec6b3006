//! What every verb is told besides its own arguments: who asks, when, and the house rules in force.

use std::sync::Arc;

use crate::access::Viewer;
use crate::clock::Time;
use crate::house::House;

#[derive(Clone, Debug)]
pub struct Context {
    pub viewer: Viewer,
    pub now: Time,
    pub house: Arc<House>,
    /// Names the request of the browser that made the change, so that its own page need not refresh twice.
    pub request: Option<String>,
}
