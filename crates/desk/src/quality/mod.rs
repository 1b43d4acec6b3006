//! Reviews of solved tickets: some are drawn by rule or picked by hand, and a lead answers five plain questions about each.
//! What was said is for the person and the leads of that team, and for nobody else: to others it is not there. A team
//! sees itself as a whole, once there is enough of it; nobody is compared with anybody.

mod fill;
mod list;
mod pick;
mod review;
mod rule;
mod sample;
mod store;
mod trend;

pub use fill::{Filled, drop_review, fill, restore};
pub(crate) use list::about_person;
pub use list::{about_me, done_of_team, find, queue};
pub use pick::pick;
pub use review::{Answer, Question, Review, State};
pub use rule::{NewRule, Rule, add_rule, end_rule, resume_rule, rules};
pub(crate) use sample::sample;
pub use trend::{LEAST, Share, Trend, of_person, of_team};
