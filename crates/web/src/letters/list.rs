//! The list of letters, newest first, by state: what waits for somebody's word comes first.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{LetterState, Mailbox, boxes, reason_text};
use desk::{Error, LetterId};

use super::heaps::{self, Shown};
use super::marks::{Mark, marks};
use super::place::{At, Place};
use super::toast::{Toast, toast, told};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "letters/list.html")]
struct Page {
    shell: Shell,
    place: Place,
    entries: Vec<Entry>,
    next: Option<LetterId>,
    totals: Vec<(LetterState, i64)>,
    boxes: Vec<Mailbox>,
    /// What the brake holds.
    heaps: Vec<Shown>,
    toast: Option<Toast>,
    /// Why what was asked was not done.
    wrong: Option<String>,
}

pub(super) async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, At(place): At) -> Outcome {
    page(&state, &staff, nonce, place, None).await
}

/// The list, perhaps with what could not be done.
pub(super) async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    place: Place,
    conflict: Option<&'static str>,
) -> Outcome {
    let (cx, asked) = (staff.cx.clone(), place.clone());
    let (page, totals, boxes, heaps, done) = state
        .desk()
        .read(move |r| {
            let totals = ledger::totals(r, &cx, asked.mailbox())?;
            // The mailbox of a private team is not there for others, its name no more than its letters.
            let mut boxes = boxes::list(r)?;
            boxes.retain(|m| m.team.is_none_or(|team| !cx.viewer.closed_teams.contains(&team)));
            let page = ledger::list(r, &cx, &asked.asked(), 50)?;
            let heaps = heaps::of(r, &cx, &asked, &boxes)?;
            Ok((page, totals, boxes, heaps, told(r, &cx, &asked)?))
        })
        .await?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "letters-title", "letters")
        .with_counts(counts)
        .following("letters");
    let status = conflict.map_or(StatusCode::OK, |_| StatusCode::CONFLICT);
    let page = Page {
        toast: toast(&shell, done, &place, None),
        wrong: conflict.map(|key| shell.t(key)),
        shell,
        place,
        entries: page.items,
        next: page.next,
        totals,
        boxes,
        heaps,
    };
    respond_with(status, &page)
}

/// What a deed from the list could not do stands above it.
pub(super) async fn or_say(state: &State, staff: &Staff, nonce: Nonce, place: Place, error: Error) -> Outcome {
    match error {
        Error::Conflict(key) => page(state, staff, nonce, place, Some(key)).await,
        other => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

impl Page {
    fn total(&self, state: &LetterState) -> i64 {
        self.totals.iter().find(|(s, _)| s == state).map_or(0, |(_, n)| *n)
    }

    fn is(&self, state: &LetterState) -> bool {
        self.place.state() == Some(*state)
    }

    fn is_all(&self) -> bool {
        self.place.state().is_none()
    }

    /// Those that can be ticked.
    fn is_held(&self) -> bool {
        self.is(&LetterState::Held) && !self.entries.is_empty()
    }

    fn is_of(&self, mailbox: &Mailbox) -> bool {
        self.place.mailbox() == Some(mailbox.id)
    }

    /// As it is offered in the filter: what came to one that is out of use is still looked for.
    fn named(&self, mailbox: &Mailbox) -> String {
        match mailbox.retired_at {
            Some(_) => self
                .shell
                .t1("mailbox-option-retired", "address", mailbox.address.as_str()),
            None => mailbox.address.clone(),
        }
    }

    /// Why nothing stands here: nothing was found, nothing waits, or nothing has come yet.
    fn empty(&self) -> String {
        if !self.place.q.is_empty() {
            return self.shell.t1("letters-not-found", "words", self.place.q.as_str());
        }
        let any = self.totals.iter().any(|(_, count)| *count > 0);
        let key = match self.place.state() {
            _ if self.place.paged() => "letters-none",
            _ if !any && self.boxes.is_empty() => "letters-no-mailbox",
            _ if !any => "letters-none-yet",
            Some(LetterState::Held) => "letters-none-held",
            _ => "letters-none",
        };
        self.shell.t(key)
    }

    /// The address of this list with another state; what is looked for stays.
    fn with_state(&self, state: &str) -> String {
        format!("/letters?{}", self.place.query_with(Some(state)))
    }

    fn next_page(&self, before: &LetterId) -> String {
        let state = self.place.state().map_or("all", |s| s.as_str());
        format!("{}&before={before}", self.with_state(state))
    }

    /// What an Undo has brought back.
    fn back(&self) -> Option<String> {
        let count = self.place.back.as_ref()?;
        Some(self.shell.t1("letters-back", "count", count))
    }

    fn undo(&self) -> String {
        self.place.path("/letters/undo", "")
    }

    fn reason(&self, entry: &Entry) -> String {
        reason_text(self.shell.lang, &entry.reason)
    }

    fn sender<'e>(&self, entry: &'e Entry) -> &'e str {
        let named = entry.sender_name.as_deref().or(entry.sender.as_deref());
        named.unwrap_or(entry.envelope_from.as_str())
    }

    fn subject(&self, entry: &Entry) -> String {
        let named = entry.subject.clone().filter(|subject| !subject.is_empty());
        named.unwrap_or_else(|| self.shell.t("letter-no-subject"))
    }

    fn marks(&self, entry: &Entry) -> Vec<Mark> {
        marks(entry)
    }
}

/// The word for one letter.
pub fn is_key(state: &LetterState) -> String {
    format!("letter-is-{state}")
}

/// The word for all of them.
pub fn state_key(state: &LetterState) -> String {
    format!("letter-state-{state}")
}
