//! The program as an operator meets it: the built binary, real folders, real sockets.

mod backups;
mod checks;
mod commands;
mod common;
mod demo;
mod imports;
mod serving;
