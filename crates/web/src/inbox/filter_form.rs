//! `GET /inbox/{view}/filter`: the form that filters a list, fetched when its menu is opened.

use askama::Template;
use axum::extract::{Path, RawQuery, State as Extract};
use desk::views::Field;

use super::filter_words::{choices_of, frame_of};
use super::show;
use super::wanted::Wanted;
use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, respond};
use crate::state::State;
use crate::tickets::choices::Choice;

/// A field with a list of values.
struct Listed {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "inbox/filter.html")]
struct Page {
    shell: Shell,
    wanted: Wanted,
    frame: String,
    fields: Vec<Listed>,
    tag: String,
    subject: String,
    unread: bool,
    save: String,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(view): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome {
    let wanted = show::wanted(&staff, &view, query.as_deref())?;
    let cx = staff.cx.clone();
    let known = state.desk().read(move |r| show::choices(r, &cx)).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "filter", "");
    let lists = [
        Field::Status,
        Field::Priority,
        Field::Assignee,
        Field::Team,
        Field::Topic,
        Field::Channel,
    ];
    let listed = |field: Field| Listed {
        name: field.as_str(),
        label: shell.t(&format!("field-{field}")),
        choices: choices_of(&shell, &known, field, &wanted.filter.value(field)),
    };
    let page = Page {
        fields: lists.into_iter().map(listed).collect(),
        frame: frame_of(&wanted),
        tag: wanted.filter.value(Field::Tag),
        subject: wanted.filter.value(Field::Subject),
        unread: wanted.filter.has(Field::Unread),
        save: format!("/inbox/views/new?from={}{}", wanted.key, wanted.filter.query()),
        shell,
        wanted,
    };
    respond(&page)
}
