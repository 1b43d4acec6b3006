//! The page, and what is written on it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::coaching::{self, Coaching, Note, Version};
use desk::{CoachingNoteId, PersonId, people};
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

type All = Form<Vec<(String, String)>>;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// A goal or a note that was taken away just now.
    goal: Option<i64>,
    note: Option<i64>,
}

#[derive(Template)]
#[template(path = "coaching/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    coaching: Coaching,
    names: Vec<(PersonId, String)>,
    own: bool,
    wanted: Wanted,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(wanted): Query<Wanted>) -> Outcome {
    page(&visit, PersonId(id), wanted, Back::default()).await
}

pub(crate) async fn add_goal(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, person) = (Typed::from(all), PersonId(id));
    let words = typed.text("goal").to_string();
    let done = visit
        .write(move |tx, cx| coaching::add_goal(tx, cx, person, &words))
        .await;
    answered(&visit, person, typed, done.map(drop)).await
}

pub(crate) async fn add_note(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, person) = (Typed::from(all), PersonId(id));
    let (words, answers) = (
        typed.text("note").to_string(),
        typed.number("answers").map(CoachingNoteId),
    );
    let done = visit
        .write(move |tx, cx| coaching::add_note(tx, cx, person, &words, answers))
        .await;
    answered(&visit, person, typed, done.map(drop)).await
}

pub(crate) async fn edit_note(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), CoachingNoteId(id));
    let words = typed.text("note").to_string();
    let person = visit.read(move |r, cx| coaching::person_of_note(r, cx, id)).await?;
    let done = visit.write(move |tx, cx| coaching::edit_note(tx, cx, id, &words)).await;
    answered(&visit, person, typed, done.map(drop)).await
}

async fn answered(visit: &Visit, person: PersonId, typed: Typed, done: desk::Result<()>) -> Outcome {
    match done {
        Ok(()) => Ok(to(&format!("/team/people/{person}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(visit, person, Wanted::default(), back).await
        }
    }
}

async fn page(visit: &Visit, person: PersonId, wanted: Wanted, back: Back) -> Outcome {
    let read = visit.read(move |r, cx| {
        let coaching = coaching::show(r, cx, person)?;
        let mut wrote: Vec<PersonId> = coaching.notes.iter().map(|note| note.author).collect();
        wrote.sort_unstable();
        wrote.dedup();
        let mut names = Vec::with_capacity(wrote.len());
        for author in wrote {
            names.push((author, people::find_visible(r, cx, author)?.name));
        }
        Ok((coaching, names))
    });
    let (coaching, names) = read.await?;
    let page = Page {
        shell: visit
            .shell("coaching-title", "team")
            .await?
            .titled(coaching.name.clone()),
        own: coaching.person == visit.staff.cx.viewer.person,
        back,
        coaching,
        names,
        wanted,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn author(&self, note: &Note) -> &str {
        self.names
            .iter()
            .find(|(id, _)| *id == note.author)
            .map_or("", |(_, name)| name.as_str())
    }

    fn is_mine(&self, note: &Note) -> bool {
        note.author.0 == self.shell.me()
    }

    /// Those that answer nothing, the newest first.
    fn notes(&self) -> Vec<&Note> {
        self.coaching
            .notes
            .iter()
            .rev()
            .filter(|note| note.answers.is_none())
            .collect()
    }

    fn answers(&self, note: &Note) -> Vec<&Note> {
        self.coaching
            .notes
            .iter()
            .filter(|one| one.answers == Some(note.id))
            .collect()
    }

    fn versions(&self, note: &Note) -> Vec<&Version> {
        self.coaching
            .versions
            .iter()
            .filter(|version| version.note == note.id)
            .collect()
    }

    /// What was typed belongs to the form that was refused: one that answers a note, or the one for a new note.
    fn typed_for(&self, answers: &str) -> &str {
        if self.back.value("answers") == answers {
            self.back.value("note")
        } else {
            ""
        }
    }

    fn why_note(&self, answers: &str) -> Option<String> {
        let why = self.back.why(&self.shell, "note");
        why.filter(|_| self.back.value("answers") == answers)
    }
}
