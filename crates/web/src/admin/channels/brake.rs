//! The brake of a mailbox, on its page: how many tickets an hour its letters may open, and who may open very many.

use axum::extract::{Form, Path};
use desk::mailboxes::{boxes, flood};
use desk::{Context, MailboxId, Write};
use serde::Deserialize;

use super::super::choice::number;
use super::super::door::Undo;
use super::super::visit::Visit;
use super::about::About;
use super::edit;
use crate::http::Outcome;
use crate::layout::Shell;

/// What was typed and refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    most: Option<String>,
    sender: String,
}

/// The fields of the section, as they are shown.
#[derive(Debug, Default)]
pub(super) struct Brake {
    pub(super) most: String,
    pub(super) sender: String,
}

impl Brake {
    /// `asked` is a sender that the address of the page names.
    pub(super) fn new(typed: Typed, asked: String, about: Option<&About>) -> Brake {
        let kept = about.and_then(|about| about.most_an_hour).map(|most| most.to_string());
        Brake {
            most: typed.most.or(kept).unwrap_or_default(),
            sender: if typed.sender.is_empty() { asked } else { typed.sender },
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct Most {
    most_an_hour: String,
}

/// An empty field: any number.
pub(in crate::admin) async fn set_most(visit: Visit, Path(id): Path<i64>, Form(typed): Form<Most>) -> Outcome {
    let (id, again) = (MailboxId(id), typed.clone());
    let set = move |tx: &mut Write, cx: &Context| {
        let most = number(typed.most_an_hour.trim(), "most_an_hour", "refused-brake")?;
        flood::set_most_an_hour(tx, cx, id, most)
    };
    let typed = Typed {
        most: Some(again.most_an_hour),
        ..Typed::default()
    };
    let again = |error| edit::with_brake(&visit, id, typed, error);
    visit.act(set, |()| address(id, "saved=true"), again).await
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::admin) struct Sender {
    sender: String,
}

pub(in crate::admin) async fn add_exempt(visit: Visit, Path(id): Path<i64>, Form(new): Form<Sender>) -> Outcome {
    let id = MailboxId(id);
    let typed = Typed {
        sender: new.sender.clone(),
        ..Typed::default()
    };
    let add = move |tx: &mut Write, cx: &Context| {
        boxes::find(tx, id)?;
        flood::add_exempt(tx, cx, &new.sender)
    };
    let again = |error| edit::with_brake(&visit, id, typed, error);
    visit.act(add, |()| address(id, "saved=true"), again).await
}

pub(in crate::admin) async fn remove_exempt(visit: Visit, Path(id): Path<i64>, Form(old): Form<Sender>) -> Outcome {
    let id = MailboxId(id);
    let taken_off = form_urlencoded::Serializer::new(String::new())
        .append_pair("taken_off", &old.sender)
        .finish();
    let remove = move |tx: &mut Write, cx: &Context| {
        boxes::find(tx, id)?;
        flood::remove_exempt(tx, cx, &old.sender)
    };
    let again = |error| edit::or_as_it_is(&visit, id, error);
    visit.act(remove, |()| address(id, &taken_off), again).await
}

/// What adds a sender again who was just taken off.
pub(super) fn undo(shell: &Shell, id: MailboxId, sender: &str) -> Undo {
    Undo {
        words: shell.t1("brake-exempt-removed", "sender", sender),
        action: format!("/admin/channels/{id}/brake/exempt"),
        fields: vec![("sender", sender.to_string())],
    }
}

fn address(id: MailboxId, told: &str) -> String {
    format!("/admin/channels/{id}?{told}#brake")
}
