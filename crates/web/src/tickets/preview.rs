//! `POST /tickets/{number}/preview`: the words as they will be shown: a reply as its letter, with all that stands under it,
//! anything else as the page has it. Nothing is kept.

use askama::Template;
use axum::extract::Query;
use desk::mailboxes::outbox;
use desk::tickets;
use serde::Deserialize;

use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Markup, markdown, respond};

#[derive(Template)]
#[template(source = "{{ words }}", ext = "html")]
struct Page {
    words: Markup,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
}

/// The words are the whole body: no form makes them longer than they are.
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>, words: String) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let shown = visit.state.desk().read(move |r| {
        tickets::find_visible(r, &cx, number)?;
        Ok(match asked.kind.as_str() {
            "reply" => Markup::foreign(&outbox::preview_reply(r, &cx, number, &words)?),
            _ => markdown(&words),
        })
    });
    let words = shown.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    respond(&Page { words })
}
