//! The words of one kind of letter in one language, with a look at the letter they make.

use askama::Template;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use desk::mailboxes::outbox::{self, Preview, TemplateKind, Which};
use desk::mailboxes::{Mailbox, boxes};
use desk::words::Lang;
use desk::{Error, MailboxId, Read};
use serde::Deserialize;

use super::LIST;
use crate::admin::choice::{Choice, number};
use crate::admin::door::{Frame, to};
use crate::admin::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Markup, Shell, respond_with};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    kind: String,
    language: String,
    mailbox: String,
    subject: String,
    body: String,
    /// `look`: show the letter, and keep nothing.
    then: String,
    saved: bool,
}

impl Fields {
    fn which(&self) -> desk::Result<Which> {
        Ok(Which {
            kind: TemplateKind::parse(&self.kind).unwrap_or(TemplateKind::Acknowledgement),
            language: Lang::parse(&self.language).unwrap_or(Lang::En),
            mailbox: number(&self.mailbox, "mailbox", "refused-choice")?.map(MailboxId),
        })
    }

    fn template(&self) -> outbox::Template {
        outbox::Template {
            subject: self.subject.clone(),
            body: self.body.clone(),
        }
    }
}

fn address(which: Which) -> String {
    let mailbox = which.mailbox.map(|m| format!("&mailbox={m}")).unwrap_or_default();
    format!(
        "/admin/templates/words?kind={}&language={}{mailbox}",
        which.kind, which.language
    )
}

#[derive(Template)]
#[template(path = "admin/templates/words.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    which: Which,
    fields: Fields,
    boxes: Vec<Choice>,
    /// These words are kept for just this letter, so the others can come back.
    own: bool,
    preview: Option<Preview>,
}

pub(in crate::admin) async fn show(visit: Visit, Query(asked): Query<Fields>) -> Outcome {
    page(&visit, asked, None, false).await
}

pub(in crate::admin) async fn submit(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    if fields.then == "look" {
        return page(&visit, fields, None, true).await;
    }
    let typed = fields.clone();
    let again = |error| page(&visit, fields, Some(error), true);
    let save = move |tx: &mut desk::Write, cx: &desk::Context| {
        let which = typed.which()?;
        outbox::save_template(tx, cx, which, &typed.template()).map(|()| which)
    };
    visit.act(save, |which| address(which) + "&saved=true", again).await
}

/// What is usual already needs no restoring.
pub(in crate::admin) async fn restore(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let which = fields.which().map_err(|e| visit.admin.oops(e))?;
    let again = |error| async {
        match error {
            Error::NotFound => to(&address(which)),
            other => Err(visit.admin.oops(other)),
        }
    };
    let restore = move |tx: &mut desk::Write, cx: &desk::Context| outbox::restore_template(tx, cx, which);
    visit.act(restore, |()| address(which) + "&saved=true", again).await
}

struct Found {
    own: bool,
    boxes: Vec<Mailbox>,
    template: outbox::Template,
    preview: desk::Result<Preview>,
}

fn found(r: &mut Read, cx: &desk::Context, which: Which, typed: Option<outbox::Template>) -> desk::Result<Found> {
    let (kept, own) = outbox::template(r, cx, which)?;
    let template = typed.unwrap_or(kept);
    Ok(Found {
        own,
        boxes: boxes::list(r)?,
        preview: outbox::preview_template(r, cx, which, &template),
        template,
    })
}

async fn page(visit: &Visit, mut fields: Fields, error: Option<Error>, typed: bool) -> Outcome {
    let which = fields.which().map_err(|e| visit.admin.oops(e))?;
    let words = typed.then(|| fields.template());
    let found = visit.read(move |r, cx| found(r, cx, which, words)).await?;
    let (preview, refused) = match found.preview {
        Ok(preview) => (Some(preview), None),
        Err(error) => (None, Some(error)),
    };
    let (shell, mut frame) = visit.open("templates-title", LIST, error.or(refused)).await?;
    frame.saved = fields.saved;
    if typed {
        // A page that answers a form with 200 is not shown by Turbo; this one is a look, and nothing was kept.
        frame.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    fields.subject = found.template.subject;
    fields.body = found.template.body;
    let all = Choice::new(&"", shell.t("templates-all"));
    let each = found.boxes.iter().map(|m| Choice::new(&m.id, m.address.clone()));
    let page = Page {
        boxes: [all].into_iter().chain(each).collect(),
        own: found.own,
        shell,
        frame,
        which,
        fields,
        preview,
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn name(&self) -> String {
        self.shell.t(&format!("template-{}", self.which.kind))
    }

    fn lead(&self) -> String {
        self.shell.t(&format!("template-{}-lead", self.which.kind))
    }

    fn in_language(&self) -> String {
        self.shell.t(&format!("language-{}", self.which.language))
    }

    /// A reply has the subject of its ticket.
    fn has_subject(&self) -> bool {
        self.which.kind != TemplateKind::Reply
    }

    fn fields_there(&self) -> String {
        let fields = self.which.kind.fields().iter().map(|f| format!("{{{{{f}}}}}"));
        fields.collect::<Vec<_>>().join(" ")
    }

    fn html(&self, preview: &Preview) -> Markup {
        Markup::foreign(&preview.html)
    }
}
