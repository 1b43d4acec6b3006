//! Roles as the field names them: the unit groups of Canada's National Occupational Classification in English and
//! French, the job titles and duties of the work this desk is for, where an escalation belongs, the title a person has
//! and the job description of a team.
//!
//! The words are those of the classification (`data/noc`) and are shown as they are, with the line of their licence.
//! Never here: what somebody earns (see `wages`, which knows no person).

mod describe;
mod directory;
mod give;
mod lookup;
mod paths;
mod store;
mod undo;

pub use describe::{Description, describe, description};
pub use directory::{ESCALATIONS, Escalation, Group, Job, OURS, Ours, former, group, is_ours, neighbours, ours};
pub use give::{NewTitle, Titled, give, of, take};
pub use lookup::{Hit, MOST_HITS, look_up};
pub use paths::{PATHS, Path};
pub use undo::{Undone, undo};
