//! How often one token or one address may ask. Sign-in has its own, durable throttle in `desk::sign_in`.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Requests of one API token a second, sustained, and in a burst.
const API: (u32, u32) = (100, 400);
/// Anonymous forms of one address a minute.
const FORMS: u32 = 20;

pub struct Throttle {
    api: DefaultKeyedRateLimiter<i64>,
    forms: DefaultKeyedRateLimiter<IpAddr>,
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
        }
    }
}

impl Throttle {
    /// `Err` says after how many seconds to come back.
    pub fn api(&self, person: i64) -> Result<(), i64> {
        self.api
            .check_key(&person)
            .map_err(|n| seconds(n.wait_time_from(DefaultClock::default().now())))
    }

    pub fn form(&self, from: IpAddr) -> Result<(), i64> {
        self.forms
            .check_key(&from)
            .map_err(|n| seconds(n.wait_time_from(DefaultClock::default().now())))
    }
}

fn seconds(wait: std::time::Duration) -> i64 {
    i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1)
}
