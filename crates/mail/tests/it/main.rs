//! Tests of the mail instrument, as its callers see it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod composing;
mod corpus;
mod data;
mod fuzz;
mod name_server;
mod natures;
mod pressing;
mod quoting;
mod relaying;
mod sanitising;
mod securing;
mod serving;
mod signing;
mod smtp_client;
mod three_readers;
mod vouching;
mod world;
