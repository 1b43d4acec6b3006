//! Models from outside: a tiny one made here, and a real one where it is at hand.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod points;
mod real;
mod refused;
mod tiny;
