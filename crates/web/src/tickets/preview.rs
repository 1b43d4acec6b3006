//! `POST /tickets/{number}/preview`: the words as the page and the letter will show them. Nothing is kept.

use askama::Template;
use desk::tickets;

use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Markup, markdown, respond};

#[derive(Template)]
#[template(source = "{{ words }}", ext = "html")]
struct Page {
    words: Markup,
}

/// The words are the whole body: no form makes them longer than they are.
pub(crate) async fn show(visit: Visit, words: String) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let seen = visit.state.desk().read(move |r| tickets::find_visible(r, &cx, number));
    seen.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    respond(&Page {
        words: markdown(&words),
    })
}
