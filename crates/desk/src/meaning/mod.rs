//! Meaning: texts of the desk as points of a model that the house has on its own disk. Optional: without a model nothing
//! here runs, and suggestions go by words and by what helped before.
//!
//! Points are derived from the rows and kept in a file of their own beside the model. Every node reckons its own, in the
//! background, and what it has not reckoned yet is found by words. Nothing leaves the machine.

mod follow;
mod models;
mod points;
mod room;
mod said;

pub use ::meaning::{Refusal as Unfit, Wrong};
pub use follow::{catch_up, run};
pub use models::{Kept, Models, NotKept};
pub(crate) use room::Usual;
pub use room::{Meant, Room, Status};
