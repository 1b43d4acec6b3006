//! Writing a view: its name, whose it is, and its clauses. Every change of the form asks how many tickets it finds now.

use askama::Template;
use axum::extract::{Form, Path, RawQuery, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::teams::{self, Team};
use desk::tickets;
use desk::views::{self, Clause, Fault, Field, NewView, Question, Shape, ViewKey};
use desk::{Context, Error, Read, Refusal, ViewId, organizations};

use super::form;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::inbox::filter::Filter;
use crate::inbox::filter_words::choices_of;
use crate::inbox::rows::Choices;
use crate::inbox::{clause_words, show};
use crate::layout::{Counts, Shell, counts, respond_with};
use crate::state::State;
use crate::tickets::choices::{self, Choice};

/// One clause as a row of the form.
struct Row {
    at: usize,
    clause: Clause,
    fields: Vec<Choice>,
    values: Vec<Choice>,
    wrong: Option<String>,
}

/// The rows and what they find: renewed as the form changes.
#[derive(Template)]
#[template(path = "inbox/views/_clauses.html")]
struct Clauses {
    shell: Shell,
    any: bool,
    rows: Vec<Row>,
    /// The whole question, sentence by sentence.
    said: Vec<String>,
    found: Option<String>,
}

#[derive(Template)]
#[template(path = "inbox/views/edit.html")]
struct Page {
    shell: Shell,
    id: Option<ViewId>,
    name: String,
    teams: Vec<Choice>,
    clauses: Clauses,
    refusals: Vec<Refusal>,
}

/// What the form is drawn from.
struct Drawn {
    known: Choices,
    teams: Vec<Team>,
    found: Option<i64>,
}

/// `GET /inbox/views/new?from=unassigned&status=open`: begins with the list one comes from, as it was filtered.
pub(super) async fn new(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    RawQuery(query): RawQuery,
) -> Outcome {
    let query = query.unwrap_or_default();
    let from = show::field(&query, "from").and_then(|key| ViewKey::parse(&key));
    let cx = staff.cx.clone();
    let begun = state.desk().read(move |r| begin(r, &cx, from)).await?;
    let mut new = NewView {
        question: begun,
        ..NewView::default()
    };
    new.question.clauses.extend(Filter::of_query(&query).question().clauses);
    page(&state, &staff, nonce, None, new, Vec::new()).await
}

/// The clauses of the view one comes from. A question of which one clause is enough cannot be narrowed by adding more,
/// so it is begun anew.
fn begin(r: &mut Read, cx: &Context, from: Option<ViewKey>) -> desk::Result<Question> {
    let of = |field: Field, value: &str| Clause {
        field,
        not: false,
        values: vec![value.to_string()],
    };
    let clauses = match from {
        Some(ViewKey::Saved(id)) => match views::find(r, cx, id) {
            Ok(view) if !view.question.any => view.question.clauses,
            Ok(_) | Err(Error::NotFound) => vec![form::blank()],
            Err(other) => return Err(other),
        },
        Some(ViewKey::Standard(views::Standard::Mine)) => {
            vec![of(Field::Standing, "active"), of(Field::Assignee, "me")]
        }
        Some(ViewKey::Standard(views::Standard::Unassigned)) => {
            vec![of(Field::Standing, "active"), of(Field::Assignee, "nobody")]
        }
        Some(ViewKey::Standard(views::Standard::Waiting)) => vec![of(Field::Standing, "waiting")],
        Some(ViewKey::Standard(views::Standard::Watching)) => {
            let watched = Clause {
                values: Vec::new(),
                ..of(Field::Watched, "")
            };
            vec![of(Field::Standing, "unsolved"), watched]
        }
        Some(ViewKey::Standard(views::Standard::Everyone)) | None => vec![form::blank()],
    };
    Ok(Question { any: false, clauses })
}

pub(super) async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let view = state.desk().read(move |r| views::find(r, &cx, ViewId(id))).await;
    let view = view.map_err(|e| Oops::from(e).in_language(lang))?;
    let new = NewView {
        name: view.name,
        team: view.team,
        question: view.question,
    };
    page(&state, &staff, nonce, Some(view.id), new, Vec::new()).await
}

