//! Proof of the working-time arithmetic: known days by hand, and everything else against a model
//! that steps minute by minute.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests stop the test, and figures are printed"
)]

mod days;
mod holidays;
mod model;
mod promises;
mod properties;
mod random;

/// How many cases a property runs: a few seconds by default, more when the environment says so.
fn cases() -> u32 {
    std::env::var("FIRSTLINE_PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(256)
}

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

/// The instant of a UTC time such as `2026-03-08T07:00Z`.
fn utc(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}
