//! `GET /live?topics=ticket:1234,view:mine`: server-sent events of the form `event: refresh`,
//! `data: {"topic":"ticket:1234","request":"..."}`. A topic is passed on only if the viewer may see what it is about,
//! judged anew for every line.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State as Extract};
use axum::http::HeaderMap;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::access::Viewer;
use desk::events::{Event, EventKind};
use desk::{Context, LetterId, PersonId, TicketNumber};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::http::{SESSION_COOKIE, Staff, read_cookie};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    topics: String,
}

/// More topics than a person has tabs.
const MOST: usize = 100;
/// A stream ends after this many lines or quiet quarter-minutes, and the browser opens a new one: so a session that
/// has been ended does not listen on.
const LONGEST: Duration = Duration::from_secs(600);

struct Listener {
    lines: Receiver<Event>,
    /// Of the session: who asks is looked up anew for every line.
    secret: String,
    topics: Vec<Topic>,
    state: State,
    until: tokio::time::Instant,
    closing: watch::Receiver<bool>,
    /// Lines made and not sent yet: one for each topic an event concerns.
    waiting: VecDeque<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Topic {
    Ticket(TicketNumber),
    View(String),
    Letters,
}

impl Topic {
    fn parse(text: &str) -> Option<Topic> {
        match text.split_once(':') {
            Some(("ticket", number)) => Some(Topic::Ticket(TicketNumber(number.parse().ok()?))),
            Some(("view", name)) => Some(Topic::View(name.chars().take(40).collect())),
            None if text == "letters" => Some(Topic::Letters),
            _ => None,
        }
    }

    fn name(&self) -> String {
        match self {
            Topic::Ticket(number) => format!("ticket:{number}"),
            Topic::View(name) => format!("view:{name}"),
            Topic::Letters => "letters".to_string(),
        }
    }

    fn concerns(&self, event: &Event) -> bool {
        match self {
            Topic::Ticket(number) => event.ticket == Some(*number),
            Topic::View(_) => event.ticket.is_some(),
            Topic::Letters => letter_of(event).is_some(),
        }
    }
}

fn letter_of(event: &Event) -> Option<LetterId> {
    let about_one = matches!(
        event.kind,
        EventKind::LetterHeld | EventKind::LetterRead | EventKind::LetterReleased
    );
    event.subject.filter(|_| about_one).map(LetterId)
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
    let listener = Listener {
        lines: state.live().listen(),
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
            let received = tokio::select! {
                received = tokio::time::timeout_at(listener.until, listener.lines.recv()) => received.ok()?,
                _ = listener.closing.wait_for(|closing| *closing) => return None,
            };
            match received {
                Ok(event) => listener.hear(&event).await?,
                // Too slow: anything may have changed, so every page of this browser fetches itself once.
                Err(RecvError::Lagged(_)) => {
                    let all: Vec<String> = listener.topics.iter().map(Topic::name).collect();
                    listener.waiting.extend(all.iter().map(|topic| line(topic, None)));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    });
    futures_util::StreamExt::chain(hello, rest)
}

fn line(topic: &str, request: Option<&str>) -> Line {
    let data = serde_json::json!({ "topic": topic, "request": request });
    Line::default().event("refresh").data(data.to_string())
}

impl Listener {
    /// `None` when the session is over: the stream ends with it.
    async fn hear(&mut self, event: &Event) -> Option<()> {
        let topics: Vec<String> = self
            .topics
            .iter()
            .filter(|t| t.concerns(event))
            .map(Topic::name)
            .collect();
        if !topics.is_empty() && self.may_see(event).await? {
            self.waiting
                .extend(topics.iter().map(|topic| line(topic, event.request.as_deref())));
        }
        Some(())
    }

    /// By the viewer and the ticket as they are now: a ticket that moved to a private team falls silent at once, and so
    /// does the stream of somebody who was suspended, signed out or taken off a team.
    async fn may_see(&self, event: &Event) -> Option<bool> {
        let desk = self.state.desk();
        let (secret, ticket, letter, base) = (
            self.secret.clone(),
            event.ticket,
            letter_of(event),
            desk.context(Viewer::desk(PersonId(0)), None),
        );
        let judged = desk.read(move |r| {
            let present = desk::sign_in::viewer_of_session(r, &secret, base.now)?;
            let Some(viewer) = present.map(|p| p.viewer).filter(Viewer::is_staff) else {
                return Ok(None);
            };
            let cx = Context { viewer, ..base };
            Ok(Some(match (ticket, letter) {
                (Some(number), _) => desk::tickets::find_visible(r, &cx, number).is_ok(),
                (None, Some(letter)) => desk::mailboxes::ledger::find(r, &cx, letter).is_ok(),
                (None, None) => true,
            }))
        });
        judged.await.unwrap_or(Some(false))
    }
}
