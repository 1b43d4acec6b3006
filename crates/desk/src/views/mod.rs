//! Views: saved questions over the fields of a ticket. The four standard ones are the desk's side bar; people and teams
//! save their own, written clause by clause in plain words.

mod clause;
mod condition;
mod favourite;
mod key;
mod remove;
mod save;
mod standard;
mod store;

pub use clause::{Clause, Fault, Field, Question, Shape};
pub(crate) use condition::like;
pub use condition::{Condition, Who};
pub use favourite::{keep, let_go};
pub use key::ViewKey;
pub use remove::{remove, restore};
pub use save::{NewView, add, change};
pub use standard::Standard;
pub use store::{MOST_FAVOURITES, SavedView, favourites, find, list, resolve};
