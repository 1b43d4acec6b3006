//! The visitor's side of live chat: on the portal, and in the widget's frame on other sites. The same pages, twice
//! addressed: the frame has its own content policy, keeps no cookie, and has the secret of the talk in its path, where
//! the page around it cannot read it.

mod guest;
mod hours;
mod loader;
mod start;
mod talk;

use crate::routes::{Class, Gate, Route};

/// One handler, four addresses: both languages, on the portal and in the frame.
macro_rules! everywhere {
    ($make:ident, $path:literal, $class:expr, $handler:path) => {
        [
            Route::$make(concat!("/en/chat", $path), Gate::Public, $handler),
            Route::$make(concat!("/fr/chat", $path), Gate::Public, $handler),
            Route::$make(concat!("/widget/en/chat", $path), Gate::Public, $handler),
            Route::$make(concat!("/widget/fr/chat", $path), Gate::Public, $handler),
        ]
        .map(|route| {
            let framed = route.path.starts_with("/widget/");
            let page = if framed { Class::Frame } else { Class::Page };
            route.class($class.unwrap_or(page))
        })
    };
}

pub(super) fn routes() -> Vec<Route> {
    let mut all = [
        everywhere!(get, "", None, start::show),
        everywhere!(post, "", None, start::submit),
        everywhere!(get, "/{secret}", None, talk::show),
        everywhere!(get, "/{secret}/live", Some(Class::Stream), talk::live),
        everywhere!(post, "/{secret}/lines", None, talk::say),
        everywhere!(post, "/{secret}/typing", Some(Class::Data), talk::typing),
        everywhere!(post, "/{secret}/end", None, talk::end),
    ]
    .concat();
    all.push(Route::get("/widget.js", Gate::Public, loader::serve).class(Class::Loader));
    all.push(Route::get("/widget/en/asked", Gate::Public, start::asked).class(Class::Frame));
    all.push(Route::get("/widget/fr/asked", Gate::Public, start::asked).class(Class::Frame));
    all
}
