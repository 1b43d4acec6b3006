//! Everybody who is connected to one listener: how many, from where, and whether it grows tight.

use super::network::line_of;
use super::rates::Table;
use super::{Limits, Protocol, Receiver};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until};

/// What all sessions of one listener share.
pub(super) struct Shared {
    pub(super) protocol: Protocol,
    pub(super) limits: Limits,
    pub(super) receiver: Arc<dyn Receiver>,
    /// Kibibytes of letters that may still be received at once.
    pub(super) memory: Arc<Semaphore>,
    rates: Mutex<Table>,
    seats: Mutex<Seats>,
    /// True while more than half of the seats are taken.
    tight: watch::Sender<bool>,
}

#[derive(Default)]
struct Seats {
    taken: usize,
    by_line: HashMap<IpAddr, usize>,
}

impl Shared {
    pub(super) fn new(protocol: Protocol, limits: Limits, receiver: Arc<dyn Receiver>) -> Shared {
        Shared {
            protocol,
            memory: Arc::new(Semaphore::new(limits.memory / 1024)),
            rates: Mutex::new(Table::new(limits.rates)),
            limits,
            receiver,
            seats: Mutex::default(),
            tight: watch::Sender::new(false),
        }
    }

    fn rates(&self) -> MutexGuard<'_, Table> {
        self.rates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn may_begin(&self, peer: IpAddr) -> bool {
        self.limits.door.trusts(peer) || self.rates().may_begin(line_of(peer), Instant::now())
    }

    pub(super) fn may_sign_in(&self, peer: IpAddr) -> bool {
        self.rates().may_sign_in(line_of(peer), Instant::now())
    }

    pub(super) fn sign_in_refused(&self, peer: IpAddr) {
        self.rates().sign_in_refused(line_of(peer), Instant::now());
    }

    /// Ends when a client that was last heard at `since` has said nothing for too long: sooner when
    /// others need the seat.
    pub(super) async fn out_of_patience(&self, since: Instant) {
        let mut tight = self.tight.subscribe();
        let hurry = async {
            // The sender lives as long as we do.
            let _ = tight.wait_for(|tight| *tight).await;
            sleep_until(since + self.limits.hurried_time).await;
        };
        tokio::select! {
            () = sleep_until(since + self.limits.command_time) => {}
            () = hurry => {}
        }
    }
}

/// One connection's place in the counts.
pub(super) struct Seat {
    shared: Arc<Shared>,
    line: IpAddr,
}

impl Seat {
    pub(super) fn take(shared: &Arc<Shared>, peer: IpAddr) -> Option<Seat> {
        let limits = &shared.limits;
        let (most, most_of_one) = if limits.door.trusts(peer) {
            (limits.connections, usize::MAX)
        } else {
            (limits.connections - limits.connections / 8, limits.connections_per_peer)
        };
        let line = line_of(peer);
        let mut seats = shared.seats();
        let of_one = seats.by_line.get(&line).copied().unwrap_or(0);
        if seats.taken >= most || of_one >= most_of_one {
            return None;
        }
        seats.taken += 1;
        seats.by_line.insert(line, of_one + 1);
        shared.tell(seats.taken);
        drop(seats);
        Some(Seat {
            shared: Arc::clone(shared),
            line,
        })
    }
}

impl Shared {
    fn tell(&self, taken: usize) {
        let tight = taken > self.limits.connections / 2;
        self.tight
            .send_if_modified(|was| std::mem::replace(was, tight) != tight);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.shared.seats();
        seats.taken -= 1;
        self.shared.tell(seats.taken);
        if let Some(count) = seats.by_line.get_mut(&self.line) {
            *count -= 1;
            if *count == 0 {
                seats.by_line.remove(&self.line);
            }
        }
    }
}
