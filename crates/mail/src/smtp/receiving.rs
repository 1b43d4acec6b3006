//! The letter itself: read to its end, kept while it fits, never longer than it may take.

use super::crowd::Shared;
use super::data::Reader;
use super::session::Session;
use std::io;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};

#[derive(PartialEq, Eq, Clone, Copy)]
enum Verdict {
    Fits,
    TooLarge,
    NoRoom,
}

pub(super) enum Received {
    Letter(Vec<u8>, Room),
    TooLarge,
    NoRoom,
    /// It goes on beyond all bounds, or nothing comes, or too little at a time.
    Endless,
    /// The client left before the end: nothing was promised, nothing is kept.
    Gone,
}

/// The part of the shared memory that a letter being received holds.
#[derive(Default)]
pub(super) struct Room {
    held: Vec<OwnedSemaphorePermit>,
    kibibytes: usize,
}

const STEP: usize = 256;

impl Room {
    fn grow(&mut self, bytes: usize, shared: &Shared) -> bool {
        let wanted = bytes.div_ceil(1024);
        while self.kibibytes < wanted {
            // Small letters take little, large ones grow in larger steps.
            let step = if self.kibibytes == 0 { wanted.min(STEP) } else { STEP };
            match Arc::clone(&shared.memory).try_acquire_many_owned(step as u32) {
                Ok(permit) => self.held.push(permit),
                Err(_) => return false,
            }
            self.kibibytes += step;
        }
        true
    }
}

impl Session<'_> {
    /// Reads the letter to its end, keeping its bytes while they fit.
    pub(super) async fn receive(&mut self) -> io::Result<Received> {
        let limits = &self.shared.limits;
        let began = Instant::now();
        let mut reader = Reader::new();
        let mut raw = Vec::new();
        let mut room = Room::default();
        let mut verdict = Verdict::Fits;
        let mut total = 0_usize;
        loop {
            let (taken, ended) = reader.take(self.connection.waiting(), &mut raw);
            self.connection.consume(taken);
            total = total.saturating_add(taken);
            if raw.len() > limits.message {
                verdict = Verdict::TooLarge;
            } else if verdict == Verdict::Fits && !room.grow(raw.len(), self.shared) {
                verdict = Verdict::NoRoom;
            }
            if verdict != Verdict::Fits {
                // The rest is read and forgotten, so that the answer can be heard.
                (raw, room) = (Vec::new(), Room::default());
            }
            if ended {
                return Ok(match verdict {
                    Verdict::Fits => Received::Letter(raw, room),
                    Verdict::TooLarge => Received::TooLarge,
                    Verdict::NoRoom => Received::NoRoom,
                });
            }
            if total > limits.message.saturating_mul(4).saturating_add(1 << 20) || self.crawls(began, total) {
                return Ok(Received::Endless);
            }
            match timeout(limits.idle_time, self.connection.fill()).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) | Ok(Err(_)) => return Ok(Received::Gone),
                Err(_) => return Ok(Received::Endless),
            }
        }
    }

    /// Whether so little came since that the client only means to stay.
    fn crawls(&self, began: Instant, total: usize) -> bool {
        let limits = &self.shared.limits;
        let passed = began.elapsed();
        passed > limits.idle_time && (total as u64) < passed.as_secs().saturating_mul(limits.slowest as u64)
    }
}
