//! Tests of the mail instrument, as its callers see it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod composing;
mod corpus;
mod data;
mod fetching;
mod fuzz;
mod hostile;
mod importing;
mod line;
mod natures;
mod pop3;
mod quoting;
mod relaying;
mod sanitising;
mod serving;
mod smtp_client;
mod taking;
mod watching;
