//! SQL of the titles people have and of what teams say of their work. Private to this room.

use db::{Read, Write, args};

use super::give::Titled;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::words::{Both, Lang};

pub(super) fn title_of(r: &mut Read, person: PersonId) -> Result<Option<Titled>> {
    let row: Option<(String, String, Lang)> = r.maybe(
        "SELECT code, words, lang FROM person_title WHERE person = $1",
        &args![person],
    )?;
    Ok(row.map(|(code, words, lang)| Titled { code, words, lang }))
}

pub(super) fn set_title(tx: &mut Write, cx: &Context, person: PersonId, title: Option<&Titled>) -> Result<()> {
    tx.exec("DELETE FROM person_title WHERE person = $1", &args![person])?;
    if let Some(title) = title {
        tx.exec(
            "INSERT INTO person_title (person, code, words, lang, given_by, at) VALUES ($1, $2, $3, $4, $5, $6)",
            &args![
                person,
                title.code.as_str(),
                title.words.as_str(),
                title.lang,
                cx.viewer.person,
                cx.now
            ],
        )?;
    }
    Ok(())
}

pub(super) fn words_of(r: &mut Read, team: TeamId) -> Result<Both> {
    let row: Option<(String, String)> = r.maybe(
        "SELECT words_en, words_fr FROM team_words WHERE team = $1",
        &args![team],
    )?;
    Ok(row.map(|(en, fr)| Both { en, fr }).unwrap_or_default())
}

pub(super) fn set_words(tx: &mut Write, team: TeamId, words: &Both) -> Result<()> {
    tx.exec(
        "INSERT INTO team_words (team, words_en, words_fr) VALUES ($1, $2, $3)
         ON CONFLICT (team) DO UPDATE SET words_en = excluded.words_en, words_fr = excluded.words_fr",
        &args![team, words.en.as_str(), words.fr.as_str()],
    )?;
    Ok(())
}

/// The topics that lead to a team, with their names.
pub(super) fn topics_of(r: &mut Read, team: TeamId) -> Result<Vec<Both>> {
    let rows: Vec<(String, String)> = r.query(
        "SELECT name_en, name_fr FROM topic WHERE team = $1 AND NOT retired ORDER BY name_en, id",
        &args![team],
    )?;
    Ok(rows.into_iter().map(|(en, fr)| Both { en, fr }).collect())
}
