//! Where in the ledger somebody is: which state, mailbox and words, and which page. Every link and form of a letter's
//! page carries it, so that the way back leads to the list as it was.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use desk::mailboxes::LetterState;
use desk::mailboxes::ledger;
use desk::{EventId, LetterId, MailboxId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    pub(super) state: Option<String>,
    before: Option<i64>,
    pub(super) q: String,
    mailbox: Option<String>,
    /// The event whose Undo is offered.
    done: Option<i64>,
    /// How many letters an Undo has brought back.
    pub(super) back: Option<usize>,
    /// How many more of a heap wait than were decided about at once.
    pub(super) left: Option<i64>,
}

impl Place {
    pub(super) fn mailbox(&self) -> Option<MailboxId> {
        self.mailbox.as_ref().and_then(|id| id.parse().ok()).map(MailboxId)
    }

    /// Without a word about the state: those that are held, since they need one. Words and a mailbox are looked for
    /// everywhere, unless a state is named.
    pub(super) fn state(&self) -> Option<LetterState> {
        match self.state.as_deref() {
            Some(word) => LetterState::parse(word),
            None if self.q.is_empty() && self.mailbox().is_none() => Some(LetterState::Held),
            None => None,
        }
    }

    pub(super) fn asked(&self) -> ledger::Asked {
        ledger::Asked {
            state: self.state(),
            mailbox: self.mailbox(),
            words: self.q.clone(),
            before: self.before.map(LetterId),
        }
    }

    pub(super) fn done(&self) -> Option<EventId> {
        self.done.map(EventId)
    }

    /// This is not the first page.
    pub(super) fn paged(&self) -> bool {
        self.before.is_some()
    }

    /// The query of this list, of another state where one is named, from its first page on.
    pub(super) fn query_with(&self, state: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = self.state.as_deref();
        if let Some(state) = state.or(own) {
            query.append_pair("state", state);
        }
        if let Some(id) = self.mailbox() {
            query.append_pair("mailbox", &id.to_string());
        }
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        query.finish()
    }

    /// The query of this list, on this page of it.
    pub(super) fn query(&self) -> String {
        match self.before {
            Some(before) => joined(&self.query_with(None), &format!("before={before}")),
            None => self.query_with(None),
        }
    }

    /// The address of this list as it is now.
    pub(super) fn list(&self) -> String {
        self.path("/letters", "")
    }

    /// A path that carries the list along, perhaps with more to say.
    pub(super) fn path(&self, path: &str, more: &str) -> String {
        let query = joined(&self.query(), more);
        if query.is_empty() {
            path.to_string()
        } else {
            format!("{path}?{query}")
        }
    }

    pub(super) fn letter(&self, id: &LetterId) -> String {
        self.path(&format!("/letters/{id}"), "")
    }
}

/// The place that an address names. An odd query still names the ledger.
#[derive(Debug)]
pub struct At(pub(super) Place);

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let place = Query::<Place>::from_request_parts(parts, state).await;
        Ok(At(place.map(|query| query.0).unwrap_or_default()))
    }
}

fn joined(one: &str, other: &str) -> String {
    let parts = [one, other].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_keeps_the_filter_and_the_page() {
        let place = Place {
            state: Some("held".into()),
            before: Some(7),
            q: "a & b".into(),
            mailbox: Some("2".into()),
            ..Place::default()
        };
        assert_eq!(place.list(), "/letters?state=held&mailbox=2&q=a+%26+b&before=7");
        assert_eq!(
            place.query_with(Some("all")),
            "state=all&mailbox=2&q=a+%26+b",
            "another list begins at its top"
        );
        assert_eq!(Place::default().letter(&LetterId(5)), "/letters/5");
    }

    #[test]
    fn held_letters_come_first_and_words_are_looked_for_everywhere() {
        let of = |state: Option<&str>, q: &str| {
            let place = Place {
                state: state.map(str::to_string),
                q: q.into(),
                ..Place::default()
            };
            place.state()
        };
        assert_eq!(of(None, ""), Some(LetterState::Held));
        assert_eq!((of(None, "printer"), of(Some("all"), "")), (None, None));
        assert_eq!(of(Some("filed"), "printer"), Some(LetterState::Filed));
    }
}
