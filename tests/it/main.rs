//! The program as an operator meets it: the built binary, real folders, real sockets.

#![allow(clippy::too_many_lines, reason = "a journey reads best in one piece")]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod articles;
mod backups;
mod checks;
mod commands;
mod common;
mod demo;
mod imports;
mod manuals;
mod models;
mod post;
mod reading;
mod serving;
