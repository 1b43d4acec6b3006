//! `GET /live?topics=ticket:1234,view:mine`: server-sent events of the form `event: refresh`,
//! `data: {"topic":"ticket:1234","request":"..."}`. A topic is passed on only if the viewer may see what it is about,
//! judged anew for every line.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State as Extract};
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::TicketNumber;
use desk::access::Viewer;
use desk::events::{Event, EventKind};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::http::Staff;
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
    viewer: Viewer,
    topics: Vec<Topic>,
    state: State,
    until: tokio::time::Instant,
    closing: watch::Receiver<bool>,
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
            Topic::Letters => event.kind == EventKind::LetterRead,
        }
    }
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, Query(asked): Query<Asked>) -> Response {
    let topics = asked.topics.split([',', ' ']).filter_map(Topic::parse).take(MOST).collect();
    let listener = Listener {
        lines: state.live().listen(),
        viewer: staff.seen.viewer,
        topics,
        until: tokio::time::Instant::now() + LONGEST,
        closing: state.live().closing(),
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
            let received = tokio::select! {
                received = tokio::time::timeout_at(listener.until, listener.lines.recv()) => received.ok()?,
                _ = listener.closing.wait_for(|closing| *closing) => return None,
            };
            match received {
                Ok(event) => {
                    if let Some(line) = listener.line(&event).await {
                        return Some((Ok(line), listener));
                    }
                }
                // Too slow: everything may have changed, so every page fetches itself once.
                Err(RecvError::Lagged(_)) => {
                    let line = Line::default().event("refresh").data("{\"topic\":\"*\"}");
                    return Some((Ok(line), listener));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    });
    futures_util::StreamExt::chain(hello, rest)
}

impl Listener {
    async fn line(&self, event: &Event) -> Option<Line> {
        let topics: Vec<String> = self.topics.iter().filter(|t| t.concerns(event)).map(Topic::name).collect();
        if topics.is_empty() || !self.may_see(event).await {
            return None;
        }
        let data = serde_json::json!({ "topics": topics, "topic": topics[0], "request": event.request });
        Some(Line::default().event("refresh").data(data.to_string()))
    }

    /// By the team of the ticket as it is now: a ticket that moved to a private team falls silent at once.
    async fn may_see(&self, event: &Event) -> bool {
        let Some(number) = event.ticket else { return true };
        let cx = self.state.desk().context(self.viewer.clone(), None);
        self.state.desk().read(move |r| desk::tickets::find_visible(r, &cx, number)).await.is_ok()
    }
}
