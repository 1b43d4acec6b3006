//! Tests of the mail instrument, as its callers see it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod composing;
mod corpus;
mod data;
mod forwards;
mod fuzz;
mod invitations;
mod natures;
mod quoting;
mod relaying;
mod reports;
mod returned;
mod sanitising;
mod seals;
mod serving;
mod smtp_client;
mod words;
mod wrappings;
