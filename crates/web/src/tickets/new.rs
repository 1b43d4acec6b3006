//! `GET /tickets/new`: a call or a walk-in. One field finds the caller; everything else can wait.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use desk::finding::Alike;
use desk::forms::{self, Answers, Audience, Form};
use desk::people::{self, Person};
use desk::teams::Team;
use desk::tickets::{Impact, Urgency};
use desk::topics::Topic;
use desk::words::Lang;
use desk::{PersonId, TopicId, teams, topics};
use serde::Deserialize;

use super::again::Again;
use super::alike::{self, Offer};
use super::choices::{self, Choice};
use super::fields::Fields;
use crate::forms::{Mark, Row, read, rows, wrong};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Whom it is for: a link from a person's page.
    person: Option<i64>,
}

/// What the page asks or says besides the form that came back.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// More than one person answers to what was typed: one must be chosen.
    pub people: Vec<Person>,
    /// Open tickets that may be the same matter.
    pub alike: Vec<Alike>,
    /// Files were chosen, and must be chosen again.
    pub files_again: bool,
}

#[derive(Template)]
#[template(path = "tickets/new.html")]
struct Page {
    shell: Shell,
    again: Again,
    topics: Vec<Choice>,
    teams: Vec<Choice>,
    impacts: Vec<Choice>,
    urgencies: Vec<Choice>,
    languages: Vec<Choice>,
    beside: Beside,
    /// The fields of the topic that is chosen.
    rows: Vec<Row>,
    /// What is likely to solve it.
    likely: Vec<Offer>,
}

/// The fields of one topic, fetched when it is chosen.
#[derive(Template)]
#[template(path = "tickets/new_fields.html")]
struct FieldsPage {
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    topic: String,
}

/// `GET /tickets/new/fields`.
pub(crate) async fn fields(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(chosen): Query<Chosen>,
) -> Outcome {
    let topic = chosen.topic.parse().ok().map(TopicId);
    let form = state
        .desk()
        .read(move |r| forms::form_of(r, topic, Audience::Team))
        .await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "nav-new", "new");
    let rows = rows_of(&shell, &form, &Again::default());
    respond_with(StatusCode::OK, &FieldsPage { shell, rows })
}

fn rows_of(shell: &Shell, form: &Form, again: &Again) -> Vec<Row> {
    let typed = |name: &str| again.fields.has(name).then(|| again.fields.text(name));
    let answers = read(form, shell.lang, typed).over(&Answers::new());
    rows(form, shell.lang, ("", Mark::Solving), &answers, &again.refusals, typed)
}

/// The one form of this page.
pub(crate) const FORM: &str = "new";

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let mut fields = Fields::default();
    if let Some(id) = asked.person {
        let cx = staff.cx.clone();
        let found = state
            .desk()
            .read(move |r| people::find_visible(r, &cx, PersonId(id)))
            .await;
        let person = found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
        fields.put("person".into(), &person.id.to_string());
        // What was typed for somebody else stays where it was typed.
        fields.put("for".into(), &person.id.to_string());
        fields.put("who".into(), &person.name);
    }
    let again = Again {
        form: FORM,
        fields,
        ..Again::default()
    };
    render(&state, &staff, nonce, StatusCode::OK, again, Beside::default()).await
}

pub(crate) async fn render(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    status: StatusCode,
    again: Again,
    beside: Beside,
) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let topic = again.fields.number("topic").map(TopicId);
    let lists = state.desk().read(move |r| {
        let form = forms::form_of(r, topic, Audience::Team)?;
        Ok((topics::list(r, lang, false)?, teams::list(r, &cx)?, form))
    });
    let likely = alike::offers(state, staff, &again.fields);
    let (lists, counts, likely) = tokio::join!(lists, counts(state.desk(), &staff.cx), likely);
    let (topics, teams, form) = lists?;
    let shell = Shell::desk(state, &staff.seen, nonce, "nav-new", "new").with_counts(counts?);
    let mut page = page(shell, again, (&topics, &teams), beside);
    page.rows = rows_of(&page.shell, &form, &page.again);
    page.likely = likely;
    respond_with(status, &page)
}

fn page(shell: Shell, again: Again, (topics, teams): (&[Topic], &[Team]), beside: Beside) -> Page {
    let now = |field, usual| again.value_or(FORM, field, usual);
    Page {
        topics: choices::of_topics(&shell, topics, now("topic", "")),
        teams: choices::of_teams(&shell, teams, now("team", "")),
        impacts: choices::of_words(&shell, |w| format!("impact-{w}"), Impact::WORDS, now("impact", "one")),
        urgencies: choices::of_words(
            &shell,
            |w| format!("urgency-{w}"),
            Urgency::WORDS,
            now("urgency", "medium"),
        ),
        languages: choices::of_words(
            &shell,
            |w| format!("language-{w}"),
            Lang::WORDS,
            now("language", shell.lang.as_str()),
        ),
        shell,
        again,
        beside,
        rows: Vec::new(),
        likely: Vec::new(),
    }
}

impl Page {
    fn value(&self, field: &str) -> &str {
        self.again.value(FORM, field)
    }

    /// A channel or a tick as it stood in the form; `usual` on the first look.
    fn is(&self, field: &str, value: &str, usual: bool) -> bool {
        let first = self.again.refusals.is_empty() && self.again.conflict.is_none();
        if first { usual } else { self.value(field) == value }
    }

    fn wrong_fields(&self) -> Vec<(String, String, String)> {
        wrong(&self.rows)
    }

    fn why(&self, field: &str) -> Option<String> {
        self.again.why(&self.shell, FORM, field)
    }
}
