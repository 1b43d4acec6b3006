//! The pages and the API, asked as a browser or a program asks them.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod pages;
mod portal;
