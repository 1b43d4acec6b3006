//! One letter: what it became and why, and the letter itself, as sent and byte for byte.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{Findings, Invited, LetterState, Sealed, framed, reason_text};
use desk::{LetterId, Refusal, Time};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "letters/show.html")]
struct Page {
    shell: Shell,
    entry: Entry,
    files: Vec<Attached>,
    reason: String,
    recipients: Vec<String>,
    found: Findings,
    defects: Vec<String>,
    /// The number that was typed, and why the letter cannot be filed there.
    typed: String,
    why: Option<String>,
}

#[derive(Deserialize)]
struct Attached {
    name: String,
    bytes: i64,
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    page(&state, &staff, nonce, id, None).await
}

/// The page, perhaps with what was typed and refused.
pub(super) async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    id: i64,
    refused: Option<(String, Vec<Refusal>)>,
) -> Outcome {
    let cx = staff.cx.clone();
    let entry = state.desk().read(move |r| ledger::find(r, &cx, LetterId(id))).await;
    let entry = entry.map_err(|e| crate::http::Oops::from(e).in_language(staff.seen.viewer.language))?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "letter-title", "letters")
        .with_counts(counts)
        .following("letters");
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (typed, refusals) = refused.unwrap_or_default();
    let found = Findings::read(&entry.findings);
    let page = Page {
        defects: defects(&shell, &entry, &found),
        found,
        reason: reason_text(shell.lang, &entry.reason),
        files: serde_json::from_str(&entry.attachments).unwrap_or_default(),
        recipients: serde_json::from_str(&entry.envelope_to).unwrap_or_default(),
        why: shell.refusal(&refusals, "ticket"),
        typed,
        shell,
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
        !matches!(self.entry.state, LetterState::Filed | LetterState::Kept)
    }

    /// Without one nobody can be the requester.
    fn has_sender(&self) -> bool {
        self.entry.sender.is_some()
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
}

/// The letter nearly as its sender meant it, under a policy that runs nothing and loads nothing.
pub async fn frame(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let raw = state.desk().read(move |r| ledger::raw(r, &cx, LetterId(id))).await?;
    let html = tokio::task::spawn_blocking(move || framed(&raw))
        .await
        .map_err(desk::Error::fault)?;
    let page = format!("<!doctype html><meta charset=\"utf-8\">{}", html.unwrap_or_default());
    Ok(Html(page).into_response())
}

pub async fn raw(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let raw = state.desk().read(move |r| ledger::raw(r, &cx, LetterId(id))).await?;
    let name = format!("attachment; filename=\"letter-{id}.eml\"");
    Ok((
        [
            (header::CONTENT_TYPE, "application/octet-stream".to_string()),
            (header::CONTENT_DISPOSITION, name),
        ],
        raw,
    )
        .into_response())
}
