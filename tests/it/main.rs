//! The program as an operator meets it: the built binary, real folders, real sockets.

#![allow(clippy::too_many_lines, reason = "a journey reads best in one piece")]

mod backups;
mod checks;
mod commands;
mod common;
mod demo;
mod imports;
mod post;
mod serving;
