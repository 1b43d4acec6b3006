//! What the people of the desk can do: six areas at three levels, as a person says of himself and as his lead says of
//! him, with skills of the desk's own, certifications, and what his tickets show.
//!
//! All of it is private: a person reads his own, and whoever leads one of his teams reads it. Nobody is ranked.

mod area;
mod certification;
mod evidence;
mod lead;
mod matrix;
mod own;
mod remind;
mod skills;
mod target;
mod tell;
mod who;

pub use area::{Answer, Answers, Area, EACH, Level, Levels, Statement, level_of};
pub use certification::{
    Certification, NewCertification, add_certification, certifications, edit_certification, remove_certification,
    restore_certification,
};
pub use evidence::{Solved, solved};
pub use lead::{Said, assess, said_of, support_level};
pub use matrix::{Line, TeamMatrix, matrix};
pub use own::{Finished, Sheet, answer, begin, finish, finished, open};
pub use remind::remind_when_due;
pub use skills::{NewSkill, Rated, Skill, add_skill, edit_skill, rate, rated, retire_skill, skills};
pub use target::{Target, Targets, set_targets, target_of};
pub(crate) use who::assessed;
pub use who::{Member, is_led, led, seen};
