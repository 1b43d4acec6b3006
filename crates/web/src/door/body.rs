//! Bodies on their way through the door: one that comes must keep its pace, one that goes keeps its place.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep};

use super::PACE;
use super::places::Turn;

/// Whether the body of a request fell behind.
#[derive(Clone, Debug, Default)]
pub(super) struct Late(Arc<AtomicBool>);

impl Late {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The body of a request: an error once it has fallen behind its pace.
pub(super) struct Paced {
    incoming: Incoming,
    /// When it was first asked for.
    begun: Option<Instant>,
    longest: Duration,
    came: u64,
    /// Made when the body is first waited for; most are there with their head.
    alarm: Option<Pin<Box<Sleep>>>,
    late: Late,
}

/// Before its body is known.
pub(super) struct Pace(Duration, Late);

impl Paced {
    pub(super) fn watched(longest: Duration) -> (Pace, Late) {
        let late = Late::default();
        (Pace(longest, late.clone()), late)
    }

    fn due(&mut self) -> Instant {
        *self.begun.get_or_insert_with(Instant::now) + self.longest + Duration::from_secs(self.came / PACE)
    }
}

impl Pace {
    pub(super) fn of(self, incoming: Incoming) -> Paced {
        Paced {
            incoming,
            begun: None,
            longest: self.0,
            came: 0,
            alarm: None,
            late: self.1,
        }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let before = self.due();
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) {
            if let Some(bytes) = frame.as_ref().and_then(|f| f.as_ref().ok()).and_then(Frame::data_ref) {
                self.came += bytes.len() as u64;
            }
            // One that is late stays late, though its next bytes have just come.
            if self.late.is_set() || (self.alarm.is_some() && Instant::now() >= before) {
                return self.too_late();
            }
            return Poll::Ready(frame.map(|f| f.map_err(Into::into)));
        }
        let due = self.due();
        let alarm = self
            .alarm
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(due)));
        if alarm.deadline() != due {
            alarm.as_mut().reset(due);
        }
        if alarm.as_mut().poll(cx).is_ready() {
            return self.too_late();
        }
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

impl Paced {
    fn too_late(&self) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        self.late.0.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err("the body of the request came too slowly".into())))
    }
}

/// The body of an answer: its connection has a request in hand until it is sent.
pub(super) struct Held {
    body: Body,
    _turn: Option<Turn>,
}

impl Held {
    pub(super) fn new(body: Body, turn: Turn) -> Held {
        Held {
            body,
            _turn: Some(turn),
        }
    }

    pub(super) fn unheld(body: Body) -> Held {
        Held { body, _turn: None }
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
