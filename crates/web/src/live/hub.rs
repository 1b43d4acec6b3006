//! The follower of the log that feeds the streams of this node.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use desk::access::Viewer;
use desk::events::{self, Cursor, Event, EventKind};
use desk::{Desk, PersonId, TicketNumber, Time};
use tokio::sync::{broadcast, watch};

use super::presence::{Looker, Presence};

/// Lines a slow stream may lag behind before it is told to fetch everything again.
const KEPT: usize = 1024;

/// What streams are told of.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// A line of the log.
    Line(Event),
    /// Others look at this ticket now.
    Here(TicketNumber),
    /// The figures have been counted up to there.
    Figures(Cursor),
}

#[derive(Clone, Debug)]
pub struct Hub {
    lines: broadcast::Sender<News>,
    presence: Arc<Presence>,
    /// Set when the server stops: open streams end, so that it need not wait for them.
    closing: watch::Sender<bool>,
    /// How far the log has been passed on; `None` until the hub runs.
    passed: watch::Sender<Option<Cursor>>,
}

impl Default for Hub {
    fn default() -> Self {
        Hub {
            lines: broadcast::channel(KEPT).0,
            presence: Arc::default(),
            closing: watch::channel(false).0,
            passed: watch::channel(None).0,
        }
    }
}

impl Hub {
    pub(crate) fn listen(&self) -> broadcast::Receiver<News> {
        self.lines.subscribe()
    }

    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// How far the log has been passed on: what is read from now on holds everything up to there. `None` until the hub
    /// runs.
    pub fn position(&self) -> Option<Cursor> {
        *self.passed.borrow()
    }

    /// Somebody looks at a ticket, and perhaps types a reply.
    pub(crate) fn looks(&self, number: TicketNumber, who: &Viewer, writes: bool, now: Time) {
        let news = self.presence.say(number, who.person, &who.name, writes, now);
        self.meet(news.then_some(number));
    }

    /// He looks no more.
    pub(crate) fn leaves(&self, number: TicketNumber, who: PersonId) {
        let news = self.presence.leave(number, who);
        self.meet(news.then_some(number));
    }

    pub(super) fn lookers(&self, number: TicketNumber, but: PersonId, now: Time) -> Vec<Looker> {
        self.presence.of(number, but, now)
    }

    fn meet(&self, tickets: impl IntoIterator<Item = TicketNumber>) {
        for number in tickets {
            // Nobody listening is no error.
            let _ = self.lines.send(News::Here(number));
        }
    }

    /// How many streams are open on this node.
    pub fn streams(&self) -> usize {
        self.lines.receiver_count()
    }

    /// Follows the log until `stop` resolves. Every node runs one.
    pub async fn run(self, desk: Desk, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        let mut news = desk.db().subscribe();
        let mut cursor = desk.read(events::newest).await.unwrap_or_default();
        let mut counted = desk.read(desk::reports::counted_to).await.unwrap_or_default();
        self.passed.send_replace(Some(cursor));
        loop {
            match self.pass_on(&desk, cursor).await {
                Ok(next) => cursor = next,
                Err(e) => tracing::error!(error = %e, "live pages could not follow the log; they try again"),
            }
            counted = self.tell_figures(&desk, counted).await;
            self.meet(self.presence.sweep(desk.now()));
            tokio::select! {
                () = &mut stop => break,
                _ = tokio::time::timeout(Duration::from_secs(2), news.changed()) => {}
            }
        }
        self.closing.send_replace(true);
    }

    /// A page that fetched itself for a line would have found the figures of before: they are told when they are counted.
    async fn tell_figures(&self, desk: &Desk, before: Cursor) -> Cursor {
        match desk.read(desk::reports::counted_to).await {
            Ok(now) if now != before => {
                // Nobody listening is no error.
                let _ = self.lines.send(News::Figures(now));
                now
            }
            Ok(_) => before,
            Err(e) => {
                tracing::error!(error = %e, "live pages could not ask for the figures; they try again");
                before
            }
        }
    }

    async fn pass_on(&self, desk: &Desk, mut cursor: Cursor) -> desk::Result<Cursor> {
        loop {
            let lines = desk.read(move |r| events::since(r, cursor, 500)).await?;
            let Some(last) = lines.last() else { return Ok(cursor) };
            cursor = Cursor::of(last);
            // Before they are sent: a page that is fetched for one of these lines holds them all.
            self.passed.send_replace(Some(cursor));
            for line in lines {
                if matches!(line.kind, EventKind::SettingChanged | EventKind::CalendarChanged) {
                    desk.reload_house().await?;
                }
                // Nobody listening is no error.
                let _ = self.lines.send(News::Line(line));
            }
        }
    }
}
