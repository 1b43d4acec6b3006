//! One problem: what is known of it in both languages, whom it affects and when they came, and what can be done next.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use desk::events::Event;
use desk::problems::{self, Affected, Counts, Days, Part, Problem, ProblemState, Progress};
use desk::tickets::Stage;
use desk::words::Lang;
use desk::{Context, Error, EventId, PersonId, ProblemNumber, Read, Refusal, people, topics};
use serde::Deserialize;

use super::class_of;
use super::history::{self, LineView, toast_of};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Markup, Shell, counts, markdown, respond_with};
use crate::state::State;

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The event whose Undo is offered.
    done: Option<i64>,
}

/// A form on its way back, with why.
#[derive(Clone, Debug, Default)]
pub(super) struct Back {
    pub typed: String,
    pub refusals: Vec<Refusal>,
    pub conflict: Option<&'static str>,
}

struct Loaded {
    problem: Problem,
    counts: Counts,
    days: Days,
    affected: Vec<Affected>,
    progress: Option<Progress>,
    events: Vec<Event>,
    names: BTreeMap<PersonId, String>,
    owner: Option<String>,
    topic: Option<String>,
    done: Option<Event>,
}

#[derive(Template)]
#[template(path = "problems/show.html")]
struct Page {
    shell: Shell,
    p: Problem,
    counts: Counts,
    days: Days,
    affected: Vec<Affected>,
    progress: Option<Progress>,
    lines: Vec<LineView>,
    owner: Option<String>,
    topic: Option<String>,
    /// The words of the toast and the event it offers to undo.
    toast: Option<(String, i64)>,
    back: Back,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Query(asked): Query<Asked>,
) -> Outcome {
    let done = asked.done.map(EventId);
    render(&state, &staff, nonce, ProblemNumber(number), done, Back::default()).await
}

pub(super) async fn render(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    number: ProblemNumber,
    done: Option<EventId>,
    back: Back,
) -> Outcome {
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| load(r, &cx, number, done));
    let (loaded, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let loaded = loaded.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    // While others are told, their tickets say how far it is.
    let goes_on = loaded.progress.as_ref().is_some_and(|p| p.waiting > 0 && !p.stopped);
    let topics = if goes_on { "problems view:everyone" } else { "problems" };
    let shell = Shell::desk(state, &staff.seen, nonce, "problems-title", "problems")
        .with_counts(counts?)
        .titled(loaded.problem.text_or(Part::Title, staff.seen.viewer.language).1)
        .following(topics);
    let status = match (back.conflict, back.refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    respond_with(status, &page(shell, loaded, back))
}

fn load(r: &mut Read, cx: &Context, number: ProblemNumber, done: Option<EventId>) -> desk::Result<Loaded> {
    let problem = problems::find(r, cx, number)?;
    let events = problems::history(r, cx, number)?;
    let telling = problems::last_telling(r, cx, number)?;
    let owner = problem.owner.map(|id| people::find_visible(r, cx, id)).transpose();
    let topic = problem.topic.map(|id| topics::find(r, cx, id)).transpose()?;
    Ok(Loaded {
        counts: problems::counts(r, cx, &[number])?.remove(&number).unwrap_or_default(),
        days: problems::per_day(r, cx, number)?,
        affected: problems::affected(r, cx, number)?,
        progress: telling.map(|(id, _)| problems::progress(r, cx, id)).transpose()?,
        names: history::names(r, cx, &events)?,
        owner: match owner {
            Ok(person) => person.map(|p| p.name),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other),
        },
        topic: topic.map(|topic| topic.name(cx.viewer.language).to_string()),
        done: done.and_then(|id| {
            events
                .iter()
                .find(|event| event.id == id && event.actor == Some(cx.viewer.person))
                .cloned()
        }),
        events,
        problem,
    })
}

fn page(shell: Shell, loaded: Loaded, back: Back) -> Page {
    let toast = loaded.done.as_ref().and_then(|event| {
        let words = shell.t1(toast_of(event.kind)?, "name", loaded.problem.name());
        Some((words, event.id.0))
    });
    Page {
        lines: history::lines(&shell, &loaded.events, &loaded.names),
        p: loaded.problem,
        counts: loaded.counts,
        days: loaded.days,
        affected: loaded.affected,
        progress: loaded.progress,
        owner: loaded.owner,
        topic: loaded.topic,
        toast,
        back,
        shell,
    }
}

/// A text in each language; nothing where it was not written.
type InBoth = [(Lang, Option<Markup>); 2];

/// The bars of the small chart are so far apart, and so high.
const APART: i64 = 8;
const HIGH: i64 = 48;

impl Page {
    fn title(&self) -> &str {
        self.p.text_or(Part::Title, self.shell.lang).1
    }

    fn class(&self) -> &'static str {
        class_of(self.p.state)
    }

    fn is_known(&self) -> bool {
        self.p.known_at.is_some()
    }

    fn is_closed(&self) -> bool {
        self.p.state == ProblemState::Closed
    }

    fn has_fix(&self) -> bool {
        self.p.has(Part::Fix)
    }

    fn may_find_fix(&self) -> bool {
        self.p.state.is_live() && self.p.state != ProblemState::FixFound && self.has_fix()
    }

    fn open_ones(&self) -> i64 {
        self.counts.tickets - self.counts.fixed
    }

    /// Each text in both languages; nothing where it was not written.
    fn parts(&self) -> Vec<(String, InBoth)> {
        let part = |part: Part| {
            let of = |lang: Lang| {
                let text = self.p.text(part, lang);
                (lang, (!text.is_empty()).then(|| markdown(text)))
            };
            (format!("problem-{part}"), [of(Lang::En), of(Lang::Fr)])
        };
        [Part::Symptom, Part::Cause, Part::Workaround, Part::Fix]
            .map(part)
            .to_vec()
    }

    fn fixed(&self) -> String {
        self.shell.t2(
            "problem-fixed",
            "fixed",
            self.counts.fixed,
            "count",
            self.counts.tickets,
        )
    }

    fn is_fixed(&self, one: &Affected) -> bool {
        one.status.stage() == Stage::Done
    }

    fn across(&self) -> i64 {
        APART * i64::try_from(self.days.counts.len()).unwrap_or(0)
    }

    /// From the left, from the top, how high.
    fn bars(&self) -> Vec<(i64, i64, i64)> {
        let most = self.days.counts.iter().copied().max().unwrap_or(0).max(1);
        let bar = |(at, count): (i64, &i64)| {
            let high = count * HIGH / most;
            (at * APART, HIGH - high, high)
        };
        (0..).zip(&self.days.counts).map(bar).collect()
    }

    fn days_said(&self) -> String {
        let first = self.days.first.map(|day| day.to_string()).unwrap_or_default();
        let sum: i64 = self.days.counts.iter().sum();
        self.shell.t2("problem-days", "count", sum, "day", first)
    }

    /// Every reason, for the summary on top.
    fn sentences(&self) -> Vec<String> {
        let refused = self
            .back
            .refusals
            .iter()
            .filter_map(|r| self.shell.refusal(&self.back.refusals, r.field));
        refused.chain(self.back.conflict.map(|key| self.shell.t(key))).collect()
    }

    fn left_words(&self, why: &str) -> String {
        if why == "left-fields" {
            return self.shell.t("problem-left-fields");
        }
        self.shell.t(why)
    }
}
