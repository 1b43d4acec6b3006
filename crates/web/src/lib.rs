//! The pages, the fragments and the JSON of the desk. It knows HTTP and HTML and no SQL: what happens is a verb of
//! `desk`, what may be seen is decided there, and a page only says it well.
//!
//! `routes::table` lists every route with who may use it; nothing else answers.

mod admin;
mod api;
mod assets;
mod board;
mod canned;
mod changes;
mod chat;
mod coaching;
mod counter;
mod door;
mod escalations;
mod forms;
mod health;
mod http;
mod inbox;
mod kb;
mod layout;
mod letters;
mod live;
mod me;
mod outages;
mod people;
mod portal;
mod practice;
mod problems;
mod quality;
mod reports;
mod review;
pub mod routes;
mod search;
mod services;
mod setup;
mod sign_in;
mod skills;
mod state;
mod tickets;
mod titles;
mod wages;
mod words;

pub use door::{Limits, serve};
pub use health::start_counting;
pub use http::app;
pub use live::Hub;
pub use state::{Machine, Options, State, WayOut};
pub use words::text;
