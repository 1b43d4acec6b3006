//! Small things every test here needs: seeded chance, waiting for a fact, and saying that something was skipped.

use std::thread;
use std::time::{Duration, Instant};

/// SplitMix64: the same seed, the same run.
pub(crate) struct Chance(u64);

impl Chance {
    /// From `FIRSTLINE_SEED`, else from where the kernel put this process; printed, so that a failure can be repeated.
    pub(crate) fn new(of: &str) -> Chance {
        let given = std::env::var("FIRSTLINE_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| {
            use std::hash::{BuildHasher, RandomState};
            RandomState::new().hash_one(of)
        });
        eprintln!("{of}: FIRSTLINE_SEED={seed}");
        Chance(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low)
    }
}

/// Asks until it is so, for at most `longest`. True when it came to be.
pub(crate) fn until(longest: Duration, mut so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + longest;
    loop {
        if so() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        thread::park_timeout(Duration::from_millis(10));
    }
}

/// A number from the environment.
pub(crate) fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

/// Says it so that nobody overlooks it, and fails where the checks must have everything they need.
pub(crate) fn skip(why: &str) {
    eprintln!("\nSKIPPED: {why}\n");
    assert!(
        std::env::var_os("FIRSTLINE_TEST_REQUIRE").is_none(),
        "this run may skip nothing: {why}"
    );
}
