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
use crate::words::text;

#[derive(Template)]
#[template(
    source = "{{ words }}{% if let Some(solving) = solving %}<details><summary>{{ title }}</summary>{{ solving }}</details>{% endif %}",
    ext = "html"
)]
struct Page {
    words: Markup,
    /// The letter of a reply that solves the ticket as well, where that one says more.
    solving: Option<Markup>,
    title: String,
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
        if asked.kind != "reply" {
            return Ok((markdown(&words), None));
        }
        let reply = outbox::preview_reply(r, &cx, number, &words, false)?;
        let solving = outbox::preview_reply(r, &cx, number, &words, true)?;
        let more = (solving != reply).then(|| Markup::foreign(&solving));
        Ok((Markup::foreign(&reply), more))
    });
    let (words, solving) = shown.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let title = text(visit.lang(), "write-preview-solving", &[]);
    respond(&Page { words, solving, title })
}
