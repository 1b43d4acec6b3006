//! Views: saved questions over the fields of a ticket, with AND, OR and groups. The four standard ones are the desk's
//! side bar.

mod condition;
mod standard;

pub use condition::{Condition, Who};
pub use standard::Standard;
