//! Every route of the program, with who may use it and under which content policy it answers. The router is built from
//! this table and from nothing else; the access matrix in the tests has a line for each row.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::state::State;

/// Who may use a route at all. What he may do with one ticket, person or letter is decided by the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Anybody: the portal's public pages, sign-in, assets, health.
    Public,
    /// Whoever is signed in (a session).
    SignedIn,
    /// Technicians, supervisors, administrators (a session).
    Staff,
    /// Administrators (a session).
    Admin,
    /// The API: a Bearer token whose person and scopes allow it.
    Token,
    /// A keyed link or a session: the portal page of one request.
    Requester,
}

/// Which content policy a route answers under (see `http::headers`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Desk and portal pages: strict policy with Trusted Types.
    Page,
    /// The body of a letter "as sent": a sandbox of its own that runs nothing and loads nothing.
    Letter,
    /// A file to be downloaded.
    Download,
    /// JSON and plain text.
    Data,
    /// Styles, scripts, icons: immutable.
    Asset,
    /// The event stream.
    Stream,
    /// A page of the widget: like a page, and the sites the administrator names may frame it.
    Frame,
    /// The script other sites load.
    Loader,
    /// The script that keeps pages on a device: it fetches from the desk alone.
    Worker,
}

#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub gate: Gate,
    pub class: Class,
    /// Takes files with its form; every other body is small.
    pub(crate) files: bool,
    pub(crate) handler: MethodRouter<State>,
}

impl Route {
    fn new<H, T>(method: Method, path: &'static str, gate: Gate, class: Class, handler: H) -> Route
    where
        H: Handler<T, State>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("our routes use the nine standard methods");
        Route {
            method,
            path,
            gate,
            class,
            files: false,
            handler: on(filter, handler),
        }
    }

    pub(crate) fn get<H: Handler<T, State>, T: 'static>(path: &'static str, gate: Gate, handler: H) -> Route {
        Route::new(Method::GET, path, gate, Class::Page, handler)
    }

    pub(crate) fn post<H: Handler<T, State>, T: 'static>(path: &'static str, gate: Gate, handler: H) -> Route {
        Route::new(Method::POST, path, gate, Class::Page, handler)
    }

    pub(crate) fn put<H: Handler<T, State>, T: 'static>(path: &'static str, gate: Gate, handler: H) -> Route {
        Route::new(Method::PUT, path, gate, Class::Page, handler)
    }

    pub(crate) fn delete<H: Handler<T, State>, T: 'static>(path: &'static str, gate: Gate, handler: H) -> Route {
        Route::new(Method::DELETE, path, gate, Class::Page, handler)
    }

    #[must_use]
    pub(crate) fn with_files(mut self) -> Route {
        self.files = true;
        self
    }

    #[must_use]
    pub(crate) fn class(mut self, class: Class) -> Route {
        self.class = class;
        self
    }
}

/// All of them, room by room.
pub fn table() -> Vec<Route> {
    [
        crate::assets::routes(),
        crate::health::routes(),
        crate::setup::routes(),
        crate::sign_in::routes(),
        crate::me::routes(),
        crate::inbox::routes(),
        crate::tickets::routes(),
        crate::search::routes(),
        crate::people::routes(),
        crate::titles::routes(),
        crate::wages::routes(),
        crate::canned::routes(),
        crate::changes::routes(),
        crate::services::routes(),
        crate::outages::routes(),
        crate::escalations::routes(),
        crate::counter::routes(),
        crate::problems::routes(),
        crate::skills::routes(),
        crate::practice::routes(),
        crate::kb::routes(),
        crate::letters::routes(),
        crate::admin::routes(),
        crate::reports::routes(),
        crate::review::routes(),
        crate::board::routes(),
        crate::quality::routes(),
        crate::coaching::routes(),
        crate::chat::routes(),
        crate::live::routes(),
        crate::portal::routes(),
        crate::api::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
