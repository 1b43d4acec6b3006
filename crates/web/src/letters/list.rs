//! The list of letters, newest first, by state.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{LetterState, Mailbox, boxes, reason_text};
use desk::{LetterId, MailboxId};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Deserialize)]
pub struct Asked {
    state: Option<String>,
    before: Option<i64>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    mailbox: Option<String>,
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
    boxes: Vec<Mailbox>,
    mailbox: Option<MailboxId>,
    words: String,
    /// Whether a state was named.
    asked: bool,
}

/// Without a state in the address: those that are held, since they need a word.
pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let wanted = match asked.state.as_deref() {
        None => Some(LetterState::Held),
        Some(word) => LetterState::parse(word),
    };
    let named = asked.state.is_some();
    let mailbox = asked.mailbox.and_then(|id| id.parse().ok()).map(MailboxId);
    // Words and a mailbox are looked for everywhere, unless a state is named.
    let narrowed = !asked.q.is_empty() || mailbox.is_some();
    let wanted = wanted.filter(|_| asked.state.is_some() || !narrowed);
    let wanted = ledger::Asked {
        state: wanted,
        mailbox,
        words: asked.q,
        before: asked.before.map(LetterId),
    };
    let (cx, question) = (staff.cx.clone(), wanted.clone());
    let (page, totals, boxes) = state
        .desk()
        .read(move |r| {
            let totals = ledger::totals(r, &cx, question.mailbox)?;
            // The mailbox of a private team is not there for others, its name no more than its letters.
            let mut boxes = boxes::list(r)?;
            boxes.retain(|m| m.team.is_none_or(|team| !cx.viewer.closed_teams.contains(&team)));
            Ok((ledger::list(r, &cx, &question, 50)?, totals, boxes))
        })
        .await?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "letters-title", "letters")
        .with_counts(counts)
        .following("letters");
    respond(&Page {
        shell,
        entries: page.items,
        next: page.next,
        state: wanted.state,
        totals,
        boxes,
        mailbox,
        words: wanted.words,
        asked: named,
    })
}

impl Page {
    fn total(&self, state: &LetterState) -> i64 {
        self.totals.iter().find(|(s, _)| s == state).map_or(0, |(_, n)| *n)
    }

    fn is(&self, state: &LetterState) -> bool {
        self.state == Some(*state)
    }

    fn is_held(&self) -> bool {
        self.state == Some(LetterState::Held) && !self.entries.is_empty()
    }

    fn is_of(&self, mailbox: &Mailbox) -> bool {
        self.mailbox == Some(mailbox.id)
    }

    /// The address of this list with another state; what is looked for stays.
    fn with_state(&self, state: &str) -> String {
        let mut address = format!("/letters?state={state}");
        if let Some(id) = self.mailbox {
            address.push_str(&format!("&mailbox={id}"));
        }
        if !self.words.is_empty() {
            address.push_str("&q=");
            address.extend(form_urlencoded::byte_serialize(self.words.as_bytes()));
        }
        address
    }

    fn next_page(&self, before: &LetterId) -> String {
        let state = self.state.map_or("all", |s| s.as_str());
        format!("{}&before={before}", self.with_state(state))
    }

    fn reason(&self, entry: &Entry) -> String {
        reason_text(self.shell.lang, &entry.reason)
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