pub(super) async fn add(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Outcome {
    save(&state, &staff, nonce, None, pairs).await
}

pub(super) async fn change(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Outcome {
    save(&state, &staff, nonce, Some(ViewId(id)), pairs).await
}

async fn save(state: &State, staff: &Staff, nonce: Nonce, id: Option<ViewId>, pairs: Vec<(String, String)>) -> Outcome {
    // The form's own buttons come back with the form, changed; nothing is saved yet.
    let own_button = pairs.iter().any(|(name, _)| name == "act");
    let new = form::read(pairs);
    if own_button {
        let mut answer = page(state, staff, nonce, id, new, Vec::new()).await?;
        // A form that comes back shows only as one that was refused.
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer);
    }
    let (cx, kept) = (staff.cx.clone(), new.clone());
    let saved = state.desk().write(move |tx| match id {
        Some(id) => views::change(tx, &cx, id, &kept).map(|_| id),
        None => views::add(tx, &cx, &kept),
    });
    match saved.await {
        Ok(id) => Ok(Redirect::to(&format!("/inbox/{id}")).into_response()),
        Err(Error::Refused(refusals)) => page(state, staff, nonce, id, new, refusals).await,
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

/// `POST /inbox/views/draft`: the rows as the form stands now, and how many tickets they find.
pub(super) async fn draft(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Outcome {
    let new = form::read(pairs);
    let drawn = draw(&state, &staff, &new.question).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "view-new", "views");
    let faults = new.question.faults();
    // While somebody writes, a row that is not finished is no fault yet.
    respond_with(StatusCode::OK, &clauses(shell, &drawn, new.question, &faults, false))
}

async fn draw(state: &State, staff: &Staff, question: &Question) -> Result<Drawn, Oops> {
    let (cx, finished) = (staff.cx.clone(), form::finished(question));
    let read = state.desk().read(move |r| {
        let mut known = show::choices(r, &cx)?;
        known.organizations = organizations::list(r, &cx)?;
        known.form = desk::forms::choosable(r, &cx)?;
        let mut mine = teams::list(r, &cx)?;
        mine.retain(|team| cx.viewer.teams.contains(&team.id));
        let found = match finished.condition() {
            Ok(condition) => Some(tickets::count(r, &cx, &condition)?),
            Err(_) => None,
        };
        Ok(Drawn {
            known,
            teams: mine,
            found,
        })
    });
    Ok(read.await?)
}

fn clauses(shell: Shell, drawn: &Drawn, question: Question, faults: &[Fault], strict: bool) -> Clauses {
    let fields = |chosen: Field| {
        let choice = |field: &Field| Choice {
            value: field.to_string(),
            words: shell.t(&format!("about-{field}")),
            chosen: *field == chosen,
        };
        Field::ALL.iter().map(choice).collect::<Vec<_>>()
    };
    let wrong = |at: usize| faults.iter().find(|f| strict && f.clause == at).map(|f| shell.t(f.key));
    let finished = form::finished(&question);
    let said = finished
        .clauses
        .iter()
        .map(|c| clause_words::words(&shell, &drawn.known, c))
        .collect();
    let rows = question.clauses.into_iter().enumerate().map(|(at, clause)| Row {
        at,
        fields: fields(clause.field),
        values: values(&shell, &drawn.known, &clause),
        wrong: wrong(at),
        clause,
    });
    Clauses {
        rows: rows.collect(),
        said,
        found: drawn.found.map(|n| found_words(&shell, n)),
        any: question.any,
        shell,
    }
}

fn found_words(shell: &Shell, count: i64) -> String {
    if count >= tickets::MOST_COUNTED {
        shell.t1("view-finds-many", "count", Counts::words(count))
    } else {
        shell.t1("view-finds", "count", count)
    }
}

fn values(shell: &Shell, known: &Choices, clause: &Clause) -> Vec<Choice> {
    let chosen = clause.values.join(",");
    if clause.field != Field::Organization {
        return choices_of(shell, known, clause.field, &chosen);
    }
    let choice = |o: &organizations::Organization| Choice {
        value: o.id.to_string(),
        words: o.name.clone(),
        chosen: clause.values.contains(&o.id.to_string()),
    };
    known.organizations.iter().map(choice).collect()
}

async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    id: Option<ViewId>,
    new: NewView,
    refusals: Vec<Refusal>,
) -> Outcome {
    let drawn = draw(state, staff, &new.question).await?;
    let title = if id.is_some() { "view-edit" } else { "view-new" };
    let current = id.map_or_else(|| "views".to_string(), |id| id.to_string());
    let shell = Shell::desk(state, &staff.seen, nonce, title, current);
    let shell = shell.with_counts(counts(state.desk(), &staff.cx).await?);
    let (status, faults) = if refusals.is_empty() {
        (StatusCode::OK, Vec::new())
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, new.question.faults())
    };
    let team = new.team.map(|id| id.to_string()).unwrap_or_default();
    let teams = choices::of_teams(&shell, &drawn.teams, &team);
    let page = Page {
        clauses: clauses(shell.clone(), &drawn, new.question, &faults, true),
        shell,
        id,
        name: new.name,
        teams,
        refusals,
    };
    respond_with(status, &page)
}

impl Row {
    fn is_choice(&self) -> bool {
        self.clause.field.shape() == Shape::Choice
    }

    fn is_words(&self) -> bool {
        self.clause.field.shape() == Shape::Words
    }

    fn is_number(&self) -> bool {
        self.clause.field.shape() == Shape::Number
    }

    fn text(&self) -> &str {
        self.clause.values.first().map_or("", String::as_str)
    }

    /// Many values stand in a list, a few side by side.
    fn is_long(&self) -> bool {
        self.values.len() > 8
    }
}

impl Page {
    /// The sentences of the summary, each with the field it leads to.
    fn wrong(&self) -> Vec<(String, String)> {
        let at = |r: &Refusal| match (r.field, r.number) {
            ("clauses", Some(row)) => format!("field{}", row - 1),
            (field, _) => field.to_string(),
        };
        let words = |r: &Refusal| self.shell.refusal(std::slice::from_ref(r), r.field);
        self.refusals.iter().filter_map(|r| Some((at(r), words(r)?))).collect()
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }
}
