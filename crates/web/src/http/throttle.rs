//! How often one token or one address may ask. Sign-in has its own, durable throttle in `desk::sign_in`.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::peer::network;

/// Requests of one API token a second, sustained, and in a burst.
const API: (u32, u32) = (100, 400);
/// Anonymous forms of one address a minute.
const FORMS: u32 = 20;
/// Searches of the public pages from one address a minute; while one types, each pause is one.
const SEARCHES: u32 = 600;
/// Of those, how many are counted: nobody fills the lists of what is missing.
const COUNTED: u32 = 30;
/// Secrets that open nothing, from one address a minute: a whole office may hold talks that have just ended.
const MISSES: u32 = 300;
/// Forms after which those are forgotten who might ask anew.
const TIDY: u64 = 4_096;

pub struct Throttle {
    api: DefaultKeyedRateLimiter<i64>,
    forms: DefaultKeyedRateLimiter<IpAddr>,
    misses: DefaultKeyedRateLimiter<IpAddr>,
    searches: DefaultKeyedRateLimiter<IpAddr>,
    counted: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU64,
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Throttle")
    }
}

fn number(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

impl Default for Throttle {
    fn default() -> Self {
        Throttle {
            api: RateLimiter::keyed(Quota::per_second(number(API.0)).allow_burst(number(API.1))),
            forms: RateLimiter::keyed(Quota::per_minute(number(FORMS))),
            misses: RateLimiter::keyed(Quota::per_minute(number(MISSES))),
            searches: RateLimiter::keyed(Quota::per_minute(number(SEARCHES))),
            counted: RateLimiter::keyed(Quota::per_minute(number(COUNTED))),
            asked: AtomicU64::new(0),
        }
    }
}

impl Throttle {
    /// `Err` says after how many seconds to come back.
    /// Forgets, once in a while, whoever has not asked for so long that he might ask anew: a crowd of strangers leaves
    /// nothing behind.
    fn tidy(&self) {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY == TIDY - 1 {
            self.forms.retain_recent();
            self.misses.retain_recent();
            self.searches.retain_recent();
            self.counted.retain_recent();
            self.api.retain_recent();
        }
    }

    pub fn api(&self, person: i64) -> Result<(), i64> {
        self.api
            .check_key(&person)
            .map_err(|n| seconds(n.wait_time_from(DefaultClock::default().now())))
    }

    pub fn form(&self, from: IpAddr) -> Result<(), i64> {
        self.share(&self.forms, from)
    }

    /// Somebody tried a secret that opens nothing.
    pub fn miss(&self, from: IpAddr) -> Result<(), i64> {
        self.share(&self.misses, from)
    }

    /// Somebody looks for something on the public pages.
    pub fn search(&self, from: IpAddr) -> Result<(), i64> {
        self.share(&self.searches, from)
    }

    /// What he looked for is counted.
    pub fn counted(&self, from: IpAddr) -> Result<(), i64> {
        self.share(&self.counted, from)
    }

    fn share(&self, of: &DefaultKeyedRateLimiter<IpAddr>, from: IpAddr) -> Result<(), i64> {
        self.tidy();
        of.check_key(&network(from))
            .map_err(|n| seconds(n.wait_time_from(DefaultClock::default().now())))
    }
}

fn seconds(wait: std::time::Duration) -> i64 {
    i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn a_line_of_ipv6_has_one_share() {
        let throttle = Throttle::default();
        let from = |line: u16, end: u16| IpAddr::from(Ipv6Addr::new(0x2001, 0xdb8, 0, line, 0, 0, 0, end));
        let let_in = (0..100).filter(|end| throttle.form(from(1, *end)).is_ok()).count();
        assert_eq!(let_in, 20);
        assert!(throttle.form(from(2, 0)).is_ok(), "another line has its own");
    }

    #[test]
    fn what_is_remembered_stays_bounded() {
        // Each may ask again at once, so each is forgotten at the next tidying.
        let throttle = Throttle {
            forms: RateLimiter::keyed(Quota::per_second(number(1_000_000))),
            ..Throttle::default()
        };
        for n in 0..20_000_u32 {
            assert!(throttle.form(IpAddr::from(n.to_be_bytes())).is_ok());
        }
        assert!(throttle.forms.len() <= 4_096, "{}", throttle.forms.len());
    }
}
