//! Bringing in what other desks hold: resumable, safe to run again, original dates and authors, nothing mailed.

pub mod tickets;
