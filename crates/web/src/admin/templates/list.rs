//! Every kind of letter in both languages, and the mailboxes.

use askama::Template;
use axum::extract::Query;
use desk::mailboxes::outbox::{self, Changed, TemplateKind};
use desk::mailboxes::{Mailbox, boxes};
use desk::words::Lang;

use super::LIST;
use crate::admin::door::Frame;
use crate::admin::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Template)]
#[template(path = "admin/templates/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    changed: Vec<Changed>,
    boxes: Vec<Mailbox>,
}

pub(in crate::admin) async fn show(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    let read = visit.read(|r, cx| Ok((outbox::changed(r, cx)?, boxes::list(r)?)));
    let (changed, boxes) = read.await?;
    let (shell, mut frame) = visit.open("templates-title", LIST, None).await?;
    frame.saved = asked.saved;
    respond(&Page {
        shell,
        frame,
        changed,
        boxes,
    })
}

impl Page {
    fn is_changed(&self, kind: &TemplateKind, lang: &Lang) -> bool {
        self.changed
            .iter()
            .any(|c| c.kind == *kind && c.language == *lang && c.mailbox.is_none())
    }

    /// What leaves does so from these.
    fn live(&self) -> Vec<&Mailbox> {
        self.boxes.iter().filter(|m| m.retired_at.is_none()).collect()
    }

    /// Words a mailbox has of its own.
    fn of_mailboxes(&self) -> Vec<(&Changed, &str)> {
        let address = |c: &Changed| Some(self.boxes.iter().find(|m| Some(m.id) == c.mailbox)?.address.as_str());
        self.changed.iter().filter_map(|c| Some((c, address(c)?))).collect()
    }
}
