//! Writing a problem down, English and French side by side: a new one, from tickets or from a group, or an old one.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::people::Technician;
use desk::problems::{self, NewProblem, Problem};
use desk::topics::Topic;
use desk::words::Lang;
use desk::{
    Context, Error, GroupId, PersonId, ProblemNumber, Read, Refusal, TicketNumber, Time, TopicId, people, topics,
};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    title_en: String,
    title_fr: String,
    symptom_en: String,
    symptom_fr: String,
    cause_en: String,
    cause_fr: String,
    workaround_en: String,
    workaround_fr: String,
    fix_en: String,
    fix_fr: String,
    owner: String,
    topic: String,
    public: Option<String>,
    /// When it had last changed for whoever writes.
    seen: String,
    /// The ticket, or the group, it is opened from.
    from: String,
    group: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Origin {
    from: Option<i64>,
    group: Option<i64>,
}

#[derive(Template)]
#[template(path = "problems/form.html")]
struct Page {
    shell: Shell,
    /// The one that is changed; `None` for a new one.
    number: Option<ProblemNumber>,
    f: Fields,
    refusals: Vec<Refusal>,
    conflict: Option<&'static str>,
    technicians: Vec<Technician>,
    topics: Vec<Topic>,
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl Fields {
    fn of(problem: &Problem) -> Fields {
        let p = problems::written(problem);
        Fields {
            title_en: p.title_en,
            title_fr: p.title_fr,
            symptom_en: p.symptom_en,
            symptom_fr: p.symptom_fr,
            cause_en: p.cause_en,
            cause_fr: p.cause_fr,
            workaround_en: p.workaround_en,
            workaround_fr: p.workaround_fr,
            fix_en: p.fix_en,
            fix_fr: p.fix_fr,
            owner: p.owner.map(|id| id.to_string()).unwrap_or_default(),
            topic: p.topic.map(|id| id.to_string()).unwrap_or_default(),
            public: p.public.then(|| "yes".to_string()),
            seen: problem.changed_at.0.to_string(),
            ..Fields::default()
        }
    }

    /// Somebody or something that is no number is nobody and nothing that is there.
    fn new_problem(&self) -> NewProblem {
        let chosen = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap_or(0));
        NewProblem {
            title_en: lines(&self.title_en),
            title_fr: lines(&self.title_fr),
            symptom_en: lines(&self.symptom_en),
            symptom_fr: lines(&self.symptom_fr),
            cause_en: lines(&self.cause_en),
            cause_fr: lines(&self.cause_fr),
            workaround_en: lines(&self.workaround_en),
            workaround_fr: lines(&self.workaround_fr),
            fix_en: lines(&self.fix_en),
            fix_fr: lines(&self.fix_fr),
            owner: chosen(&self.owner).map(PersonId),
            topic: chosen(&self.topic).map(TopicId),
            public: self.public.is_some(),
        }
    }

    fn tickets(&self) -> Vec<TicketNumber> {
        self.from.parse().map(TicketNumber).into_iter().collect()
    }
}

/// What a new one begins with: the subject of the ticket it is opened from, or the words of the group. Whoever opens it
/// reads them and says whether they may stand.
fn begun(r: &mut Read, cx: &Context, asked: &Origin) -> desk::Result<Fields> {
    let mut fields = Fields {
        owner: cx.viewer.person.to_string(),
        ..Fields::default()
    };
    let mut titled = |lang: Lang, words: String| match lang {
        Lang::En => fields.title_en = words,
        Lang::Fr => fields.title_fr = words,
    };
    if let Some(id) = asked.group {
        let group = problems::groups(r, cx)?
            .into_iter()
            .find(|group| group.id == GroupId(id));
        let group = group.ok_or(Error::NotFound)?;
        titled(cx.viewer.language, group.words.join(" "));
        fields.group = id.to_string();
    } else if let Some(number) = asked.from {
        let ticket = desk::tickets::find_inside(r, cx, TicketNumber(number))?;
        titled(ticket.language, ticket.subject.clone());
        fields.topic = ticket.topic.map(|id| id.to_string()).unwrap_or_default();
        fields.from = number.to_string();
    }
    Ok(fields)
}

