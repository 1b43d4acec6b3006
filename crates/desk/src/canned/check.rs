//! What a canned reply must be before it is kept.

use db::{Read, args};

use super::fill::unknown;
use super::reply::NewCanned;
use crate::access;
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::ids::{CannedId, TeamId};

const MOST_NAME: usize = 100;
const MOST_WORD: usize = 40;
const MOST_TEXT: usize = 20_000;

db::table! {
    struct Taken { id: CannedId, team: Option<TeamId> }
}

/// As it will be kept: without the slash and the room around the words.
pub(super) fn checked(r: &mut Read, cx: &Context, id: Option<CannedId>, given: &NewCanned) -> Result<NewCanned> {
    let new = NewCanned {
        name: given.name.trim().to_string(),
        word: given.word.trim().trim_start_matches('/').to_lowercase(),
        text_en: given.text_en.trim().to_string(),
        text_fr: given.text_fr.trim().to_string(),
        team: given.team,
    };
    let mut checks = Checks::default();
    checks.text(&new.name, MOST_NAME, "name").check(
        !new.name.chars().any(char::is_control),
        "name",
        "refused-characters",
    );
    if is_word(&new.word) {
        let free = !is_taken(r, id, &new.word, new.team)?;
        checks.check(free, "word", "refused-word-taken");
    } else {
        checks.check(false, "word", "refused-word");
    }
    if new.text_en.is_empty() && new.text_fr.is_empty() {
        checks.check(false, "text_en", "refused-empty");
    }
    for (text, field) in [(&new.text_en, "text_en"), (&new.text_fr, "text_fr")] {
        checks
            .at_most(text, MOST_TEXT, field)
            .check(unknown(text).is_empty(), field, "refused-variable");
    }
    let known = new.team.is_none_or(|team| is_team(r, team).unwrap_or(false));
    let may = known && access::may_change_canned(&cx.viewer, new.team);
    checks.check(may, "team", "refused-canned-team");
    checks.done()?;
    Ok(new)
}

/// Letters and digits, with hyphens between: what can be typed without a pause.
fn is_word(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !word.is_empty() && word.chars().count() <= MOST_WORD && word.chars().all(plain)
}

/// Another one of the same team, in use, has this word.
pub(super) fn is_taken(r: &mut Read, id: Option<CannedId>, word: &str, team: Option<TeamId>) -> Result<bool> {
    let rows: Vec<Taken> = r.query(
        "SELECT id, team FROM canned WHERE word = $1 AND NOT retired",
        &args![word],
    )?;
    Ok(rows.iter().any(|row| Some(row.id) != id && row.team == team))
}

fn is_team(r: &mut Read, team: TeamId) -> Result<bool> {
    let found: Option<TeamId> = r.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_can_be_typed_without_a_pause() {
        for word in ["vpn", "mot-de-passe", "réseau", "2fa"] {
            assert!(is_word(word), "{word}");
        }
        for word in ["", "two words", "a/b", "@cedar", &"x".repeat(41)] {
            assert!(!is_word(word), "{word}");
        }
    }
}
