//! `GET /live?topics=ticket:1234,view:mine&since=0-5120`: server-sent events of the form `event: refresh`,
//! `data: {"topic":"ticket:1234","request":"...","at":"0-5121"}`. A topic is passed on only if the viewer may see what
//! it is about, judged anew for every line.
//!
//! `since` is the place in the log at which the page was made: what happened before the stream stood is told first. A
//! browser that lost its stream says the last place it heard of (`Last-Event-ID`), and misses nothing either.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State as Extract};
use axum::http::HeaderMap;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::access::Viewer;
use desk::events::{self, Cursor, Event};
use desk::{Context, PersonId, Read, TicketNumber};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::company::Company;
use super::hub::News;
use super::topic::{Topic, letter_of};
use crate::http::{SESSION_COOKIE, Staff, read_cookie};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    topics: String,
    #[serde(default)]
    since: String,
}

/// Who missed more lines than this is told that everything changed.
const MISSED: i64 = 100;
/// More topics than a person has tabs.
const MOST: usize = 100;
/// A stream ends after so long, and the browser opens a new one: so a session that has been ended does not listen on.
const LONGEST: Duration = Duration::from_secs(600);

struct Listener {
    lines: Receiver<News>,
    /// Of the session: who asks is looked up anew for every line.
    secret: String,
    topics: Vec<Topic>,
    state: State,
    until: tokio::time::Instant,
    closing: watch::Receiver<bool>,
    /// Lines made and not sent yet: one for each topic an event concerns.
    waiting: VecDeque<Line>,
    /// Where the browser left off; told before anything new.
    since: Option<Cursor>,
    /// The last line that was judged, passed on or not.
    heard: Cursor,
}

pub async fn show(
    Extract(state): Extract<State>,
    _: Staff,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let topics = asked
        .topics
        .split([',', ' '])
        .filter_map(Topic::parse)
        .take(MOST)
        .collect();
    let left_off = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let listener = Listener {
        // Before the log is read: so nothing falls between the two.
        lines: state.live().listen(),
        since: left_off.and_then(Cursor::parse).or_else(|| Cursor::parse(&asked.since)),
        heard: Cursor::default(),
        secret: read_cookie(&headers, SESSION_COOKIE).unwrap_or_default().to_string(),
        topics,
        until: tokio::time::Instant::now() + LONGEST,
        closing: state.live().closing(),
        waiting: VecDeque::new(),
        state,
    };
    let keep = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(follow(listener)).keep_alive(keep).into_response()
}

fn follow(listener: Listener) -> impl Stream<Item = Result<Line, Infallible>> {
    // The first words open the stream for proxies that wait for some.
    let hello = stream::once(async { Ok(Line::default().comment("open")) });
    let rest = stream::unfold(listener, |mut listener| async move {
        loop {
            if let Some(line) = listener.waiting.pop_front() {
                return Some((Ok(line), listener));
            }
            listener.listen().await?;
        }
    });
    futures_util::StreamExt::chain(hello, rest)
}

/// `at` and `request` let a page pass over what it shows already; without them it fetches itself in any case.
fn line(topic: &Topic, request: Option<&str>, at: Option<Cursor>) -> Line {
    let data = serde_json::json!({ "topic": topic.name(), "request": request, "at": at.map(Cursor::as_text) });
    Line::default().event("refresh").data(data.to_string())
}

/// Where a browser begins again when its stream breaks off here. Firefox forgets the place of an event without data.
fn place(at: Cursor) -> Line {
    Line::default().event("heard").data("-").id(at.as_text())
}

impl Listener {
    /// The next thing that happens; `None` when the stream ends.
    async fn listen(&mut self) -> Option<()> {
        if let Some(since) = self.since.take() {
            return self.catch_up(since).await;
        }
        let received = tokio::select! {
            received = tokio::time::timeout_at(self.until, self.lines.recv()) => received.ok()?,
            _ = self.closing.wait_for(|closing| *closing) => return None,
        };
        match received {
            Ok(News::Line(event)) if Cursor::of(&event) <= self.heard => Some(()),
            Ok(News::Line(event)) => self.hear(&event).await,
            Ok(News::Here(number)) => self.meet(number).await,
            Ok(News::Figures(counted)) => self.count(counted).await,
            Err(RecvError::Lagged(_)) => {
                let passed = self.state.live().position().unwrap_or_default();
                self.tell_all(passed, Some(passed));
                Some(())
            }
            Err(RecvError::Closed) => None,
        }
    }

