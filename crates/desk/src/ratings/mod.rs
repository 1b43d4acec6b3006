//! How it went, in the requester's own word: good or not, with or without more. Asked once a solving, changeable for 30
//! days, and never a figure about one technician.

mod find;
mod rate;
mod rating;

pub use find::{Round, of_tickets, round};
pub use rate::rate;
pub use rating::{NewRating, RATED_FOR, Rated, Rating, RatingAnswer};
