//! Coaching: goals that were agreed and notes both can see, for one person and those who lead him. To everybody else they
//! are not there, administrators included. Never a rank, and no figure of what somebody did.

mod goal;
mod note;
mod show;

pub use goal::{Goal, add_goal, reach_goal, remove_goal, reopen_goal, restore_goal};
pub use note::{Note, Version, add_note, edit_note, remove_note, restore_note};
pub use show::{Coaching, led, person_of_goal, person_of_note, show};

use db::{Read, args};

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId};

/// Letters of a goal or a note.
const WORDS: usize = 4_000;

/// The person himself, and whoever leads a team of his; to others it is not there.
fn admit(r: &mut Read, cx: &Context, person: PersonId, place: Place) -> Result<()> {
    access::require(&cx.viewer, place)?;
    if person == cx.viewer.person {
        return Ok(());
    }
    let teams: Vec<TeamId> = r.query(
        "SELECT m.team FROM membership m JOIN person p ON p.id = m.person WHERE m.person = $1 AND p.role <> 'requester'",
        &args![person],
    )?;
    let leads = teams.iter().any(|team| cx.viewer.leads.contains(team));
    if leads { Ok(()) } else { Err(Error::NotFound) }
}
