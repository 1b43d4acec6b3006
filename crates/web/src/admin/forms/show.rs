//! The form of one topic: its fields in their order, what it has from the topic above it, and how it will look to
//! requesters and to the team, in both languages.

use askama::Template;
use axum::extract::{Path, Query};
use desk::forms::{self, Answers, Audience, Field, Form, Shown};
use desk::topics::{self, Topic};
use desk::words::Lang;
use desk::{Context, Error, FieldId, TopicId, Write};
use serde::Deserialize;

use super::super::door::{Frame, Undo};
use super::super::visit::Visit;
use super::LIST;
use crate::forms::{Mark, Row, rows};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    saved: bool,
    /// The field that was just retired.
    gone: Option<i64>,
    /// For whom the preview is: `desk`, else requesters.
    #[serde(default, rename = "as")]
    whom: String,
}

#[derive(Template)]
#[template(path = "admin/forms/show.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    topic: Topic,
    parent: Option<Topic>,
    /// Of the topic above it.
    inherited: Vec<Field>,
    own: Vec<Field>,
    retired: Vec<Field>,
    form: Form,
    desk: bool,
    previews: Vec<(Lang, Vec<Row>)>,
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, TopicId(id), asked, None).await
}

async fn page(visit: &Visit, id: TopicId, asked: Asked, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let topic = topics::find(r, cx, id)?;
        let parent = topic.parent.map(|parent| topics::find(r, cx, parent)).transpose()?;
        Ok((topic, parent, forms::whole_form_of(r, cx, id)?))
    });
    let (topic, parent, form) = read.await?;
    let (shell, mut frame) = visit.open("forms-title", LIST, error).await?;
    let title = shell.t1("forms-of", "topic", topic.name(visit.lang()));
    let shell = shell.titled(title);
    frame.saved = asked.saved;
    frame.undo = gone(&shell, &form, asked.gone);
    let (retired, used): (Vec<Field>, Vec<Field>) = form.fields.iter().cloned().partition(|field| field.retired);
    let (own, inherited) = used.into_iter().partition(|field| field.topic == id);
    let desk = asked.whom == "desk";
    let page = Page {
        previews: previews(&form, desk),
        shell,
        frame,
        topic,
        parent,
        inherited,
        own,
        retired,
        form,
        desk,
    };
    respond_with(page.frame.status, &page)
}

/// As it will look: to whom it is for, in each language.
fn previews(form: &Form, desk: bool) -> Vec<(Lang, Vec<Row>)> {
    let (who, mark) = if desk {
        (Audience::Team, Mark::Solving)
    } else {
        (Audience::Requester, Mark::Asking)
    };
    let mut form = form.clone().seen_by(who);
    form.fields.retain(|field| !field.retired);
    let one = |lang: &Lang| {
        let prefix = format!("{lang}.");
        (
            *lang,
            rows(&form, *lang, (&prefix, mark), &Answers::new(), &[], |_| None),
        )
    };
    Lang::ALL.iter().map(one).collect()
}

fn gone(shell: &Shell, form: &Form, id: Option<i64>) -> Option<Undo> {
    let field = form.field(FieldId(id?)).filter(|field| field.retired)?;
    Some(Undo {
        words: shell.t1("forms-retired-one", "field", field.label(shell.lang)),
        action: format!("/admin/fields/{}/restore", field.id),
        fields: Vec::new(),
    })
}

pub(in crate::admin) async fn up(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = FieldId(id);
    act(&visit, id, "", move |tx, cx| forms::step(tx, cx, id, true)).await
}

pub(in crate::admin) async fn down(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = FieldId(id);
    act(&visit, id, "", move |tx, cx| forms::step(tx, cx, id, false)).await
}

pub(in crate::admin) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = FieldId(id);
    let said = format!("?gone={id}");
    act(&visit, id, &said, move |tx, cx| forms::retire(tx, cx, id)).await
}

pub(in crate::admin) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = FieldId(id);
    act(&visit, id, "?saved=true", move |tx, cx| forms::restore(tx, cx, id)).await
}

/// Back to the form the field stands in, which says what was done or refused.
async fn act(
    visit: &Visit,
    id: FieldId,
    said: &str,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let (field, _) = visit.read(move |r, cx| forms::find(r, cx, id)).await?;
    let again = |error| page(visit, field.topic, Asked::default(), Some(error));
    let next = |()| format!("{LIST}/{}{said}", field.topic);
    visit.act(deed, next, again).await
}

impl Page {
    fn name<'t>(&self, topic: &'t Topic) -> &'t str {
        topic.name(self.shell.lang)
    }

    fn other_name(&self) -> &str {
        self.topic.name(self.shell.lang.other())
    }

    fn label<'f>(&self, field: &'f Field) -> &'f str {
        field.label(self.shell.lang)
    }

    fn other<'f>(&self, field: &'f Field) -> &'f str {
        field.label(self.shell.lang.other())
    }

    fn kind(&self, field: &Field) -> String {
        self.shell.t(&format!("form-kind-{}", field.kind))
    }

    fn required(&self, field: &Field) -> String {
        self.shell.t(&format!("form-required-{}", field.required))
    }

    /// When it is shown, in words; empty for always.
    fn condition(&self, field: &Field) -> String {
        let Some((by, shown)) = field.condition() else {
            return String::new();
        };
        let Some(shower) = self.form.field(by) else {
            return String::new();
        };
        let label = shower.label(self.shell.lang);
        match shown {
            Shown::Filled => self.shell.t1("form-when-filled", "field", label),
            Shown::Has(words) => {
                let options = self.form.options_of(by);
                let option = |word: &&str| match options.iter().find(|option| option.key == **word) {
                    Some(option) => option.label(self.shell.lang).to_string(),
                    None => self.shell.t(&format!("form-{word}")),
                };
                let words: Vec<String> = words.iter().map(option).collect();
                let words = words.join(", ");
                self.shell.t2("form-when-has", "field", label, "values", words.as_str())
            }
        }
    }

    fn preview_of(&self, lang: &Lang) -> String {
        self.shell.t(&format!("language-{lang}"))
    }
}
