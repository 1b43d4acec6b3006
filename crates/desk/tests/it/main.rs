//! The trade, on both engines.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod admin;
mod answers;
mod board;
mod calendars;
mod canned;
mod changes;
mod chat;
mod chat_bounds;
mod coaching;
mod common;
mod competence;
mod counter;
mod drafting;
mod drafts;
mod escalations;
mod forms;
mod knowledge;
mod links;
mod mail;
mod meaning;
mod outages;
mod people;
mod practice;
mod problems;
mod quality;
mod ratings;
mod reports;
mod reviews;
mod services;
mod sign_in;
mod sla;
mod suggested;
mod suggested_far;
mod suggestions;
mod teams;
mod tickets;
mod titles;
mod upgrade;
mod views;
mod wages;
