//! What the pages of the log share: who came, what was typed, and the same page again where it was not taken.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use desk::words::Lang;
use desk::{Context, Error, Read, Refusal, Time, Write};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::http::{Nonce, Oops, Staff};
use crate::layout::{Shell, counts};
use crate::state::State;

/// A member of the staff at one of these pages.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) state: State,
    pub(crate) staff: Staff,
    nonce: Nonce,
}

impl FromRequestParts<State> for Visit {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let Ok(nonce) = Nonce::from_request_parts(parts, state).await;
        Ok(Visit {
            state: state.clone(),
            staff,
            nonce,
        })
    }
}

impl Visit {
    pub(crate) fn lang(&self) -> Lang {
        self.staff.seen.viewer.language
    }

    /// The clock on the reader's wall.
    pub(crate) fn zone(&self) -> TimeZone {
        let own = self.staff.seen.zone.as_deref();
        let own = own.and_then(|name| TimeZone::get(name).ok());
        own.unwrap_or_else(|| self.state.desk().house().zone.clone())
    }

    pub(crate) fn oops(&self, error: Error) -> Oops {
        Oops::from(error).in_language(self.lang())
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read, &Context) -> desk::Result<T> + Send + 'static,
    ) -> Result<T, Oops> {
        let cx = self.staff.cx.clone();
        let read = self.state.desk().read(move |r| body(r, &cx)).await;
        read.map_err(|e| self.oops(e))
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Write, &Context) -> desk::Result<T> + Send + 'static,
    ) -> desk::Result<T> {
        let cx = self.staff.cx.clone();
        self.state.desk().write(move |tx| body(tx, &cx)).await
    }

    pub(crate) async fn shell(&self, title_key: &str, current: &str) -> Result<Shell, Oops> {
        let counts = counts(self.state.desk(), &self.staff.cx).await;
        let counts = counts.map_err(|e| self.oops(e))?;
        Ok(self.bare(title_key, current).with_counts(counts))
    }

    /// Without the counts of the side bar: for a part of a page.
    pub(crate) fn bare(&self, title_key: &str, current: &str) -> Shell {
        Shell::desk(&self.state, &self.staff.seen, self.nonce.clone(), title_key, current)
    }

    /// What was refused, to be shown beside what was typed; anything else is a page of its own.
    pub(crate) fn back(&self, typed: Typed, error: Error) -> Result<Back, Oops> {
        let (refusals, conflict) = match error {
            Error::Refused(refusals) => (refusals, None),
            Error::Conflict(key) => (Vec::new(), Some(key)),
            other => return Err(self.oops(other)),
        };
        Ok(Back {
            typed: Some(typed),
            refusals,
            conflict,
        })
    }
}

pub(crate) fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The fields of a form in the order in which they were sent; one may be there several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Typed {
    fn from(all: Vec<(String, String)>) -> Self {
        // Lines end in one way, and U+0000 is no letter.
        let tidy = |text: String| text.replace("\r\n", "\n").replace('\0', "");
        Typed(all.into_iter().map(|(name, text)| (name, tidy(text))).collect())
    }
}

impl Typed {
    pub(crate) fn put(&mut self, name: &str, text: impl Into<String>) {
        self.0.push((name.to_string(), text.into()));
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    pub(crate) fn all<'t>(&'t self, name: &str) -> impl Iterator<Item = &'t str> {
        let named = self.0.iter().filter(move |(each, _)| each == name);
        named.map(|(_, text)| text.as_str())
    }

    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|each| each == value)
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().trim_start_matches('#').parse().ok()
    }

    pub(crate) fn numbers(&self, name: &str) -> Vec<i64> {
        self.all(name).filter_map(|text| text.trim().parse().ok()).collect()
    }

    /// `2026-11-18T08:00` by the clock on the reader's wall; nothing, where nothing was typed.
    pub(crate) fn moment(&self, name: &'static str, zone: &TimeZone) -> desk::Result<Option<Time>> {
        let text = self.text(name).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || Error::refused(name, "refused-moment");
        let there: DateTime = text.parse().map_err(|_| wrong())?;
        let at = there.to_zoned(zone.clone()).map_err(|_| wrong())?;
        Ok(Some(Time(at.timestamp().as_microsecond())))
    }

    /// The other way round.
    pub(crate) fn put_moment(&mut self, name: &str, at: Option<Time>, zone: &TimeZone) {
        let there = at.map(|at| zone.to_datetime(at.timestamp()).strftime("%Y-%m-%dT%H:%M").to_string());
        self.put(name, there.unwrap_or_default());
    }
}

/// A form on its way back, with why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Back {
    pub(crate) typed: Option<Typed>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) conflict: Option<&'static str>,
}

impl Back {
    pub(crate) fn status(&self) -> StatusCode {
        match (self.conflict, self.refusals.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, true) => StatusCode::OK,
        }
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        self.typed.as_ref().map_or("", |typed| typed.text(name))
    }

    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.typed.as_ref().is_some_and(|typed| typed.has(name, value))
    }

    pub(crate) fn why(&self, shell: &Shell, field: &str) -> Option<String> {
        shell.refusal(&self.refusals, field)
    }

    /// Every reason with its field, for the summary on top.
    pub(crate) fn wrong(&self, shell: &Shell) -> Vec<(&'static str, String)> {
        let refused = self
            .refusals
            .iter()
            .filter_map(|r| Some((r.field, shell.refusal(std::slice::from_ref(r), r.field)?)));
        let conflict = self.conflict.map(|key| ("", shell.t(key)));
        refused.chain(conflict).collect()
    }
}
