//! The ticket: its page in three panes, one file for each thing a technician does with it, the page for a new one,
//! and the files that hang on it. What may be done and seen is decided by `desk`; here it is only said well.

mod again;
mod alike;
mod assign;
mod callers;
pub(crate) mod choices;
mod clock;
mod compose;
mod create;
mod draft;
mod drafted;
mod edit;
mod expand;
mod fields;
mod files;
mod form;
mod here;
mod history;
mod later;
pub(crate) mod ledger;
mod likely;
mod lines;
mod links;
mod load;
mod merge;
mod merge_look;
mod new;
mod outcome;
mod paste;
mod person;
mod planned;
mod preview;
mod print;
mod qr;
pub(crate) mod reasons;
mod resend;
mod show;
mod snooze;
mod solution;
mod spent;
mod split;
mod status;
mod steps;
mod steps_page;
mod tags;
mod tasks;
mod timeline;
mod toast;
mod undo;
mod upload;
mod visit;
mod watch;

pub(crate) use files::{disposition, download, harmless};

use crate::routes::{Class, Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::get("/tickets/new", Gate::Staff, new::show),
        Route::get("/tickets/new/people", Gate::Staff, callers::show),
        Route::post("/tickets", Gate::Staff, create::create).with_files(),
        Route::get("/tickets/{number}", Gate::Staff, show::show),
        Route::post("/tickets/{number}/replies", Gate::Staff, compose::reply).with_files(),
        Route::post("/tickets/{number}/notes", Gate::Staff, compose::note).with_files(),
        Route::post("/tickets/{number}/calls", Gate::Staff, compose::call).with_files(),
        Route::post("/tickets/{number}/visits", Gate::Staff, compose::visit).with_files(),
        Route::get("/tickets/{number}/expand", Gate::Staff, expand::show),
        Route::post("/tickets/{number}/preview", Gate::Staff, preview::show),
        Route::post("/tickets/{number}/paste", Gate::Staff, paste::read).class(Class::Data),
        Route::post("/tickets/{number}/draft", Gate::Staff, draft::keep).class(Class::Data),
        Route::post("/tickets/{number}/here", Gate::Staff, here::say).class(Class::Data),
        Route::post("/tickets/{number}/assignee", Gate::Staff, assign::assign),
        Route::post("/tickets/{number}/solution", Gate::Staff, solution::solve),
        Route::post("/tickets/{number}/status", Gate::Staff, status::change),
        Route::post("/tickets/{number}/planned/send", Gate::Staff, planned::send),
        Route::post("/tickets/{number}/planned/edit", Gate::Staff, planned::edit),
        Route::post("/tickets/{number}/planned/cancel", Gate::Staff, planned::cancel),
        Route::get("/tickets/{number}/split", Gate::Staff, split::show),
        Route::post("/tickets/{number}/split", Gate::Staff, split::split),
        Route::get("/tickets/{number}/resend", Gate::Staff, resend::show),
        Route::post("/tickets/{number}/resend", Gate::Staff, resend::resend),
        Route::post("/tickets/{number}/snooze", Gate::Staff, snooze::snooze),
        Route::post("/tickets/{number}/wake", Gate::Staff, snooze::wake),
        Route::post("/tickets/{number}/edit", Gate::Staff, edit::edit),
        Route::post("/tickets/{number}/fields", Gate::Staff, form::fill),
        Route::get("/tickets/new/fields", Gate::Staff, new::fields),
        Route::post("/tickets/{number}/tags", Gate::Staff, tags::add),
        Route::post("/tickets/{number}/tags/remove", Gate::Staff, tags::remove),
        Route::post("/tickets/{number}/merge", Gate::Staff, merge::merge),
        Route::post("/tickets/{number}/unmerge", Gate::Staff, merge::unmerge),
        Route::post("/tickets/{number}/links", Gate::Staff, links::add),
        Route::post("/tickets/{number}/links/remove", Gate::Staff, links::remove),
        Route::get("/tickets/{number}/likely", Gate::Staff, likely::show),
        Route::get("/tickets/{number}/likely/words", Gate::Staff, likely::words),
        Route::post("/tickets/{number}/likely/use", Gate::Staff, likely::use_on),
        Route::post("/tickets/{number}/likely/dismiss", Gate::Staff, likely::dismiss),
        Route::post("/tickets/{number}/drafted", Gate::Staff, drafted::reply),
        Route::post("/tickets/{number}/summary", Gate::Staff, drafted::summary),
        Route::post("/tickets/{number}/watch", Gate::Staff, watch::watch),
        Route::post("/tickets/{number}/unwatch", Gate::Staff, watch::unwatch),
        Route::post("/tickets/{number}/undo", Gate::Staff, undo::undo),
        Route::post("/tickets/new/alike", Gate::Staff, alike::show),
        Route::get("/tickets/{number}/steps", Gate::Staff, steps_page::show),
    ];
    all.extend(beside());
    all
}

/// What stands beside the conversation, and pages of its own about one ticket.
fn beside() -> Vec<Route> {
    vec![
        Route::post("/tickets/{number}/steps", Gate::Staff, steps::add),
        Route::post("/tickets/{number}/steps/tick", Gate::Staff, steps::tick),
        Route::post("/tickets/{number}/steps/change", Gate::Staff, steps::change),
        Route::post("/tickets/{number}/steps/move", Gate::Staff, steps::shift),
        Route::post("/tickets/{number}/steps/remove", Gate::Staff, steps::remove),
        Route::post("/tickets/{number}/time", Gate::Staff, spent::log),
        Route::post("/tickets/{number}/time/change", Gate::Staff, spent::change),
        Route::post("/tickets/{number}/time/remove", Gate::Staff, spent::remove),
        Route::get("/tickets/{number}/clock", Gate::Staff, ledger::show),
        Route::get("/tickets/{number}/history", Gate::Staff, history::show),
        Route::get("/tickets/{number}/print", Gate::Staff, print::show),
        Route::get("/tickets/{number}/merge", Gate::Staff, merge_look::show),
        Route::get("/steps", Gate::Staff, steps_page::mine),
        Route::get("/files/{id}", Gate::SignedIn, files::show).class(Class::Download),
    ]
}
