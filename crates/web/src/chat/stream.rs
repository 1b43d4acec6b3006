//! The stream of one talk, for either side: `changed` when the page should look again, `typing` when the other one
//! types. It carries no words; the page fetches itself, and so there is one way of rendering and of judging.

use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use desk::chat::{self, Chat};
use desk::events::{Event, EventKind};
use desk::{Context, TicketNumber};
use futures_util::{Stream, stream};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::exchange::{Entered, Side, Typing};
use crate::live::News;
use crate::state::State;

/// A stream ends after so long, and the browser opens a new one.
const LONGEST: Duration = Duration::from_secs(600);
/// How often it is looked whether this side may still listen, and written down that a visitor is there.
const LOOKS_EVERY: Duration = Duration::from_secs(30);

/// Who listens, by what he showed: asked anew all along.
#[derive(Clone, Debug)]
pub(crate) enum Ear {
    /// A visitor, by the secret of his chat.
    Visitor(String),
    /// A technician, by his session.
    Desk(String),
}

impl Ear {
    fn side(&self) -> Side {
        match self {
            Ear::Visitor(_) => Side::Visitor,
            Ear::Desk(_) => Side::Desk,
        }
    }
}

/// What reached a listener.
enum Heard {
    Nothing,
    /// It is time to see whether he may listen on.
    Look,
    Changed,
    Typing,
}

struct Listener {
    state: State,
    ticket: TicketNumber,
    ear: Ear,
    lines: Receiver<News>,
    typing: Receiver<Typing>,
    closing: watch::Receiver<bool>,
    until: Pin<Box<tokio::time::Sleep>>,
    looks: tokio::time::Interval,
    /// The other one typed before this stream stood.
    typed: bool,
    /// The chat was found ended, and its page was told to look a last time.
    over: bool,
    _place: Entered,
}

/// The stream of an open chat. Of one that is over nothing more is heard, and the browser does not ask again.
pub(crate) fn follow(state: &State, chat: &Chat, ear: Ear) -> desk::Result<Response> {
    if !chat.is_open() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let ticket = chat.ticket;
    let place = state.chats().enter(ticket, ear.side())?;
    let listener = Listener {
        ticket,
        lines: state.live().listen(),
        typing: state.chats().listen(),
        typed: state.chats().is_typing(ticket, ear.side().other(), state.desk().now()),
        closing: state.live().closing(),
        until: Box::pin(tokio::time::sleep(LONGEST)),
        looks: tokio::time::interval(LOOKS_EVERY),
        state: state.clone(),
        ear,
        over: false,
        _place: place,
    };
    let keep = KeepAlive::new().interval(Duration::from_secs(15));
    Ok(Sse::new(told(listener)).keep_alive(keep).into_response())
}

fn told(listener: Listener) -> impl Stream<Item = Result<Line, Infallible>> {
    // The first words open the stream for proxies that wait for some.
    let hello = stream::once(async { Ok(Line::default().comment("open")) });
    let rest = stream::unfold(listener, |mut listener| async move {
        loop {
            if let Some(name) = listener.next().await? {
                return Some((Ok(Line::default().event(name).data("-")), listener));
            }
        }
    });
    futures_util::StreamExt::chain(hello, rest)
}

impl Listener {
    /// The name of the next line, `Some(None)` for nothing to tell; `None` ends the stream.
    async fn next(&mut self) -> Option<Option<&'static str>> {
        if self.over {
            return None;
        }
        let name = match self.hear().await? {
            Heard::Nothing => return Some(None),
            Heard::Typing => return Some(Some("typing")),
            Heard::Look => None,
            Heard::Changed => Some("changed"),
        };
        if self.still_open().await? {
            return Some(name);
        }
        self.over = true;
        Some(Some("changed"))
    }

    async fn hear(&mut self) -> Option<Heard> {
        if std::mem::take(&mut self.typed) {
            return Some(Heard::Typing);
        }
        tokio::select! {
            _ = self.closing.wait_for(|closing| *closing) => None,
            () = &mut self.until => None,
            _ = self.looks.tick() => Some(Heard::Look),
            heard = self.lines.recv() => match heard {
                Ok(News::Line(event)) if concerns(&event, self.ticket) => Some(Heard::Changed),
                Ok(_) => Some(Heard::Nothing),
                Err(RecvError::Lagged(_)) => Some(Heard::Changed),
                Err(RecvError::Closed) => None,
            },
            heard = self.typing.recv() => match heard {
                Ok(typing) if typing.ticket == self.ticket && typing.by != self.ear.side() => Some(Heard::Typing),
                Ok(_) | Err(RecvError::Lagged(_)) => Some(Heard::Nothing),
                Err(RecvError::Closed) => None,
            },
        }
    }

    /// Whether the chat goes on, if this side may still listen. A visitor is written down as being there.
    async fn still_open(&self) -> Option<bool> {
        let base = self
            .state
            .desk()
            .context(desk::access::Viewer::desk(desk::PersonId(0)), None);
        let number = self.ticket;
        match self.ear.clone() {
            Ear::Visitor(secret) => {
                let now = base.now;
                let found = self.state.desk().read(move |r| chat::by_secret(r, &secret, now)).await;
                let chat = found.ok()?;
                note_presence(&self.state, &chat).await;
                Some(chat.is_open())
            }
            Ear::Desk(secret) => {
                let judged = self.state.desk().read(move |r| {
                    let present = desk::sign_in::viewer_of_session(r, &secret, base.now)?;
                    let viewer = present.map(|p| p.viewer).ok_or(desk::Error::NotFound)?;
                    chat::find(r, &Context { viewer, ..base }, number)
                });
                judged.await.ok().map(|(chat, _)| chat.is_open())
            }
        }
    }
}

/// Writes down that the visitor is there, when that is not known yet. A full disk keeps nobody from talking.
pub(crate) async fn note_presence(state: &State, chat: &Chat) {
    let (chat, now) = (chat.clone(), state.desk().now());
    if now.since(chat.seen_at) < 20 * desk::clock::SECOND || !chat.is_open() {
        return;
    }
    if let Err(e) = state.desk().write(move |tx| chat::seen(tx, &chat, now)).await {
        tracing::debug!(error = %e, "a visitor's presence could not be kept");
    }
}

/// What either side of the talk sees happen. Notes and other work inside the team are not even hinted at; a place in the
/// queue changes with other chats.
fn concerns(event: &Event, ticket: TicketNumber) -> bool {
    match event.kind {
        EventKind::ChatTaken | EventKind::ChatHandedOver | EventKind::ChatEnded | EventKind::ChatLeft => true,
        // What ends the ticket ends its chat.
        EventKind::Closed
        | EventKind::Merged
        | EventKind::Replied
        | EventKind::RequesterWrote
        | EventKind::Reopened
        | EventKind::ReplyWithdrawn => event.ticket == Some(ticket),
        _ => false,
    }
}
