//! `/en/ask`: what happened, in one's own words. Whoever is signed in gets a request at once; a stranger gets the same
//! answer whoever he says he is, and one letter that asks to confirm the address.

use askama::Template;
use axum::extract::{Multipart, Query, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use desk::error::Checks;
use desk::forms::{self, Answers, Audience, Form};
use desk::people::Address;
use desk::problems;
use desk::topics::{self, Topic};
use desk::words::Lang;
use desk::{ArticleId, Error, Refusal, TopicId};
use serde::Deserialize;

use super::asker::{self, Question};
use super::etag;
use super::help::{self, About};
use super::outage::{Shown, banners};
use super::visitor::Visitor;
use crate::forms::{Mark, Row, read, rows, wrong};
use crate::http::form::{self, Sender, Sent};
use crate::http::{Oops, Outcome};
use crate::layout::Shell;
use crate::state::State;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// The article he comes from.
    #[serde(default)]
    about: String,
}

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct Page {
    shell: Shell,
    topics: Vec<Topic>,
    typed: Question,
    refusals: Vec<Refusal>,
    /// Files were chosen and have to be chosen again.
    files_again: bool,
    /// Set when it was sent too often: in how many minutes again.
    wait_minutes: Option<i64>,
    /// What the topic asks for.
    rows: Vec<Row>,
    /// What is wrong now: perhaps it need not be asked.
    outages: Vec<Shown>,
    about: Option<About>,
    /// There may be something to show while he writes.
    answers: bool,
}

/// The fields of one topic, fetched when it is chosen.
#[derive(Template)]
#[template(path = "portal/ask_fields.html")]
struct FieldsPage {
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    topic: String,
}

/// What comes back with a form that was not taken.
#[derive(Default)]
struct Back {
    typed: Question,
    refusals: Vec<Refusal>,
    files_again: bool,
    wait_minutes: Option<i64>,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Outcome {
    let typed = Question {
        subject: asked.q.chars().take(250).collect(),
        about: asked.about.trim().parse().ok().map(ArticleId),
        ..Question::default()
    };
    let page = page(
        &state,
        &visitor,
        Back {
            typed,
            ..Back::default()
        },
    )
    .await?;
    etag::answer(&visitor, &headers, &page)
}

async fn page(state: &State, visitor: &Visitor, back: Back) -> Result<Page, Oops> {
    let (lang, topic, about) = (visitor.lang, back.typed.topic, back.typed.about);
    let whose = visitor.clone();
    let read = state.desk().read(move |r| {
        Ok((
            topics::list(r, lang, false)?,
            forms::form_of(r, topic, Audience::Requester)?,
            banners(r, &whose)?,
            help::about(r, about, lang)?,
            whose.seen.is_some() || help::is_open(r)? || problems::any_public(r)?,
        ))
    });
    let (topics, form, outages, about, answers) = read.await.map_err(|e| visitor.oops(e))?;
    let shell = visitor.shell(state, "ask-title", "/ask");
    let Back {
        typed,
        refusals,
        files_again,
        wait_minutes,
    } = back;
    Ok(Page {
        rows: rows_of(lang, &form, &typed, &refusals),
        outages,
        about,
        answers,
        shell,
        topics,
        typed,
        refusals,
        files_again,
        wait_minutes,
    })
}

fn rows_of(lang: Lang, form: &Form, typed: &Question, refusals: &[Refusal]) -> Vec<Row> {
    let text = |name: &str| typed.fields.get(name).map(String::as_str);
    let answers = read(form, lang, text).over(&Answers::new());
    rows(form, lang, ("", Mark::Asking), &answers, refusals, text)
}

/// `GET /en/ask/fields`: what a topic asks of requesters.
pub(super) async fn fields(Extract(state): Extract<State>, visitor: Visitor, Query(chosen): Query<Chosen>) -> Outcome {
    let topic = chosen.topic.parse().ok().map(TopicId);
    let form = state
        .desk()
        .read(move |r| forms::form_of(r, topic, Audience::Requester))
        .await
        .map_err(|e| visitor.oops(e))?;
    let rows = rows_of(visitor.lang, &form, &Question::default(), &[]);
    let shell = visitor.shell(&state, "ask-title", "/ask");
    visitor.page(StatusCode::OK, &FieldsPage { shell, rows })
}

/// What was typed into the fields of its topic, read; and what is wrong with it, beside what else is.
async fn fill(state: &State, visitor: &Visitor, typed: &mut Question) -> desk::Result<()> {
    let topic = typed.topic;
    let form = state
        .desk()
        .read(move |r| forms::form_of(r, topic, Audience::Requester))
        .await?;
    let read = read(&form, visitor.lang, |name| typed.fields.get(name).map(String::as_str));
    typed.given.clone_from(&read.given);
    let mut wrong = refusals_of(read.check(&form))?;
    let answers = read.over(&Answers::new());
    let empty = refusals_of(forms::refuse_empty(&form, &answers))?;
    wrong.extend(
        empty
            .into_iter()
            .filter(|r| !wrong.iter().any(|w| w.number == r.number))
            .collect::<Vec<_>>(),
    );
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(wrong))
    }
}

