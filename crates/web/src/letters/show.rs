//! One letter: what it became and why, what was found in it, and what can be done with it.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::mailboxes::ledger::{self, Attached, Entry};
use desk::mailboxes::{Findings, Invited, LetterState, Sealed, reason_text};
use desk::{Error, EventId, LetterId, Time};

use super::marks::{Mark, marks};
use super::place::{At, Place};
use super::toast::{Toast, toast, told};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "letters/show.html")]
struct Page {
    shell: Shell,
    place: Place,
    entry: Entry,
    files: Vec<Attached>,
    reason: String,
    recipients: Vec<String>,
    found: Findings,
    defects: Vec<String>,
    toast: Option<Toast>,
    /// The number that was typed, and why the letter cannot go there.
    typed: String,
    why: Option<String>,
    /// Why something else was not done.
    wrong: Option<String>,
}

/// What was typed, and why it was not done.
#[derive(Default)]
pub(super) struct Tried {
    typed: String,
    error: Option<Error>,
}

impl Tried {
    pub(super) fn refused(typed: String, error: Error) -> Tried {
        Tried {
            typed,
            error: Some(error),
        }
    }
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    At(place): At,
) -> Outcome {
    page(&state, &staff, nonce, (id, place), Tried::default()).await
}

/// What follows a deed: the page again, with its Undo or with why it was not done.
pub(super) async fn on(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    (id, place): (i64, Place),
    typed: String,
    done: desk::Result<EventId>,
) -> Outcome {
    match done {
        Ok(event) => {
            let there = place.path(&format!("/letters/{id}"), &format!("done={event}"));
            Ok(Redirect::to(&there).into_response())
        }
        Err(error) => page(state, staff, nonce, (id, place), Tried::refused(typed, error)).await,
    }
}

/// The page, perhaps with what was typed and refused.
pub(super) async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    (id, place): (i64, Place),
    tried: Tried,
) -> Outcome {
    let oops = |error| Oops::from(error).in_language(staff.seen.viewer.language);
    let (cx, at) = (staff.cx.clone(), place.clone());
    let read = state
        .desk()
        .read(move |r| Ok((ledger::find(r, &cx, LetterId(id))?, told(r, &cx, &at)?)));
    let (entry, done) = read.await.map_err(oops)?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "letter-title", "letters")
        .with_counts(counts)
        .following("letters");
    let (status, why, wrong) = match tried.error {
        None => (StatusCode::OK, None, None),
        Some(Error::Refused(refusals)) => {
            let why = shell.refusal(&refusals, "ticket");
            (StatusCode::UNPROCESSABLE_ENTITY, why, None)
        }
        Some(Error::Conflict(key)) => (StatusCode::CONFLICT, None, Some(shell.t(key))),
        Some(other) => return Err(oops(other)),
    };
    let found = Findings::read(&entry.findings);
    let page = Page {
        defects: defects(&shell, &entry, &found),
        found,
        reason: reason_text(shell.lang, &entry.reason),
        files: entry.files(),
        recipients: serde_json::from_str(&entry.envelope_to).unwrap_or_default(),
        toast: toast(&shell, done, &place, Some(entry.id)),
        why,
        wrong,
        typed: tried.typed,
        shell,
        place,
        entry,
    };
    respond_with(status, &page)
}

/// What was wrong, in the reader's language; of a letter read long ago, as it was written down.
fn defects(shell: &Shell, entry: &Entry, found: &Findings) -> Vec<String> {
    if found.defects.is_empty() {
        return entry.defects.lines().map(str::to_string).collect();
    }
    let said = found.defects.iter();
    said.map(|(key, word)| shell.t1(key, "word", word.as_str())).collect()
}

impl Page {
    fn sealed(&self, sealed: &Sealed) -> String {
        let key = match (sealed.encrypted, sealed.readable) {
            (true, _) => "letter-encrypted",
            (false, true) => "letter-signed",
            (false, false) => "letter-signed-shut",
        };
        self.shell.t(key)
    }

    fn invited_at(&self, invited: &Invited) -> String {
        match invited.at {
            Some(at) => self.shell.date_time(&Time(at)),
            None => invited.written.clone(),
        }
    }

    fn can_be_let_in(&self) -> bool {
        self.has_sender() && !matches!(self.entry.state, LetterState::Filed | LetterState::Kept)
    }

    /// Without one nobody can be the requester.
    fn has_sender(&self) -> bool {
        self.entry.sender.is_some()
    }

    /// It stands on a ticket, and can stand on another.
    fn can_move(&self) -> bool {
        self.entry.state == LetterState::Filed && self.entry.message.is_some()
    }

    fn way(&self) -> String {
        self.shell.t(&format!("letter-way-{}", self.entry.way))
    }

    fn is_held(&self) -> bool {
        self.entry.state == LetterState::Held
    }

    fn is_being_read(&self) -> bool {
        self.entry.state == LetterState::Kept
    }

    fn marks(&self) -> Vec<Mark> {
        marks(&self.entry)
    }

    /// Where a form of this page goes, with the list it was reached from.
    fn deed(&self, name: &str) -> String {
        self.place.path(&format!("/letters/{}/{name}", self.entry.id), "")
    }

    fn undo(&self) -> String {
        self.place.path("/letters/undo", "")
    }
}
