//! The trade, on both engines.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod admin;
mod answers;
mod canned;
mod chat;
mod chat_bounds;
mod common;
mod counter;
mod drafts;
mod forms;
mod links;
mod mail;
mod people;
mod ratings;
mod reports;
mod sign_in;
mod teams;
mod tickets;
mod upgrade;
mod views;
