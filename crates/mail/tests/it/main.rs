//! Tests of the mail instrument, as its callers see it.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod composing;
mod corpus;
mod data;
mod fetching;
mod forwards;
mod fuzz;
mod hostile;
mod importing;
mod invitations;
mod line;
mod natures;
mod pop3;
mod pressing;
mod quoting;
mod refusing;
mod relaying;
mod reports;
mod returned;
mod sanitising;
mod seals;
mod securing;
mod serving;
mod signing;
mod smtp_client;
mod stubborn;
mod taking;
mod three_readers;
mod vouching;
mod watching;
mod words;
mod world;
mod wrappings;
