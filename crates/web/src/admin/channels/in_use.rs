//! A mailbox in use or out of use, each with the other for its Undo; and one that is looked into at once.

use axum::extract::Path;
use desk::MailboxId;
use desk::mailboxes::{Mailbox, boxes, sources};

use super::super::door::Undo;
use super::super::visit::Visit;
use super::edit;
use crate::http::Outcome;
use crate::layout::Shell;

pub(in crate::admin) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = MailboxId(id);
    let again = |error| edit::or_as_it_is(&visit, id, error);
    visit
        .act(move |tx, cx| boxes::retire(tx, cx, id), |()| turned(id), again)
        .await
}

pub(in crate::admin) async fn bring_back(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = MailboxId(id);
    let again = |error| edit::or_as_it_is(&visit, id, error);
    visit
        .act(move |tx, cx| boxes::bring_back(tx, cx, id), |()| turned(id), again)
        .await
}

/// Whoever fetches hears of it with the commit and looks within seconds.
pub(in crate::admin) async fn fetch(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = MailboxId(id);
    visit
        .act(
            move |tx, cx| sources::try_now(tx, cx, id),
            |()| format!("/admin/channels/{id}?asked=true"),
            |error| edit::or_as_it_is(&visit, id, error),
        )
        .await
}

/// The other way round, from how it stands now.
pub(super) fn undo(shell: &Shell, mailbox: &Mailbox) -> Undo {
    let (key, deed) = match mailbox.retired_at {
        Some(_) => ("mailbox-is-retired", "bring-back"),
        None => ("mailbox-is-back", "retire"),
    };
    Undo {
        words: shell.t1(key, "address", mailbox.address.as_str()),
        action: format!("/admin/channels/{}/{deed}", mailbox.id),
        fields: Vec::new(),
    }
}

fn turned(id: MailboxId) -> String {
    format!("/admin/channels/{id}?turned=true")
}