fn refusals_of(checked: desk::Result<()>) -> desk::Result<Vec<Refusal>> {
    match checked {
        Ok(()) => Ok(Vec::new()),
        Err(Error::Refused(refusals)) => Ok(refusals),
        Err(other) => Err(other),
    }
}

pub(super) async fn submit(Extract(state): Extract<State>, visitor: Visitor, form: Multipart) -> Outcome {
    let allowed = visitor.may_send(&state);
    // Of what may not be sent no more is read than the words that come back.
    let mut sent = match &allowed {
        Ok(()) => form::read(&state, Sender::Portal, form)
            .await
            .map_err(|e| visitor.oops(e))?,
        Err(_) => form::few_words(form).await,
    };
    let mut typed = Question::read(&sent);
    let files_again = sent.had_files;
    let checked = match allowed {
        Ok(()) => {
            let filled = refusals_of(fill(&state, &visitor, &mut typed).await).map_err(|e| visitor.oops(e))?;
            check(&typed, &sent, visitor.seen.is_none(), filled)
        }
        Err(too_often) => Err(too_often),
    };
    let taken = match checked {
        Ok(()) => take(&state, &visitor, typed.clone(), std::mem::take(&mut sent.files)).await,
        Err(refused) => Err(refused),
    };
    let back = Back {
        typed,
        files_again,
        ..Back::default()
    };
    match taken {
        Ok(to) => Ok(to),
        Err(Error::Refused(refusals)) => {
            let page = page(&state, &visitor, Back { refusals, ..back }).await?;
            visitor.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Error::TooOften { seconds }) => {
            let page = page(
                &state,
                &visitor,
                Back {
                    wait_minutes: Some((seconds + 59) / 60),
                    ..back
                },
            )
            .await?;
            let mut response = visitor.page(StatusCode::TOO_MANY_REQUESTS, &page)?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(other) => Err(visitor.oops(other)),
    }
}

async fn take(
    state: &State,
    visitor: &Visitor,
    question: Question,
    files: Vec<form::Upload>,
) -> desk::Result<Response> {
    match &visitor.seen {
        Some(seen) => {
            let number = asker::open_own(state, &seen.viewer, visitor.lang, question, files).await?;
            Ok(visitor.to(&format!("/requests/{number}")))
        }
        None => {
            asker::open_stranger(state, visitor, question, files).await?;
            Ok(visitor.to("/asked"))
        }
    }
}

fn check(typed: &Question, sent: &Sent, stranger: bool, filled: Vec<Refusal>) -> desk::Result<()> {
    let mut checks = Checks::default();
    checks
        .text(&typed.subject, 250, "subject")
        .text(&typed.body, 100_000, "body");
    if stranger {
        checks.text(&typed.name, 200, "name");
        checks.check(Address::parse(&typed.address).is_some(), "address", "refused-address");
    }
    let mut refusals = match checks.done() {
        Err(Error::Refused(refusals)) => refusals,
        _ => Vec::new(),
    };
    refusals.extend(sent.refusals.iter().cloned());
    refusals.extend(filled);
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refusals))
    }
}

#[derive(Template)]
#[template(path = "portal/asked.html")]
struct AskedPage {
    shell: Shell,
}

/// Says nothing but "check your mailbox": the same for every address.
pub(super) async fn asked(Extract(state): Extract<State>, visitor: Visitor, headers: HeaderMap) -> Outcome {
    let shell = visitor.shell(&state, "asked-title", "/asked");
    etag::answer(&visitor, &headers, &AskedPage { shell })
}

impl Page {
    fn has_refusals(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// The summary on top: the field, its label and what is wrong.
    fn wrong(&self) -> Vec<(String, String, String)> {
        let label = |field: &str| match field {
            "body" => "ask-body",
            "topic" => "ask-topic",
            "name" => "ask-name",
            "address" => "field-address",
            "files" => "ask-files",
            _ => "ask-subject",
        };
        let sentence = |r: &Refusal| {
            let words = self.shell.refusal(std::slice::from_ref(r), r.field)?;
            Some((r.field.to_string(), self.shell.t(label(r.field)), words))
        };
        let own = self.refusals.iter().filter(|r| r.field != forms::REFUSED);
        own.filter_map(sentence).chain(wrong(&self.rows)).collect()
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    fn topic_name(&self, topic: &Topic) -> String {
        let name = topic.name(self.shell.lang);
        let parent = self.topics.iter().find(|t| Some(t.id) == topic.parent);
        parent.map_or(name.to_string(), |p| {
            self.shell
                .t2("topic-path", "parent", p.name(self.shell.lang), "topic", name)
        })
    }

    fn is_chosen(&self, topic: &Topic) -> bool {
        self.typed.topic == Some(topic.id)
    }
}
