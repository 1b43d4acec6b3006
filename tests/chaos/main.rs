//! The program killed, filled to the brim and crowded while people work with it, and given every odd letter there is,
//! as a child process on a folder of its own. Every acknowledged operation is written down elsewhere and must be found again, once. Each run prints its seed;
//! `FIRSTLINE_SEED` repeats it. `FIRSTLINE_KILLS` says how often the program is killed, `FIRSTLINE_POWER_CUTS` how often
//! the power goes.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(clippy::too_many_lines, reason = "a siege reads best in one piece")]

mod audit;
mod clients;
mod crowd;
mod disk;
mod fetching;
mod full_disk;
mod http;
mod journal;
mod kills;
mod letters;
mod power_cut;
mod server;
mod sink;
mod smtp;
mod tools;