    /// What happened between the making of a page and its stream.
    async fn catch_up(&mut self, since: Cursor) -> Option<()> {
        let missed = self.state.desk().read(move |r| {
            let newest = events::newest(r)?;
            let lines = events::since(r, since, MISSED + 1)?;
            Ok((newest, lines, desk::reports::counted_to(r)?))
        });
        let (newest, lines, counted) = missed.await.ok()?;
        if since > newest {
            // A place that is not there yet is of another life of this desk: it was restored from a backup.
            self.tell_all(newest, None);
        } else if i64::try_from(lines.len()).is_ok_and(|count| count <= MISSED) {
            self.heard = since;
            for event in &lines {
                self.hear(event).await?;
            }
            if self.topics.contains(&Topic::Team) {
                return self.catch_up_figures(since, counted).await;
            }
            self.waiting.push_back(place(self.heard));
        } else {
            self.tell_all(newest, Some(newest));
        }
        Some(())
    }

    /// Too much happened to say what: every page of this browser that is older than `at` fetches itself once.
    fn tell_all(&mut self, heard: Cursor, at: Option<Cursor>) {
        self.heard = heard;
        let all = self.topics.iter().map(|topic| line(topic, None, at));
        self.waiting.extend(all);
        self.waiting.push_back(place(heard));
    }

    /// `None` when the session is over, and the stream with it, or when nobody could judge: the browser comes back to
    /// where it stood.
    async fn hear(&mut self, event: &Event) -> Option<()> {
        self.heard = Cursor::of(event);
        let concerned: Vec<Topic> = self.topics.iter().filter(|t| t.concerns(event)).cloned().collect();
        if !concerned.is_empty() && self.may_see(event).await? {
            let lines = concerned
                .iter()
                .map(|topic| line(topic, event.request.as_deref(), Some(self.heard)));
            self.waiting.extend(lines);
            self.waiting.push_back(place(self.heard));
        }
        Some(())
    }

    /// A page of figures says how far they were counted when it was made. Where it stands is never later than that, or
    /// it would miss what was counted while it was away.
    async fn catch_up_figures(&mut self, since: Cursor, counted: Cursor) -> Option<()> {
        if since < counted {
            return self.count(counted).await;
        }
        self.waiting.push_back(place(self.heard.min(counted)));
        Some(())
    }

    /// The figures moved: told to whoever may see a board now, without a place to pass over it by, since a page may have
    /// been made after the line and before it was counted.
    async fn count(&mut self, counted: Cursor) -> Option<()> {
        if !self.topics.contains(&Topic::Team) {
            return Some(());
        }
        let judged = self.judge(|r, cx| desk::board::teams_of_board(r, cx).map(drop));
        if judged.await?.is_some() {
            self.waiting.push_back(line(&Topic::Team, None, None));
            self.waiting.push_back(place(counted));
        }
        Some(())
    }

    /// Others look at a ticket: told whole to whoever may see it now.
    async fn meet(&mut self, number: TicketNumber) -> Option<()> {
        if !self.topics.iter().any(|topic| topic.shows(number)) {
            return Some(());
        }
        let judged = self.judge(move |r, cx| {
            let ticket = desk::tickets::find_visible(r, cx, number)?;
            Ok((cx.viewer.clone(), ticket.requester))
        });
        if let Some((viewer, requester)) = judged.await? {
            let now = self.state.desk().now();
            let ticket = (number, requester);
            let company = Company::of(self.state.live(), viewer.language, viewer.person, ticket, now);
            let data = serde_json::to_string(&company).ok()?;
            self.waiting.push_back(Line::default().event("here").data(data));
        }
        Some(())
    }

    async fn may_see(&self, event: &Event) -> Option<bool> {
        let (ticket, letter) = (event.ticket, letter_of(event));
        let judged = self.judge(move |r, cx| match (ticket, letter) {
            (Some(number), _) => desk::tickets::find_visible(r, cx, number).map(drop),
            (None, Some(letter)) => desk::mailboxes::ledger::find(r, cx, letter).map(drop),
            (None, None) => Ok(()),
        });
        judged.await.map(|seen| seen.is_some())
    }

    /// By the viewer and the ticket as they are now: a ticket that moved to a private team falls silent at once, and so
    /// does the stream of somebody who was suspended, signed out or taken off a team. Within, `None` is what he may not
    /// see.
    async fn judge<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Read, &Context) -> desk::Result<T> + Send + 'static,
    ) -> Option<Option<T>> {
        let desk = self.state.desk();
        let (secret, base) = (self.secret.clone(), desk.context(Viewer::desk(PersonId(0)), None));
        let judged = desk.read(move |r| {
            let present = desk::sign_in::viewer_of_session(r, &secret, base.now)?;
            let Some(viewer) = present.map(|p| p.viewer).filter(Viewer::is_staff) else {
                return Ok(None);
            };
            match look(r, &Context { viewer, ..base }) {
                Ok(found) => Ok(Some(Some(found))),
                Err(desk::Error::NotFound) => Ok(Some(None)),
                Err(other) => Err(other),
            }
        });
        judged.await.ok().flatten()
    }
}
