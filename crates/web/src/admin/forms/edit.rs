//! One field, and a new one: both languages side by side, what can be chosen, who sees it and when.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form as Sent, Path};
use desk::forms::{self, Field, Form, Kind, Required};
use desk::topics::{self, Topic};
use desk::{Error, FieldId, TopicId};

use super::super::choice::Choice;
use super::super::door::Frame;
use super::super::visit::Visit;
use super::LIST;
use super::typed::{OptionRow, Typed};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

/// An earlier field that may show this one, with what it may have.
struct Shower {
    id: FieldId,
    /// Name, words and whether it is ticked.
    words: Vec<(String, String, bool)>,
    hidden: bool,
}

#[derive(Template)]
#[template(path = "admin/forms/field.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    topic: Topic,
    /// The field that is changed; `None` for a new one.
    field: Option<Field>,
    typed: Typed,
    kinds: Vec<Choice>,
    needed: Vec<Choice>,
    earlier: Vec<Choice>,
    showers: Vec<Shower>,
    options: Vec<OptionRow>,
}

pub(in crate::admin) async fn blank(visit: Visit, Path(topic): Path<i64>) -> Outcome {
    page(&visit, Place::New(TopicId(topic)), None, None).await
}

pub(in crate::admin) async fn add(
    visit: Visit,
    Path(topic): Path<i64>,
    Sent(all): Sent<BTreeMap<String, String>>,
) -> Outcome {
    let (typed, topic) = (Typed::from(all), TopicId(topic));
    let sent = typed.clone();
    let again = |error| page(&visit, Place::New(topic), Some(typed), Some(error));
    let next = |_| format!("{LIST}/{topic}?saved=true");
    visit
        .act(move |tx, cx| forms::add(tx, cx, topic, &sent.field()?), next, again)
        .await
}

pub(in crate::admin) async fn field(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, Place::Old(FieldId(id)), None, None).await
}

pub(in crate::admin) async fn change(
    visit: Visit,
    Path(id): Path<i64>,
    Sent(all): Sent<BTreeMap<String, String>>,
) -> Outcome {
    let (typed, id) = (Typed::from(all), FieldId(id));
    let sent = typed.clone();
    let again = |error| page(&visit, Place::Old(id), Some(typed), Some(error));
    let next = |topic| format!("{LIST}/{topic}?saved=true");
    let deed = move |tx: &mut desk::Write, cx: &desk::Context| {
        let (field, _) = forms::find(tx, cx, id)?;
        forms::change(tx, cx, id, &sent.field()?)?;
        Ok(field.topic)
    };
    visit.act(deed, next, again).await
}

#[derive(Clone, Copy)]
enum Place {
    New(TopicId),
    Old(FieldId),
}

async fn page(visit: &Visit, place: Place, typed: Option<Typed>, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let (field, form, topic) = match place {
            Place::New(topic) => (None, forms::whole_form_of(r, cx, topic)?, topic),
            Place::Old(id) => {
                let (field, form) = forms::find(r, cx, id)?;
                let topic = field.topic;
                (Some(field), form, topic)
            }
        };
        Ok((field, form, topics::find(r, cx, topic)?))
    });
    let (field, form, topic) = read.await?;
    let (mut shell, frame) = visit.open("form-field-add", LIST, error).await?;
    if let Some(field) = &field {
        shell = shell.titled(field.label(visit.lang()));
    }
    let typed = typed.unwrap_or_else(|| field.as_ref().map(|field| Typed::of(field, &form)).unwrap_or_default());
    let words = |family: &str, word: &str| Choice::new(&word, shell.t(&format!("form-{family}-{word}")));
    let page = Page {
        kinds: Kind::WORDS.iter().map(|word| words("kind", word)).collect(),
        needed: Required::WORDS.iter().map(|word| words("required", word)).collect(),
        earlier: earlier(&shell, &form, field.as_ref()),
        showers: showers(&shell, &form, field.as_ref(), &typed),
        options: typed.options(field.as_ref(), &form),
        shell,
        frame,
        topic,
        field,
        typed,
    };
    respond_with(page.frame.status, &page)
}

/// The fields before this one that are in use.
fn before<'f>(form: &'f Form, own: Option<&Field>) -> impl Iterator<Item = &'f Field> {
    let own = own.map(|own| own.id);
    let fields = form.fields.iter().take_while(move |field| Some(field.id) != own);
    fields.filter(|field| !field.retired)
}

fn earlier(shell: &Shell, form: &Form, own: Option<&Field>) -> Vec<Choice> {
    let always = Choice::new(&"", shell.t("form-always"));
    let each = before(form, own).map(|field| Choice::new(&field.id, field.label(shell.lang)));
    [always].into_iter().chain(each).collect()
}

fn showers(shell: &Shell, form: &Form, own: Option<&Field>, typed: &Typed) -> Vec<Shower> {
    let one = |field: &Field| {
        let name = |word: &str| format!("for.{}.{word}", field.id);
        let tick = |word: &str, words: String| (name(word), words, typed.has(&name(word)));
        let words = match field.kind {
            Kind::YesNo => ["yes", "no"]
                .map(|word| tick(word, shell.t(&format!("form-{word}"))))
                .to_vec(),
            Kind::One | Kind::Several => {
                let options = form.options_of(field.id).into_iter();
                options
                    .map(|option| tick(&option.key, option.label(shell.lang).to_string()))
                    .collect()
            }
            _ => return None,
        };
        Some(Shower {
            id: field.id,
            words,
            hidden: typed.text("shown_by") != field.id.to_string(),
        })
    };
    before(form, own).filter_map(one).collect()
}

impl Page {
    fn topic_name(&self) -> &str {
        self.topic.name(self.shell.lang)
    }

    fn is_list(&self) -> bool {
        self.typed.kind().is_list()
    }

    fn has_unit(&self) -> bool {
        self.typed.kind() == Kind::Number
    }

    fn kind_words(&self) -> String {
        self.shell.t(&format!("form-kind-{}", self.typed.kind()))
    }
}
