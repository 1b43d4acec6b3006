//! The inbox: what needs me, in order. Lists run by next due; nothing here decides who may see a ticket.

mod rows;
mod show;

pub(crate) use rows::{Chip, ListView, channel_icon, list_query};

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/inbox", Gate::Staff, show::first),
        Route::get("/inbox/{view}", Gate::Staff, show::show),
    ]
}
