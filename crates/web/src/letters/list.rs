//! The list of letters, newest first, by state.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::LetterId;
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{LetterState, reason_text};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Deserialize)]
pub struct Asked {
    state: Option<String>,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "letters/list.html")]
struct Page {
    shell: Shell,
    entries: Vec<Entry>,
    next: Option<LetterId>,
    /// `None`: all states.
    state: Option<LetterState>,
    totals: Vec<(LetterState, i64)>,
}

/// Without a state in the address: those that are held, since they need a word.
pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let wanted = match asked.state.as_deref() {
        None => Some(LetterState::Held),
        Some(word) => LetterState::parse(word),
    };
    let (cx, before) = (staff.cx.clone(), asked.before.map(LetterId));
    let (page, totals) = state
        .desk()
        .read(move |r| Ok((ledger::list(r, &cx, wanted, before, 50)?, ledger::totals(r, &cx)?)))
        .await?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "letters-title", "letters")
        .with_counts(counts)
        .following("letters");
    respond(&Page {
        shell,
        entries: page.items,
        next: page.next,
        state: wanted,
        totals,
    })
}

impl Page {
    fn total(&self, state: &LetterState) -> i64 {
        self.totals.iter().find(|(s, _)| s == state).map_or(0, |(_, n)| *n)
    }

    fn is(&self, state: &LetterState) -> bool {
        self.state == Some(*state)
    }

    fn reason(&self, entry: &Entry) -> String {
        reason_text(self.shell.lang, &entry.reason)
    }
}

/// The key of a state's word.
/// The word for one letter.
pub fn is_key(state: &LetterState) -> String {
    format!("letter-is-{state}")
}

/// The word for all of them.
pub fn state_key(state: &LetterState) -> String {
    format!("letter-state-{state}")
}
