//! What every template has as `shell`: the language and its words, the person, the marks, the frame's own facts.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use desk::events::Cursor;
use desk::house::Logo;
use desk::words::{self as forms, Arg, Lang};
use desk::{PersonId, TicketNumber, Time};
use jiff::tz::TimeZone;

use super::lean::lean;
use super::markup::{Markup, face_tone, initials};
use super::nav::Counts;
use crate::http::{Nonce, Oops, Seen};
use crate::live::{Company, Hub};
use crate::state::State;
use crate::words;

#[derive(Clone, Debug)]
pub struct Shell {
    pub lang: Lang,
    pub title: String,
    pub desk_name: String,
    pub theme: &'static str,
    pub nonce: String,
    pub assets: &'static str,
    /// The style sheet of the desk's own colour, if it has one.
    pub accent: Option<String>,
    /// The desk's own sign, if it has one.
    pub logo: Option<Logo>,
    pub seen: Option<Seen>,
    pub counts: Counts,
    /// Whether a server drafts replies.
    pub drafts: bool,
    /// Which entry of the side bar or tab bar is the current one.
    pub current: String,
    /// The topics of the live stream this page follows, separated by spaces; empty for none.
    pub topics: String,
    /// The same page in the other language: portal pages only.
    pub other_language: String,
    pub now: Time,
    pub zone: TimeZone,
    live: Hub,
}

impl Shell {
    /// The frame of a desk page.
    pub fn desk(state: &State, seen: &Seen, nonce: Nonce, title_key: &str, current: impl Into<String>) -> Shell {
        let lang = seen.viewer.language;
        let mut shell = Shell::public(state, lang, nonce, title_key);
        shell.theme = seen.theme.as_str();
        if let Some(zone) = seen.zone.as_deref().and_then(|z| TimeZone::get(z).ok()) {
            shell.zone = zone;
        }
        shell.seen = Some(seen.clone());
        shell.current = current.into();
        shell
    }

    /// The frame of a page that anybody may open.
    pub fn public(state: &State, lang: Lang, nonce: Nonce, title_key: &str) -> Shell {
        let house = state.desk().house();
        Shell {
            lang,
            title: words::text(lang, title_key, &[]),
            desk_name: house.name.clone(),
            theme: "system",
            nonce: nonce.0,
            assets: crate::assets::base(),
            accent: house.accent.map(crate::admin::sheet_of),
            logo: house.logo.clone(),
            seen: None,
            counts: Counts::default(),
            drafts: house.drafting,
            current: String::new(),
            topics: String::new(),
            other_language: String::new(),
            now: state.desk().now(),
            zone: house.zone.clone(),
            live: state.live().clone(),
        }
    }

    #[must_use]
    pub fn with_counts(mut self, counts: Counts) -> Shell {
        self.counts = counts;
        self
    }

    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Shell {
        self.title = title.into();
        self
    }

    #[must_use]
    pub fn following(mut self, topics: impl Into<String>) -> Shell {
        self.topics = topics.into();
        self
    }

    /// The place in the log up to which what this page shows has been counted: its live stream begins there.
    #[must_use]
    pub(crate) fn counted_to(mut self, place: Cursor) -> Shell {
        if let Some(seen) = &mut self.seen {
            seen.since = Some(place);
        }
        self
    }

    /// A sentence by its key.
    pub fn t(&self, key: &str) -> String {
        words::text(self.lang, key, &[])
    }