pub(crate) async fn new(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Origin>,
) -> Outcome {
    let cx = staff.cx.clone();
    let begun = state.desk().read(move |r| begun(r, &cx, &asked)).await;
    let fields = begun.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    page(&state, &staff, nonce, None, fields, Ok(())).await
}

pub(crate) async fn edit(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
) -> Outcome {
    let number = ProblemNumber(number);
    let problem = load(&state, &staff, number).await?;
    page(&state, &staff, nonce, Some(number), Fields::of(&problem), Ok(())).await
}

async fn load(state: &State, staff: &Staff, number: ProblemNumber) -> Result<Problem, Oops> {
    let cx = staff.cx.clone();
    let found = state.desk().read(move |r| problems::find(r, &cx, number)).await;
    found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))
}

pub(crate) async fn open(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, new, tickets) = (staff.cx.clone(), fields.new_problem(), fields.tickets());
    let group = fields.group.parse().map(GroupId);
    let opened = state.desk().write(move |tx| match group {
        Ok(group) => problems::open_group(tx, &cx, group, &new),
        Err(_) => problems::open(tx, &cx, &new, &tickets),
    });
    match opened.await {
        Ok(opened) => Ok(Redirect::to(&format!("/problems/{}", opened.problem.number)).into_response()),
        Err(e) => page(&state, &staff, nonce, None, fields, Err(e)).await,
    }
}

pub(crate) async fn change(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let number = ProblemNumber(number);
    load(&state, &staff, number).await?;
    let (cx, new) = (staff.cx.clone(), fields.new_problem());
    let seen = fields.seen.parse().ok().map(Time);
    let changed = state
        .desk()
        .write(move |tx| problems::edit(tx, &cx, number, &new, seen));
    match changed.await {
        Ok(changed) => Ok(Redirect::to(&format!("/problems/{number}?done={}", changed.event)).into_response()),
        Err(e) => page(&state, &staff, nonce, Some(number), fields, Err(e)).await,
    }
}

/// With what was typed, and why it was not taken.
async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    number: Option<ProblemNumber>,
    mut fields: Fields,
    outcome: desk::Result<()>,
) -> Outcome {
    let (refusals, conflict) = match outcome {
        Ok(()) => (Vec::new(), None),
        Err(Error::Refused(refusals)) => (refusals, None),
        Err(Error::Conflict(key)) => (Vec::new(), Some(key)),
        Err(other) => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    if conflict.is_some()
        && let Some(number) = number
    {
        // He has been told; what he saves now is meant.
        fields.seen = load(state, staff, number).await?.changed_at.0.to_string();
    }
    let lang = staff.seen.viewer.language;
    let read = state
        .desk()
        .read(move |r| Ok((people::technicians(r)?, topics::list(r, lang, false)?)));
    let (read, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let (technicians, topics) = read?;
    let title = if number.is_some() {
        "problem-edit"
    } else {
        "problem-new"
    };
    let shell = Shell::desk(state, &staff.seen, nonce, title, "problems").with_counts(counts?);
    let status = match (conflict, refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let page = Page {
        shell,
        number,
        f: fields,
        refusals,
        conflict,
        technicians,
        topics,
    };
    respond_with(status, &page)
}

impl Page {
    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    /// Each with its field; a conflict has none.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        let refused = self.refusals.iter().filter_map(|r| Some((r.field, self.why(r.field)?)));
        refused
            .chain(self.conflict.map(|key| ("title_en", self.shell.t(key))))
            .collect()
    }

    fn topic_name(&self, topic: &Topic) -> String {
        topic.name(self.shell.lang).to_string()
    }

    fn is_chosen(&self, chosen: &str, id: &i64) -> bool {
        chosen == id.to_string()
    }
}
