//! The portal: where people ask, see whose turn it is, answer, say that it works, and sign in by a mailed link. Every
//! page stands under `/en` and `/fr`, is whole without script, and shows nothing that only the team may read.

/// One handler, two addresses: the language is the first part of the path.
macro_rules! both {
    ($make:ident, $path:literal, $gate:expr, $handler:path) => {
        [
            Route::$make(concat!("/en", $path), $gate, $handler),
            Route::$make(concat!("/fr", $path), $gate, $handler),
        ]
    };
}

mod answers;
mod ask;
mod asker;
mod chat;
mod confirm;
mod door;
mod etag;
mod help;
mod home;
mod keyed;
mod link_in;
mod outage;
mod rate;
mod request;
mod requests;
mod secret;
mod sign_in;
mod standing;
mod status;
mod talk;
mod visitor;

pub(crate) use visitor::language_of;

use crate::routes::{Class, Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    [
        asking(),
        following(),
        by_link(),
        coming_in(),
        outages(),
        help::routes(),
        chat::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn asking() -> Vec<Route> {
    [
        both!(get, "", Gate::Public, home::show),
        both!(get, "/ask", Gate::Public, ask::show),
        both!(post, "/ask", Gate::Public, ask::submit).map(Route::with_files),
        both!(get, "/ask/answers", Gate::Public, answers::show),
        both!(get, "/ask/fields", Gate::Public, ask::fields),
        both!(get, "/asked", Gate::Public, ask::asked),
        both!(get, "/confirm/{secret}", Gate::Public, confirm::show),
        both!(post, "/confirm/{secret}", Gate::Public, confirm::submit),
    ]
    .concat()
}

fn following() -> Vec<Route> {
    [
        both!(get, "/requests", Gate::SignedIn, requests::show),
        both!(get, "/requests/{number}", Gate::SignedIn, request::show),
        both!(post, "/requests/{number}/answer", Gate::SignedIn, request::answer).map(Route::with_files),
        both!(post, "/requests/{number}/works", Gate::SignedIn, request::works).map(Route::with_files),
        both!(post, "/requests/{number}/reopen", Gate::SignedIn, request::reopen).map(Route::with_files),
        both!(post, "/requests/{number}/rate", Gate::SignedIn, request::rate),
    ]
    .concat()
}

fn outages() -> Vec<Route> {
    [
        both!(get, "/status", Gate::Public, status::show),
        both!(post, "/outages/{number}/me-too", Gate::SignedIn, outage::me_too),
        both!(post, "/outages/{number}/not-me", Gate::SignedIn, outage::not_me),
    ]
    .concat()
}

fn by_link() -> Vec<Route> {
    let files = both!(get, "/k/{secret}/files/{id}", Gate::Requester, keyed::file).map(|r| r.class(Class::Download));
    [
        both!(get, "/k/{secret}", Gate::Requester, keyed::show),
        both!(post, "/k/{secret}/answer", Gate::Requester, keyed::answer).map(Route::with_files),
        both!(post, "/k/{secret}/works", Gate::Requester, keyed::works).map(Route::with_files),
        both!(post, "/k/{secret}/reopen", Gate::Requester, keyed::reopen).map(Route::with_files),
        both!(get, "/rate/{secret}", Gate::Requester, rate::show),
        both!(post, "/rate/{secret}", Gate::Requester, rate::submit),
        files,
    ]
    .concat()
}

fn coming_in() -> Vec<Route> {
    [
        both!(get, "/sign-in", Gate::Public, sign_in::show),
        both!(post, "/sign-in", Gate::Public, sign_in::submit),
        both!(get, "/reset", Gate::Public, sign_in::show_reset),
        both!(post, "/reset", Gate::Public, sign_in::submit_reset),
        both!(get, "/mailed", Gate::Public, sign_in::mailed),
        both!(get, "/sign-in/{secret}", Gate::Public, link_in::show),
        both!(post, "/sign-in/{secret}", Gate::Public, link_in::submit),
        both!(post, "/sign-in/{secret}/password", Gate::Public, link_in::password),
    ]
    .concat()
}
