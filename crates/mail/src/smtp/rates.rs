//! How often a peer did something lately. Each period is counted in two windows, of which the older
//! weighs as much as still lies within the period: near enough to a true count, in a few bytes for
//! each peer. Pure: the time is an argument.

use super::Rates;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;
use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);
const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3_600);

#[derive(Debug, Clone, Copy)]
struct Count {
    period: Duration,
    began: Instant,
    before: u32,
    now: u32,
}

impl Count {
    fn new(period: Duration, now: Instant) -> Count {
        Count {
            period,
            began: now,
            before: 0,
            now: 0,
        }
    }

    fn turn(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.began);
        if passed >= self.period * 2 {
            *self = Count::new(self.period, now);
        } else if passed >= self.period {
            (self.before, self.now) = (self.now, 0);
            self.began += self.period;
        }
    }

    /// How many fall within the period that ends now.
    fn lately(&mut self, now: Instant) -> u32 {
        self.turn(now);
        let passed = now.saturating_duration_since(self.began).as_secs_f64() / self.period.as_secs_f64();
        // At most `before`, which is a whole number of 32 bits.
        let older = (f64::from(self.before) * (1.0 - passed).max(0.0)).ceil() as u32;
        self.now.saturating_add(older)
    }

    fn add(&mut self, now: Instant) {
        self.turn(now);
        self.now = self.now.saturating_add(1);
    }
}

#[derive(Debug)]
struct Peer {
    letters: [Count; 3],
    refused: Count,
    seen: Instant,
}

impl Peer {
    fn new(now: Instant) -> Peer {
        Peer {
            letters: [MINUTE, FIVE_MINUTES, HOUR].map(|period| Count::new(period, now)),
            refused: Count::new(FIVE_MINUTES, now),
            seen: now,
        }
    }
}

/// What is remembered of peers, bounded.
#[derive(Debug)]
pub(super) struct Table {
    rates: Rates,
    peers: HashMap<IpAddr, Peer>,
}

impl Table {
    pub(super) fn new(rates: Rates) -> Table {
        Table {
            rates,
            peers: HashMap::new(),
        }
    }

    /// Counts a letter that begins; false when it is one too many, which is not counted.
    pub(super) fn may_begin(&mut self, line: IpAddr, now: Instant) -> bool {
        let most = [self.rates.a_minute, self.rates.five_minutes, self.rates.an_hour];
        let peer = self.peer(line, now);
        let fits = peer.letters.iter_mut().zip(most).all(|(c, most)| c.lately(now) < most);
        if fits {
            peer.letters.iter_mut().for_each(|count| count.add(now));
        }
        fits
    }

    pub(super) fn may_sign_in(&mut self, line: IpAddr, now: Instant) -> bool {
        let most = self.rates.refused_sign_ins;
        self.peers
            .get_mut(&line)
            .is_none_or(|peer| peer.refused.lately(now) < most)
    }

    pub(super) fn sign_in_refused(&mut self, line: IpAddr, now: Instant) {
        self.peer(line, now).refused.add(now);
    }

    fn peer(&mut self, line: IpAddr, now: Instant) -> &mut Peer {
        if self.peers.len() >= self.rates.peers.max(1) && !self.peers.contains_key(&line) {
            self.forget(now);
        }
        let peer = self.peers.entry(line).or_insert_with(|| Peer::new(now));
        peer.seen = now;
        peer
    }

    /// Those of whom nothing counts any more, else the one unseen for longest.
    fn forget(&mut self, now: Instant) {
        self.peers
            .retain(|_, peer| now.saturating_duration_since(peer.seen) < HOUR * 2);
        if self.peers.len() < self.rates.peers.max(1) {
            return;
        }
        let oldest = self
            .peers
            .iter()
            .min_by_key(|(_, peer)| peer.seen)
            .map(|(line, _)| *line);
        if let Some(line) = oldest {
            self.peers.remove(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rates, Table};
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;
    use tokio::time::Instant;

    const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

    /// How many of `tries` a second pass in so many seconds.
    fn passed(table: &mut Table, start: Instant, seconds: std::ops::Range<u64>, tries: u32) -> usize {
        let each = |second| (0..tries).map(move |_| start + Duration::from_secs(second));
        seconds.flat_map(each).filter(|now| table.may_begin(PEER, *now)).count()
    }

    #[test]
    fn each_period_has_its_bound() {
        let start = Instant::now();
        let mut table = Table::new(Rates::default());
        assert_eq!(passed(&mut table, start, 0..1, 1_000), 50, "a burst");
        let minute = passed(&mut table, start, 1..61, 10);
        assert!(minute <= 50, "{minute} in the minute after");
        let mut table = Table::new(Rates::default());
        assert_eq!(passed(&mut table, start, 0..300, 1), 120, "five minutes");
        let mut table = Table::new(Rates::default());
        assert_eq!(passed(&mut table, start, 0..3_600, 1), 600, "an hour");
        // The control: after quiet hours a peer begins anew, and another peer never was bound.
        assert_eq!(passed(&mut table, start, 20_000..20_001, 1_000), 50);
        assert!(table.may_begin(IpAddr::V4(Ipv4Addr::LOCALHOST), start));
    }

    #[test]
    fn the_table_is_bounded_and_keeps_who_came_last() {
        let start = Instant::now();
        let mut table = Table::new(Rates {
            a_minute: 1,
            peers: 100,
            ..Rates::default()
        });
        for n in 0..10_000_u32 {
            let now = start + Duration::from_millis(u64::from(n));
            assert!(table.may_begin(IpAddr::V4(Ipv4Addr::from_bits(n)), now));
            assert!(table.peers.len() <= 100);
        }
        let now = start + Duration::from_secs(11);
        assert!(!table.may_begin(IpAddr::V4(Ipv4Addr::from_bits(9_950)), now));
    }

    #[test]
    fn guessing_passwords_is_bounded() {
        let start = Instant::now();
        let mut table = Table::new(Rates::default());
        let tried = |table: &mut Table, now| {
            let mut tries = 0;
            while table.may_sign_in(PEER, now) {
                table.sign_in_refused(PEER, now);
                tries += 1;
            }
            tries
        };
        assert_eq!(tried(&mut table, start), 10);
        assert_eq!(tried(&mut table, start + Duration::from_secs(1)), 0);
        assert!(tried(&mut table, start + Duration::from_secs(601)) > 0);
    }
}
