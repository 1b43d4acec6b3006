//! The trade, on both engines.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod admin;
mod answers;
mod board;
mod canned;
mod changes;
mod chat;
mod chat_bounds;
mod coaching;
mod common;
mod counter;
mod drafting;
mod drafts;
mod forms;
mod knowledge;
mod links;
mod mail;
mod meaning;
mod outages;
mod people;
mod problems;
mod quality;
mod ratings;
mod reports;
mod services;
mod sign_in;
mod suggested;
mod suggested_far;
mod suggestions;
mod teams;
mod tickets;
mod upgrade;
mod views;
