//! The list of people, and the field that finds one.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::people::{self, ListPeople, PageCursor, Person};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct Page {
    shell: Shell,
    q: String,
    people: Vec<Person>,
    next: Option<String>,
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let q: String = asked.q.chars().take(200).collect();
    let (cx, words) = (staff.cx.clone(), q.clone());
    let after = asked.after.as_deref().and_then(PageCursor::parse);
    let (people, next) = state
        .desk()
        .read(move |r| {
            if !words.trim().is_empty() {
                return Ok((people::search(r, &cx, &words, 50)?, None));
            }
            let page = people::list(
                r,
                &cx,
                &ListPeople {
                    after,
                    ..ListPeople::default()
                },
            )?;
            Ok((page.people, page.next.map(|n| n.as_text())))
        })
        .await?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "people-title", "people").with_counts(counts);
    respond(&Page { shell, q, people, next })
}
