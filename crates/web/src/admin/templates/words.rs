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
use crate::admin::door::{Frame, Undo, to};
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
    /// `look`: show the letter, and keep nothing. `back`: the words were given up for the usual ones, and come back.
    then: String,
    /// What was kept when the words were given up; `subject` and `body` are what was being typed.
    was_subject: String,
    was_body: String,
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

    fn was(&self) -> outbox::Template {
        outbox::Template {
            subject: self.was_subject.clone(),
            body: self.was_body.clone(),
        }
    }

    /// Something was being typed that was not kept yet.
    fn is_typing(&self) -> bool {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_string();
        plain(&self.subject) != plain(&self.was_subject) || plain(&self.body) != plain(&self.was_body)
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
    /// Somebody asked to see the letter: it is led to.
    looked: bool,
}

/// Which words stand in the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Kept,
    Typed,
    /// The typed ones, with a look at their letter.
    Looked,
}

pub(in crate::admin) async fn show(visit: Visit, Query(asked): Query<Fields>) -> Outcome {
    page(&visit, asked, None, Words::Kept, None).await
}

pub(in crate::admin) async fn submit(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    if fields.then == "look" {
        return page(&visit, fields, None, Words::Looked, None).await;
    }
    if fields.then == "back" {
        return come_back(visit, fields).await;
    }
    let typed = fields.clone();
    let again = |error| page(&visit, fields, Some(error), Words::Typed, None);
    let save = move |tx: &mut desk::Write, cx: &desk::Context| {
        let which = typed.which()?;
        outbox::save_template(tx, cx, which, &typed.template()).map(|()| which)
    };
    visit.act(save, |which| address(which) + "&saved=true", again).await
}

/// What was kept is kept again, and what was being typed stands in the fields again.
async fn come_back(visit: Visit, fields: Fields) -> Outcome {
    let which = fields.which().map_err(|e| visit.admin.oops(e))?;
    let (cx, was) = (visit.admin.cx.clone(), fields.was());
    let kept = visit
        .state
        .desk()
        .write(move |tx| outbox::save_template(tx, &cx, which, &was))
        .await;
    match kept {
        Ok(()) if fields.is_typing() => page(&visit, fields, None, Words::Typed, None).await,
        Ok(()) => to(&(address(which) + "&saved=true")),
        Err(error) => page(&visit, fields, Some(error), Words::Typed, None).await,
    }
}

/// Back to the usual words; what was kept and what was being typed goes along in the Undo. What is usual already needs no
/// restoring.
pub(in crate::admin) async fn restore(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let which = fields.which().map_err(|e| visit.admin.oops(e))?;
    let cx = visit.admin.cx.clone();
    let given_up = visit.state.desk().write(move |tx| {
        let (kept, _) = outbox::template(tx, &cx, which)?;
        outbox::restore_template(tx, &cx, which)?;
        Ok(kept)
    });
    match given_up.await {
        Ok(kept) => {
            let undo = undo(&visit, &fields, kept);
            page(&visit, fields, None, Words::Kept, Some(undo)).await
        }
        Err(Error::NotFound) => to(&address(which)),
        Err(other) => Err(visit.admin.oops(other)),
    }
}

fn undo(visit: &Visit, fields: &Fields, kept: outbox::Template) -> Undo {
    Undo {
        words: crate::words::text(visit.lang(), "template-restored", &[]),
        action: "/admin/templates/words".to_string(),
        fields: vec![
            ("then", "back".to_string()),
            ("kind", fields.kind.clone()),
            ("language", fields.language.clone()),
            ("mailbox", fields.mailbox.clone()),
            ("subject", fields.subject.clone()),
            ("body", fields.body.clone()),
            ("was_subject", kept.subject),
            ("was_body", kept.body),
        ],
    }
}

struct Found {
    own: bool,
    boxes: Vec<Mailbox>,
    template: outbox::Template,
    preview: desk::Result<Preview>,
}

/// Those in use, and the one that is shown.
fn offered(r: &mut Read, which: Which) -> desk::Result<Vec<Mailbox>> {
    let mut boxes = boxes::list(r)?;
    boxes.retain(|m| m.retired_at.is_none() || which.mailbox == Some(m.id));
    Ok(boxes)
}

fn found(r: &mut Read, cx: &desk::Context, which: Which, typed: Option<outbox::Template>) -> desk::Result<Found> {
    let (kept, own) = outbox::template(r, cx, which)?;
    let template = typed.unwrap_or(kept);
    Ok(Found {
        own,
        boxes: offered(r, which)?,
        preview: outbox::preview_template(r, cx, which, &template),
        template,
    })
}

async fn page(visit: &Visit, mut fields: Fields, error: Option<Error>, shown: Words, undo: Option<Undo>) -> Outcome {
    let which = fields.which().map_err(|e| visit.admin.oops(e))?;
    let words = (shown != Words::Kept).then(|| fields.template());
    let found = visit.read(move |r, cx| found(r, cx, which, words)).await?;
    let (preview, refused) = match found.preview {
        Ok(preview) => (Some(preview), None),
        Err(error) => (None, Some(error)),
    };
    let (shell, mut frame) = visit.open("templates-title", LIST, error.or(refused)).await?;
    frame.saved = fields.saved;
    if shown != Words::Kept || undo.is_some() {
        // A page that answers a form with 200 is not shown by Turbo; this one has words that are not kept.
        frame.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    frame.undo = undo;
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
        looked: shown == Words::Looked,
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
