//! What passes between the two sides of a talk and is never kept: that somebody types. And how many streams are open,
//! so that nobody holds more of them than a talk needs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use desk::{Error, TicketNumber};
use tokio::sync::broadcast;

/// Streams of one side of a talk: a page or two, and one that has not been noticed to be gone.
const MOST_OF_ONE: usize = 4;
/// Of visitors in all, on one node.
const MOST: usize = 1_000;
/// News nobody has fetched yet; typing that is missed is missed.
const KEPT: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    Visitor,
    Desk,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Typing {
    pub(super) ticket: TicketNumber,
    pub(super) by: Side,
}

#[derive(Debug)]
pub(crate) struct Exchange {
    typing: broadcast::Sender<Typing>,
    open: Arc<Mutex<BTreeMap<(TicketNumber, Side), usize>>>,
}

impl Default for Exchange {
    fn default() -> Self {
        Exchange {
            typing: broadcast::channel(KEPT).0,
            open: Arc::default(),
        }
    }
}

impl Exchange {
    pub(crate) fn types(&self, ticket: TicketNumber, by: Side) {
        // Nobody listening is no error.
        let _ = self.typing.send(Typing { ticket, by });
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Typing> {
        self.typing.subscribe()
    }

    /// A place for one stream, given back when it is dropped.
    pub(crate) fn enter(&self, ticket: TicketNumber, side: Side) -> desk::Result<Entered> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let here = open.entry((ticket, side)).or_default();
        if *here >= MOST_OF_ONE || all >= MOST {
            return Err(Error::Busy);
        }
        *here += 1;
        Ok(Entered {
            open: Arc::clone(&self.open),
            of: (ticket, side),
        })
    }
}

#[derive(Debug)]
pub(crate) struct Entered {
    open: Arc<Mutex<BTreeMap<(TicketNumber, Side), usize>>>,
    of: (TicketNumber, Side),
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_has_room_for_a_few_streams_and_leaves_nothing_behind() {
        let exchange = Exchange::default();
        let number = TicketNumber(1001);
        let mut held: Vec<_> = (0..4).map(|_| exchange.enter(number, Side::Visitor).unwrap()).collect();
        assert_eq!(exchange.enter(number, Side::Visitor).err(), Some(Error::Busy));
        assert!(exchange.enter(number, Side::Desk).is_ok(), "the other side has its own");
        held.pop();
        assert!(exchange.enter(number, Side::Visitor).is_ok());
        drop(held);
        assert!(exchange.open.lock().unwrap().is_empty());
    }
}
