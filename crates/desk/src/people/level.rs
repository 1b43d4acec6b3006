//! How far a member of the staff works without supervision, in the three steps of the occupation. Whoever has none said
//! works alone: a desk that does not use levels knows nothing of them. It is a word about a person: told to him, to
//! supervisors and to administrators, and to nobody else.

use db::{Read, Value, Write, args};
use serde_json::json;

use super::{audit, store};
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};

/// In the order of what a person may do alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Routine work under supervision.
    Basic,
    /// Most work alone, the rest with advice.
    Intermediate,
    /// Everything alone; looks after others.
    Advanced,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Basic, Level::Intermediate, Level::Advanced];

    /// 1, 2 or 3, as it is kept.
    pub fn number(self) -> i64 {
        match self {
            Level::Basic => 1,
            Level::Intermediate => 2,
            Level::Advanced => 3,
        }
    }

    pub fn of(number: i64) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.number() == number)
    }
}

impl db::Col for Level {
    fn read(value: Value) -> Option<Self> {
        i64::read(value).and_then(Level::of)
    }
}

impl From<Level> for Value<'_> {
    fn from(level: Level) -> Self {
        level.number().into()
    }
}

/// Whether somebody of this level is above a rule that holds up to the level `to`; who has none is above every rule.
pub fn works_alone_to(level: Option<Level>, to: Level) -> bool {
    level.is_none_or(|level| level > to)
}

/// The level without a policy: for the rules of other rooms.
pub(crate) fn level_now(r: &mut Read, person: PersonId) -> Result<Option<Level>> {
    let found: Option<Option<Level>> = r.maybe("SELECT level FROM person WHERE id = $1", &args![person])?;
    Ok(found.flatten())
}

/// The level, for those who may know it: supervisors, administrators, and the person. To others it is not there.
pub fn level_of(r: &mut Read, cx: &Context, id: PersonId) -> Result<Option<Level>> {
    access::require(&cx.viewer, Place::Desk)?;
    if cx.viewer.role < Role::Supervisor && cx.viewer.person != id {
        return Err(Error::NotFound);
    }
    level_now(r, id)
}

/// Whether the viewer may set this person's level: supervisors and administrators, of staff who stand no higher than
/// they do, never their own.
pub fn may_set_level(cx: &Context, id: PersonId, role: Role) -> bool {
    let senior = access::require(&cx.viewer, Place::DeskWrite).is_ok() && cx.viewer.role >= Role::Supervisor;
    senior && cx.viewer.person != id && role >= Role::Technician && role <= cx.viewer.role
}

/// A supervisor's or an administrator's word; `None` takes it back, and the person works alone again.
///
/// # Errors
/// `NotFound` for everybody else, `Conflict` for one's own level and for who stands higher, `Refused` ("level") for
/// a requester.
pub fn set_level(tx: &mut Write, cx: &Context, id: PersonId, level: Option<Level>) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    if cx.viewer.role < Role::Supervisor {
        return Err(Error::NotFound);
    }
    if cx.viewer.person == id {
        return Err(Error::Conflict("conflict-yourself"));
    }
    store::hold(tx, id)?;
    let person = store::load(tx, id)?;
    if person.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    if person.role < Role::Technician {
        return Err(Error::refused("level", "refused-not-a-technician"));
    }
    if !may_set_level(cx, id, person.role) {
        return Err(Error::Conflict("conflict-needs-admin"));
    }
    let was = level_now(tx, id)?;
    tx.exec(
        "UPDATE person SET level = $2, updated_at = $3 WHERE id = $1",
        &args![id, level, cx.now],
    )?;
    let (from, to) = (was.map(Level::number), level.map(Level::number));
    audit(tx, cx, "level", id, &json!({ "was": from, "is": to }).to_string())?;
    let data = json!({ "verb": "level", "from": from, "to": to }).to_string();
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(id.0).with(Some(data)))
}

/// Takes a level back that was just set, unless another was set since. `NotFound` for any other event.
pub fn undo_level(tx: &mut Write, cx: &Context, id: EventId) -> Result<PersonId> {
    let event = events::find(tx, id)?;
    let data: serde_json::Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
    let person = event.subject.map(PersonId).ok_or(Error::NotFound)?;
    if event.kind != EventKind::PersonChanged || data["verb"] != "level" {
        return Err(Error::NotFound);
    }
    let known = |name: &str| data[name].as_i64().and_then(Level::of);
    if cx.viewer.role >= Role::Supervisor {
        store::hold(tx, person)?;
        if level_now(tx, person)? != known("to") {
            return Err(Error::Conflict("conflict-changed-since"));
        }
    }
    set_level(tx, cx, person, known("from"))?;
    Ok(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_level_works_alone() {
        for (level, to, alone) in [
            (None, Level::Advanced, true),
            (Some(Level::Basic), Level::Basic, false),
            (Some(Level::Intermediate), Level::Basic, true),
            (Some(Level::Intermediate), Level::Intermediate, false),
            (Some(Level::Advanced), Level::Intermediate, true),
            (Some(Level::Advanced), Level::Advanced, false),
        ] {
            assert_eq!(works_alone_to(level, to), alone, "{level:?} under a rule to {to:?}");
        }
    }
}
