//! A note both can see, and its answers. Its author may change it; what it said before is kept, and seen by both.

use db::{Read, Write, args};

use super::{WORDS, admit};
use crate::access::Place;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{CoachingNoteId, EventId, PersonId};

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Note {
        pub id: CoachingNoteId,
        pub person: PersonId,
        pub author: PersonId,
        pub answers: Option<CoachingNoteId>,
        pub words: String,
        pub created_at: Time,
        pub edited_at: Option<Time>,
        pub removed: bool,
    }
}
db::table! {
    /// What a note said until then.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Version { pub note: CoachingNoteId, pub words: String, pub at: Time }
}

/// By the person or a lead of his; an answer names the note it answers.
pub fn add_note(
    tx: &mut Write,
    cx: &Context,
    person: PersonId,
    words: &str,
    answers: Option<CoachingNoteId>,
) -> Result<CoachingNoteId> {
    admit(tx, cx, person, Place::DeskWrite)?;
    Checks::default().text(words, WORDS, "note").done()?;
    if let Some(answered) = answers {
        let of = load(tx, answered)?;
        if of.person != person || of.removed || of.answers.is_some() {
            return Err(Error::NotFound);
        }
    }
    let id: CoachingNoteId = tx.one(
        "INSERT INTO coaching_note (person, author, answers, words, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        &args![person, cx.viewer.person, answers, words.trim(), cx.now],
    )?;
    told(tx, cx, id)?;
    Ok(id)
}

/// By its author.
pub fn edit_note(tx: &mut Write, cx: &Context, id: CoachingNoteId, words: &str) -> Result<EventId> {
    let note = own(tx, cx, id)?;
    Checks::default().text(words, WORDS, "note").done()?;
    if note.removed {
        return Err(Error::NotFound);
    }
    tx.exec(
        "INSERT INTO coaching_version (note, words, at) VALUES ($1, $2, $3)",
        &args![id, note.words, cx.now],
    )?;
    tx.exec(
        "UPDATE coaching_note SET words = $2, edited_at = $3 WHERE id = $1",
        &args![id, words.trim(), cx.now],
    )?;
    told(tx, cx, id)
}

/// By its author.
pub fn remove_note(tx: &mut Write, cx: &Context, id: CoachingNoteId) -> Result<EventId> {
    own(tx, cx, id)?;
    put(tx, cx, id, true)
}

pub fn restore_note(tx: &mut Write, cx: &Context, id: CoachingNoteId) -> Result<EventId> {
    own(tx, cx, id)?;
    put(tx, cx, id, false)
}

fn put(tx: &mut Write, cx: &Context, id: CoachingNoteId, removed: bool) -> Result<EventId> {
    tx.exec(
        "UPDATE coaching_note SET removed = $2 WHERE id = $1",
        &args![id, removed],
    )?;
    told(tx, cx, id)
}

fn told(tx: &mut Write, cx: &Context, id: CoachingNoteId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::CoachingNote).about(id.0))
}

/// Held, for its author while he may still see it.
fn own(tx: &mut Write, cx: &Context, id: CoachingNoteId) -> Result<Note> {
    tx.hold_rows(
        "SELECT id FROM coaching_note WHERE id = $1 FOR NO KEY UPDATE",
        &args![id],
    )?;
    let note = load(tx, id)?;
    admit(tx, cx, note.person, Place::DeskWrite)?;
    if note.author == cx.viewer.person {
        Ok(note)
    } else {
        Err(Error::NotFound)
    }
}

fn load(r: &mut Read, id: CoachingNoteId) -> Result<Note> {
    Ok(r.one(
        "SELECT id, person, author, answers, words, created_at, edited_at, removed FROM coaching_note WHERE id = $1",
        &args![id],
    )?)
}

pub(super) fn person_of(r: &mut Read, id: CoachingNoteId) -> Result<PersonId> {
    Ok(load(r, id)?.person)
}

/// Those that stand, the oldest first; an answer whose note was removed goes with it.
pub(super) fn of(r: &mut Read, person: PersonId) -> Result<Vec<Note>> {
    Ok(r.query(
        "SELECT n.id, n.person, n.author, n.answers, n.words, n.created_at, n.edited_at, n.removed
         FROM coaching_note n LEFT JOIN coaching_note a ON a.id = n.answers
         WHERE n.person = $1 AND NOT n.removed AND NOT COALESCE(a.removed, FALSE) ORDER BY n.id LIMIT 500",
        &args![person],
    )?)
}

pub(super) fn versions(r: &mut Read, person: PersonId) -> Result<Vec<Version>> {
    Ok(r.query(
        "SELECT v.note, v.words, v.at FROM coaching_version v JOIN coaching_note n ON n.id = v.note
         WHERE n.person = $1 AND NOT n.removed ORDER BY v.id",
        &args![person],
    )?)
}
