//! The pages and the API, asked as a browser or a program asks them.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(clippy::too_many_lines, reason = "a journey reads best in one piece")]

mod access;
mod api;
mod api_changes;
mod api_clock;
mod api_escalations;
mod api_fields;
mod api_letters;
mod api_reviews;
mod api_suggestions;
mod csrf;
mod door;
mod forms;
mod headers;
mod letters;
mod live;
mod numbers;
mod pages;
mod portal;
mod sessions;
mod stand;
