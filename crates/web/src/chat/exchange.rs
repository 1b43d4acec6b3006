//! What passes between the two sides of a talk and is never kept: that somebody types. And how many streams are open,
//! so that nobody holds more of them than a talk needs.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::clock::SECOND;
use desk::{Error, TicketNumber, Time};
use tokio::sync::broadcast;

/// Streams of one side of a talk: a page or two, and one that has not been noticed to be gone.
const MOST_OF_ONE: usize = 4;
/// Of visitors in all, on one node.
const MOST: usize = 1_000;
/// How often it is passed on that one side types; a page says so less often.
const TYPES_EVERY: i64 = 3 * SECOND;
/// So long whoever opens a stream is told of it: a page that types says so again after it.
const TYPES_FOR: i64 = 8 * SECOND;
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
    /// When it was last passed on. What is older than it matters is forgotten.
    typed: Mutex<BTreeMap<(TicketNumber, Side), Time>>,
    open: Arc<Mutex<BTreeMap<(TicketNumber, Side), usize>>>,
}

impl Default for Exchange {
    fn default() -> Self {
        Exchange {
            typing: broadcast::channel(KEPT).0,
            typed: Mutex::default(),
            open: Arc::default(),
        }
    }
}

impl Side {
    pub(super) fn other(self) -> Side {
        match self {
            Side::Visitor => Side::Desk,
            Side::Desk => Side::Visitor,
        }
    }
}

impl Exchange {
    pub(crate) fn types(&self, ticket: TicketNumber, by: Side, now: Time) {
        let mut typed = self.typed(now);
        match typed.entry((ticket, by)) {
            Entry::Occupied(told) if now.since(*told.get()) < TYPES_EVERY => return,
            Entry::Occupied(mut told) => *told.get_mut() = now,
            Entry::Vacant(free) => _ = free.insert(now),
        }
        drop(typed);
        // Nobody listening is no error.
        let _ = self.typing.send(Typing { ticket, by });
    }

    /// What was typed is said now: the next word is told anew.
    pub(crate) fn says(&self, ticket: TicketNumber, by: Side, now: Time) {
        self.typed(now).remove(&(ticket, by));
    }

    /// Whether this side typed just now, for a stream that opens after it was told.
    pub(super) fn is_typing(&self, ticket: TicketNumber, by: Side, now: Time) -> bool {
        self.typed(now).contains_key(&(ticket, by))
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Typing> {
        self.typing.subscribe()
    }

    fn typed(&self, now: Time) -> MutexGuard<'_, BTreeMap<(TicketNumber, Side), Time>> {
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        typed.retain(|_, at| now.since(*at) < TYPES_FOR);
        typed
    }

    /// A place for one stream, given back when it is dropped.
    pub(crate) fn enter(&self, ticket: TicketNumber, side: Side) -> desk::Result<Entered> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let visitors = open.iter().filter(|((_, side), _)| *side == Side::Visitor);
        let full = side == Side::Visitor && visitors.map(|(_, count)| count).sum::<usize>() >= MOST;
        let here = open.get(&(ticket, side)).copied().unwrap_or_default();
        if full || here >= MOST_OF_ONE {
            return Err(Error::Busy);
        }
        open.insert((ticket, side), here + 1);
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
    use desk::clock::HOUR;

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

    #[test]
    fn a_full_house_of_visitors_keeps_no_technician_out_and_leaves_no_trace_of_the_refused() {
        let exchange = Exchange::default();
        let most = i64::try_from(MOST).unwrap();
        let enter = |n: i64, side| exchange.enter(TicketNumber(n), side);
        let desk: Vec<_> = (0..most).map(|n| enter(n, Side::Desk).unwrap()).collect();
        let held: Vec<_> = (0..most).map(|n| enter(n, Side::Visitor).unwrap()).collect();
        let before = exchange.open.lock().unwrap().len();
        assert_eq!(enter(most, Side::Visitor).err(), Some(Error::Busy));
        assert_eq!(
            exchange.open.lock().unwrap().len(),
            before,
            "the refused one is not kept"
        );
        assert!(enter(most, Side::Desk).is_ok());
        drop((desk, held));
        assert!(exchange.open.lock().unwrap().is_empty());
    }

    #[test]
    fn typing_is_passed_on_now_and_then_for_each_side() {
        let exchange = Exchange::default();
        let mut news = exchange.listen();
        let number = TicketNumber(1001);
        let mut heard = |by, at| {
            exchange.types(number, by, at);
            news.try_recv().is_ok()
        };
        let start = Time(1_794_928_920_000_000);
        assert!(heard(Side::Visitor, start));
        assert!(!heard(Side::Visitor, start.plus(TYPES_EVERY - 1)));
        assert!(heard(Side::Desk, start.plus(1)), "the other side has its own");
        assert!(heard(Side::Visitor, start.plus(TYPES_EVERY)));
        let typing = |at| exchange.is_typing(number, Side::Visitor, start.plus(at));
        assert!(
            typing(TYPES_EVERY + TYPES_FOR - 1),
            "a page that opens meanwhile hears of it"
        );
        assert!(!typing(TYPES_EVERY + TYPES_FOR), "and not for ever");
        exchange.types(number, Side::Visitor, start.plus(HOUR));
        assert_eq!(exchange.typed.lock().unwrap().len(), 1, "the old is forgotten");
        exchange.says(number, Side::Visitor, start.plus(HOUR));
        assert!(!typing(HOUR), "a line ends it");
        assert!(
            heard(Side::Visitor, start.plus(HOUR + 1)),
            "and the next word is told at once"
        );
    }
}
