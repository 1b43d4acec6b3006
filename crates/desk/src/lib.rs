//! The trade of the desk: people, tickets, letters, promises, and the log of what happened. It holds the rules, the SQL
//! and the events, and knows no HTTP: pages and programs call it with a `Context` and get rows or refusals back.
//!
//! One verb is one transaction and one event; what follows from it reads the event log.

pub mod access;
pub mod board;
pub mod calendars;
pub mod canned;
pub mod changes;
pub mod chat;
pub mod clock;
pub mod coaching;
pub mod competence;
mod context;
pub mod counter;
mod desk;
pub mod drafting;
pub mod drafts;
pub mod error;
pub mod escalations;
pub mod events;
pub mod files;
pub mod finding;
pub mod forms;
pub mod house;
pub mod ids;
pub mod jobs;
pub mod knowledge;
pub mod mailboxes;
pub mod meaning;
mod migrations;
pub mod once;
pub mod organizations;
pub mod outages;
pub mod people;
pub mod practice;
pub mod problems;
pub mod quality;
pub mod ratings;
pub mod reports;
pub mod reviews;
pub mod services;
pub mod sign_in;
pub mod sla;
pub mod suggestions;
pub mod teams;
pub mod tickets;
pub mod titles;
pub mod topics;
pub mod vault;
pub mod views;
pub mod wages;
pub mod words;

pub use clock::{Clock, Time};
pub use context::Context;
pub use db::{Read, Text, Write};
pub use desk::{Desk, Parts, Trust};
pub use error::{Error, Refusal, Result};
pub use ids::*;
pub use migrations::MIGRATIONS;
pub use vault::Vault;
