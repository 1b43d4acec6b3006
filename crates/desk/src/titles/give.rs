//! The title somebody of the staff has, as the field names his work.

use db::{Read, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::directory::{group, is_ours, ours};
use super::store;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId};
use crate::people;
use crate::words::Lang;

/// A group of the directory and one of its job titles, with the language it is in; without words the group's own title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Titled {
    pub code: String,
    pub words: String,
    pub lang: Lang,
}

impl Titled {
    /// The words to show, and their language, to somebody who reads this one.
    pub fn said(&self, lang: Lang) -> (String, Lang) {
        let of_group = || group(&self.code).map(|group| group.title.of(lang).to_string());
        match self.words.as_str() {
            "" => (of_group().unwrap_or_else(|| self.code.clone()), lang),
            words => (words.to_string(), self.lang),
        }
    }
}

/// A title as it was chosen.
#[derive(Clone, Debug, Default)]
pub struct NewTitle {
    pub code: String,
    /// One of the group's job titles, or nothing for the group's own.
    pub words: String,
}

/// The title a person has, for the staff.
pub fn of(r: &mut Read, cx: &Context, person: PersonId) -> Result<Option<Titled>> {
    access::require(&cx.viewer, Place::Desk)?;
    store::title_of(r, person)
}

/// Supervisors and administrators give it, to whoever is on the staff.
pub fn give(tx: &mut Write, cx: &Context, person: PersonId, new: &NewTitle) -> Result<EventId> {
    let before = held(tx, cx, person)?;
    let title = chosen(new)?;
    set(tx, cx, person, before.as_ref(), Some(&title))
}

/// He has none any more.
pub fn take(tx: &mut Write, cx: &Context, person: PersonId) -> Result<EventId> {
    let before = held(tx, cx, person)?;
    set(tx, cx, person, before.as_ref(), None)
}

/// What stands, once nobody else can change it.
pub(super) fn held(tx: &mut Write, cx: &Context, person: PersonId) -> Result<Option<Titled>> {
    if !access::may_lead(&cx.viewer) {
        return Err(Error::NotFound);
    }
    tx.hold_name("titles")?;
    let found = people::find_visible(tx, cx, person);
    let staff = found
        .as_ref()
        .is_ok_and(|person| person.role > Role::Requester && person.merged_into.is_none());
    match found {
        Err(Error::NotFound) => Err(Error::refused("person", "refused-no-such-person")),
        Err(other) => Err(other),
        Ok(_) if !staff => Err(Error::refused("person", "refused-title-staff")),
        Ok(_) => store::title_of(tx, person),
    }
}

fn chosen(new: &NewTitle) -> Result<Titled> {
    let none = || Error::refused("title", "refused-no-such-title");
    let group = group(&new.code).ok_or_else(none)?;
    let job = ours()
        .jobs
        .iter()
        .find(|job| is_ours(&group.code) && job.words == new.words);
    if job.is_none() && !new.words.is_empty() {
        return Err(none());
    }
    Ok(Titled {
        code: group.code.clone(),
        words: new.words.clone(),
        lang: job.map_or(Lang::En, |job| job.lang),
    })
}

pub(super) fn set(
    tx: &mut Write,
    cx: &Context,
    person: PersonId,
    before: Option<&Titled>,
    after: Option<&Titled>,
) -> Result<EventId> {
    store::set_title(tx, cx, person, after)?;
    let data = json!({ "title": [before, after] }).to_string();
    let fact = Fact::new(EventKind::PersonTitled).about(person.0);
    events::record(tx, cx, fact.with(Some(data)))
}
