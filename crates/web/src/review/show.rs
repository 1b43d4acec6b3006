//! One of them: the words whole, what was changed from version to version, what has changed around them, and the forms
//! of whose turn it is.

use askama::Template;
use axum::extract::{Path, Query};
use desk::knowledge::{Edit, Stretch, between};
use desk::reviews::{self, Shown, State, Version, What};
use desk::{PersonId, ReviewId};
use serde::Deserialize;

use crate::changes::{Back, Visit};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, markdown, plain, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

/// One field of the words: its name, the key of its label, and what it holds.
struct Part {
    name: &'static str,
    label: &'static str,
    words: Markup,
    typed: String,
}

/// A version beside the one before it.
struct Step {
    writer: String,
    at: desk::Time,
    /// Label and words with what changed marked; nothing for the first, and where nothing changed.
    changed: Vec<(&'static str, Markup)>,
    /// Why it was sent back.
    reason: String,
}

#[derive(Template)]
#[template(path = "review/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    shown: Shown,
    parts: Vec<Part>,
    steps: Vec<Step>,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, ReviewId(id), asked.done, Back::default()).await
}

pub(super) async fn render(visit: &Visit, id: ReviewId, done: Option<i64>, back: Back) -> Outcome {
    let shown = visit.read(move |r, cx| reviews::find(r, cx, id)).await?;
    let shell = visit.shell("reviews-title", "review").await?;
    let title = format!("#{} {}", shown.ticket.number, shown.ticket.subject);
    let page = Page {
        parts: parts(&shown, &back),
        steps: steps(&shown),
        shell: shell.titled(title),
        shown,
        done,
        back,
    };
    respond_with(page.back.status(), &page)
}

const REPLY: [(&str, &str); 1] = [("body", "review-words")];
const SOLUTION: [(&str, &str); 3] = [
    ("cause", "field-cause"),
    ("steps", "field-steps"),
    ("helped", "field-helped"),
];

fn fields(what: What) -> &'static [(&'static str, &'static str)] {
    if what == What::Solution { &SOLUTION } else { &REPLY }
}

fn text<'v>(version: &'v Version, name: &str) -> &'v str {
    match name {
        "cause" => &version.cause,
        "steps" => &version.steps,
        "helped" => &version.helped,
        _ => &version.body,
    }
}

fn parts(shown: &Shown, back: &Back) -> Vec<Part> {
    let newest = shown.versions.last();
    let part = |(name, label): &(&'static str, &'static str)| {
        let kept = newest.map_or("", |version| text(version, name));
        let typed = back.typed.as_ref().map_or(kept, |typed| typed.text(name));
        let words = match *name {
            "body" | "steps" => markdown(kept),
            _ => plain(kept),
        };
        Part {
            name,
            label,
            words,
            typed: typed.to_string(),
        }
    };
    fields(shown.review.what).iter().map(part).collect()
}

fn steps(shown: &Shown) -> Vec<Step> {
    let mut before: Option<&Version> = None;
    let mut steps = Vec::new();
    for version in &shown.versions {
        let differs = |(name, label): &(&str, &'static str)| {
            let marked = marked(&between(text(before?, name), text(version, name)));
            (!marked.is_empty()).then_some((*label, marked))
        };
        steps.push(Step {
            writer: shown.names.get(&version.writer).cloned().unwrap_or_default(),
            at: version.at,
            changed: fields(shown.review.what).iter().filter_map(differs).collect(),
            reason: version.words.clone(),
        });
        before = Some(version);
    }
    steps
}

#[derive(Template)]
#[template(
    source = "{% for (edit, text) in parts %}{% if *edit > 0 %}<ins>{{ text }}</ins>{% else if *edit < 0 %}<del>{{ text }}</del>{% else %}{{ text }}{% endif %}{% endfor %}",
    ext = "html"
)]
struct Marked<'a> {
    parts: Vec<(i8, &'a str)>,
}

/// The words as they were written, what was put in and taken out marked; nothing where nothing changed.
fn marked(all: &[Stretch]) -> Markup {
    if all.iter().all(|one| one.edit == Edit::Same) {
        return Markup::default();
    }
    let sign = |edit: Edit| match edit {
        Edit::Same => 0,
        Edit::Inserted => 1,
        Edit::Deleted => -1,
    };
    let parts = all.iter().map(|one| (sign(one.edit), one.text.as_str())).collect();
    Markup::piece(&Marked { parts }).unwrap_or_default()
}

impl Page {
    fn name(&self, id: &PersonId) -> String {
        self.shown.names.get(id).cloned().unwrap_or_default()
    }

    fn heading(&self) -> String {
        let name = self.name(&self.shown.review.author);
        self.shell
            .t1(&format!("review-of-{}", self.shown.review.what), "name", name)
    }

    /// Class, icon and words of where it stands.
    fn state(&self) -> (&'static str, &'static str, String) {
        let review = &self.shown.review;
        let by = review.decided_by.map(|id| self.name(&id)).unwrap_or_default();
        match (review.state, self.shown.named) {
            (State::Waiting, Some(named)) => (
                "is-wait",
                "clock",
                self.shell.t1("review-waiting-for", "name", self.name(&named)),
            ),
            (State::Waiting, None) => ("is-wait", "clock", self.shell.t("review-waiting-team")),
            (State::Returned, _) => ("is-late", "undo-2", self.shell.t1("review-returned-by", "name", by)),
            (State::Approved, _) => ("is-ok", "circle-check", self.shell.t1("review-approved-by", "name", by)),
            (State::TakenBack, _) => ("", "x", self.shell.t("review-taken-back")),
        }
    }

    fn notices(&self) -> Vec<String> {
        let words = |notice: &reviews::Notice| self.shell.t(&format!("review-notice-{notice}"));
        self.shown.notices.iter().map(words).collect()
    }

    /// Its author, while it was not sent.
    fn is_authors(&self) -> bool {
        let open = matches!(self.shown.review.state, State::Waiting | State::Returned);
        open && self.shown.review.author.0 == self.shell.me()
    }

    fn sends(&self) -> String {
        let then = self.shown.review.then_status;
        then.map(|status| self.shell.t(&format!("status-{status}")))
            .unwrap_or_default()
    }
}
