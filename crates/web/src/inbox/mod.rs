//! The inbox: what needs me, in order. Lists run by next due; nothing here decides who may see a ticket.

mod bulk;
mod clause_words;
mod filter;
mod filter_form;
mod filter_words;
mod rows;
mod show;
mod views;
mod wanted;

pub(crate) use bulk::{BulkToast, Told, sentences, toast as bulk_toast, told};
pub(crate) use filter::Filter;
pub(crate) use rows::{Chip, Choices, ListView, channel_icon};
pub(crate) use show::choices;
pub(crate) use wanted::{Listed, Wanted};

use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/inbox", Gate::Staff, show::first),
        Route::get("/inbox/{view}", Gate::Staff, show::show),
        Route::get("/inbox/deeds", Gate::Staff, bulk::choose),
        Route::get("/inbox/{view}/filter", Gate::Staff, filter_form::show),
        Route::post("/inbox/{view}/bulk", Gate::Staff, bulk::bulk),
        Route::post("/inbox/{view}/undo", Gate::Staff, bulk::undo),
    ];
    routes.extend(views::routes());
    routes
}