    /// A sentence with one value in it: `shell.t1("chip-late", "time", words)`.
    pub fn t1<'a>(&self, key: &str, name: &'a str, value: impl Into<Arg<'a>>) -> String {
        words::text(self.lang, key, &[(name, value.into())])
    }

    /// How many tickets, in words.
    pub fn tickets(&self, count: &i64) -> String {
        self.t1("tickets-count", "count", *count)
    }

    pub fn t2<'a>(
        &self,
        key: &str,
        name: &'a str,
        value: impl Into<Arg<'a>>,
        other: &'a str,
        second: impl Into<Arg<'a>>,
    ) -> String {
        words::text(self.lang, key, &[(name, value.into()), (other, second.into())])
    }

    /// The sentence of a refusal of this field, if there is one.
    pub fn refusal(&self, refusals: &[desk::Refusal], field: &str) -> Option<String> {
        let refusal = refusals.iter().find(|r| r.field == field)?;
        let number = refusal.number.unwrap_or(0);
        let ratio = Arg::Owned(self.hundredths(&number));
        Some(words::text(
            self.lang,
            refusal.key,
            &[("number", Arg::Number(number)), ("ratio", ratio)],
        ))
    }

    /// `4.52` and `4,52`.
    pub fn hundredths(&self, number: &i64) -> String {
        let mark = if self.lang == Lang::En { '.' } else { ',' };
        format!("{}{mark}{:02}", number / 100, number % 100)
    }

    pub fn icon(&self, name: &'static str) -> Markup {
        Markup::icon(name)
    }

    pub fn initials(&self, name: &str) -> String {
        initials(name)
    }

    pub fn tone(&self, id: impl std::borrow::Borrow<i64>) -> i64 {
        face_tone(*id.borrow())
    }

    pub fn is_staff(&self) -> bool {
        self.seen.as_ref().is_some_and(|s| s.viewer.is_staff())
    }

    pub fn is_admin(&self) -> bool {
        self.seen.as_ref().is_some_and(|s| s.viewer.is_admin())
    }

    /// Whether there is a team board for him.
    pub fn has_board(&self) -> bool {
        let viewer = self.seen.as_ref().map(|s| &s.viewer);
        viewer.is_some_and(|viewer| desk::access::require_board(viewer).is_ok())
    }

    pub fn me(&self) -> i64 {
        self.seen.as_ref().map_or(0, |s| s.viewer.person.0)
    }

    pub fn my_name(&self) -> &str {
        self.seen.as_ref().map_or("", |s| s.viewer.name.as_str())
    }

    /// Who else looks at a ticket now.
    pub(crate) fn company(&self, number: &TicketNumber, requester: &PersonId) -> Company {
        Company::of(
            &self.live,
            self.lang,
            PersonId(self.me()),
            (*number, *requester),
            self.now,
        )
    }

    pub fn single_keys(&self) -> bool {
        self.seen.as_ref().is_some_and(|s| s.single_keys)
    }

    /// The key a person presses for what this key does by itself; empty when he took it away.
    pub fn key(&self, usual: &str) -> String {
        let changed = self.seen.as_ref().and_then(|s| s.keys.0.get(usual));
        changed.cloned().unwrap_or_else(|| usual.to_string())
    }

    /// All he has changed, for the script that listens to them; empty for none.
    pub fn keymap(&self) -> String {
        self.seen.as_ref().map(|s| s.keys.to_json()).unwrap_or_default()
    }

    /// The shortest words that say when.
    pub fn when(&self, at: &Time) -> String {
        forms::day_or_time(self.lang, *at, self.now, &self.zone)
    }

    pub fn date_time(&self, at: &Time) -> String {
        forms::date_time(self.lang, *at, &self.zone)
    }

    pub fn exact(&self, at: &Time) -> String {
        forms::exact(*at, &self.zone)
    }

    pub fn is_past(&self, at: &Time) -> bool {
        *at < self.now
    }

    /// Where the live stream of this page begins.
    pub fn since(&self) -> String {
        let since = self.seen.as_ref().and_then(|seen| seen.since);
        since.map(Cursor::as_text).unwrap_or_default()
    }

    pub fn size(&self, bytes: &i64) -> String {
        forms::bytes(self.lang, *bytes)
    }
}

pub fn respond(page: &impl Template) -> Result<Response, Oops> {
    respond_with(StatusCode::OK, page)
}

/// The same page again with the fields marked is a 422, so that Turbo shows it.
pub fn respond_with(status: StatusCode, page: &impl Template) -> Result<Response, Oops> {
    Ok((status, Html(lean(&page.render()?))).into_response())
}
