//! What a problem must be before it is kept.

use db::{Read, args};

use super::problem::{NewProblem, Part};
use crate::access::Role;
use crate::error::{Checks, Result};
use crate::ids::{PersonId, TopicId};

const MOST_TITLE: usize = 250;
const MOST_TEXT: usize = 20_000;

/// As it will be kept: without the room around the words. A title in one language is enough to begin with.
pub(super) fn checked(r: &mut Read, given: &NewProblem, before: Option<&NewProblem>) -> Result<NewProblem> {
    let mut new = given.clone();
    let mut checks = Checks::default();
    for (part, field, text) in new.texts() {
        *text = text.trim().to_string();
        let most = if part == Part::Title { MOST_TITLE } else { MOST_TEXT };
        checks.at_most(text, most, field);
        if part == Part::Title {
            checks.check(!text.chars().any(char::is_control), field, "refused-characters");
        }
    }
    let titled = !new.title_en.is_empty() || !new.title_fr.is_empty();
    checks.check(titled, "title_en", "refused-empty");
    let helps = [&new.workaround_en, &new.workaround_fr, &new.fix_en, &new.fix_fr];
    let says_what_helps = helps.iter().any(|text| !text.is_empty());
    checks.check(!new.public || says_what_helps, "public", "refused-public-words");
    // What stands stays, though he may have gone and the topic been retired since.
    let kept = |same: fn(&NewProblem) -> Option<i64>| before.is_some_and(|was| same(was) == same(&new));
    if let Some(owner) = new.owner.filter(|_| !kept(|p| p.owner.map(|id| id.0))) {
        checks.check(is_technician(r, owner)?, "owner", "refused-not-a-technician");
    }
    if let Some(topic) = new.topic.filter(|_| !kept(|p| p.topic.map(|id| id.0))) {
        checks.check(is_topic(r, topic)?, "topic", "refused-no-such-topic");
    }
    checks.done()?;
    Ok(new)
}

fn is_technician(r: &mut Read, person: PersonId) -> Result<bool> {
    let role: Option<Role> = r.maybe(
        "SELECT role FROM person WHERE id = $1 AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    Ok(role.is_some_and(|role| role >= Role::Technician))
}

fn is_topic(r: &mut Read, topic: TopicId) -> Result<bool> {
    let found: Option<TopicId> = r.maybe("SELECT id FROM topic WHERE id = $1 AND NOT retired", &args![topic])?;
    Ok(found.is_some())
}
