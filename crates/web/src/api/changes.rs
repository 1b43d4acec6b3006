//! `/changes`: the log of changes. A program that deploys writes one line; one that plans writes a draft.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
use desk::changes::{self as trade, Asked as Wanted, Change, NewChange, Risk, State as Stage};
use desk::words::fold;
use desk::{ChangeNumber, Context, Error, PersonId, Read, ServiceId, TicketNumber, Time, Write, services};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Asked, Body, Number};
use super::once::Once;
use super::paging::{PageOf, limit};
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeIn {
    #[schema(min_length = 1, max_length = 250)]
    pub title: String,
    /// Markdown.
    #[schema(max_length = 50_000)]
    pub words: Option<String>,
    /// By their names, in English or in French.
    pub services: Option<Vec<String>>,
    pub devices: Option<Vec<String>>,
    #[schema(max_length = 200)]
    pub site: Option<String>,
    /// `low`, `medium` or `high`; low when it is left out.
    pub risk: Option<String>,
    #[schema(max_length = 20_000)]
    pub back_out: Option<String>,
    /// With it, and without `done_at`, the change is a plan: a draft.
    #[schema(format = DateTime)]
    pub begins_at: Option<String>,
    #[schema(format = DateTime)]
    pub ends_at: Option<String>,
    /// When it was made; now, when neither this nor `begins_at` is given.
    #[schema(format = DateTime)]
    pub done_at: Option<String>,
    /// The tickets it belongs to.
    #[schema(max_items = 50)]
    pub tickets: Option<Vec<i64>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    pub number: i64,
    /// As people write it: `C-88`.
    pub shown: String,
    pub title: String,
    pub words: String,
    /// `draft`, `asked`, `approved`, `refused`, `in_progress`, `done`, `failed` or `backed_out`
    pub state: &'static str,
    pub risk: &'static str,
    pub services: Vec<String>,
    pub devices: Vec<String>,
    pub site: String,
    pub back_out: String,
    pub result: String,
    /// Who makes it, by id; 0 is the desk itself.
    pub owner: i64,
    pub decided_by: Option<i64>,
    pub decision: String,
    #[schema(format = DateTime)]
    pub begins_at: Option<String>,
    #[schema(format = DateTime)]
    pub ends_at: Option<String>,
    #[schema(format = DateTime)]
    pub started_at: Option<String>,
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    #[schema(format = DateTime)]
    pub created_at: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesIn {
    /// One state.
    pub state: Option<String>,
    /// One service, by its name.
    pub service: Option<String>,
    /// From this instant on, and before that one (RFC 3339).
    pub from: Option<String>,
    pub until: Option<String>,
    /// 1 to 200; 50 when it is left out.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

fn instant(text: Option<&String>, field: &'static str) -> desk::Result<Option<Time>> {
    let read = |text: &String| -> desk::Result<Time> {
        let at: Timestamp = text.parse().map_err(|_| Error::refused(field, "refused-moment"))?;
        Ok(Time(at.as_microsecond()))
    };
    text.map(read).transpose()
}

fn service_named(r: &mut Read, cx: &Context, name: &str, field: &'static str) -> desk::Result<ServiceId> {
    let wanted = fold(name.trim());
    let all = services::list(r, cx, cx.viewer.language, false)?;
    let named = |line: &&services::Line| {
        let name = &line.service.name;
        fold(&name.en) == wanted || fold(&name.fr) == wanted
    };
    let found = all.iter().find(named).map(|line| line.service.id);
    found.ok_or(Error::refused(field, "refused-no-such-service"))
}

/// Writes a change down: done at once, or as a draft where it has a time to come.
#[utoipa::path(post, path = "/api/firstline/v1/changes", tag = "changes", request_body = ChangeIn,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = ChangeOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn open(
    Extract(state): Extract<State>,
    caller: Caller,
    once: Once,
    Body(new): Body<ChangeIn>,
) -> Result<Response, Problem> {
    let asked = serde_json::to_value(&new).map_err(Error::fault)?;
    once.run(state.desk(), &caller.cx, &asked, move |tx, cx| {
        let number = write(tx, cx, &new)?;
        let change = trade::find(tx, cx, number)?;
        Ok(shaped(&names(tx, cx)?, change))
    })
    .await
}

fn write(tx: &mut Write, cx: &Context, new: &ChangeIn) -> desk::Result<ChangeNumber> {
    // Who asks, before anything is told of what there is.
    desk::access::require(&cx.viewer, desk::access::Place::DeskWrite)?;
    let done_at = instant(new.done_at.as_ref(), "done_at")?;
    let wanted = NewChange {
        title: new.title.clone(),
        words: new.words.clone().unwrap_or_default(),
        risk: risk(new.risk.as_deref())?,
        begins_at: instant(new.begins_at.as_ref(), "begins_at")?,
        ends_at: instant(new.ends_at.as_ref(), "ends_at")?,
        site: new.site.clone().unwrap_or_default(),
        back_out: new.back_out.clone().unwrap_or_default(),
        services: new
            .services
            .iter()
            .flatten()
            .map(|name| service_named(tx, cx, name, "services"))
            .collect::<desk::Result<_>>()?,
        devices: new.devices.clone().unwrap_or_default(),
        ..NewChange::default()
    };
    let planned = wanted.begins_at.is_some() && done_at.is_none();
    let recorded = if planned {
        trade::open(tx, cx, &wanted)?
    } else {
        trade::log(tx, cx, &wanted, done_at)?
    };
    for ticket in new.tickets.iter().flatten() {
        trade::link(tx, cx, recorded.number, TicketNumber(*ticket))?;
    }
    Ok(recorded.number)
}

fn risk(word: Option<&str>) -> desk::Result<Option<Risk>> {
    let read = |word: &str| Risk::parse(word).ok_or(Error::refused("risk", "refused-choice"));
    word.map(read).transpose()
}

/// Lists the changes, the newest first.
#[utoipa::path(get, path = "/api/firstline/v1/changes", tag = "changes", params(ChangesIn),
    responses((status = 200, body = PageOf<ChangeOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    Extract(state): Extract<State>,
    caller: Caller,
    Asked(asked): Asked<ChangesIn>,
) -> Result<Json<PageOf<ChangeOut>>, Problem> {
    let cx = caller.cx;
    let page = state.desk().read(move |r| page_of(r, &cx, &asked)).await?;
    Ok(Json(page))
}

fn page_of(r: &mut Read, cx: &Context, asked: &ChangesIn) -> desk::Result<PageOf<ChangeOut>> {
    desk::access::require(&cx.viewer, desk::access::Place::Desk)?;
    let stage = |word: &str| Stage::parse(word).ok_or(Error::refused("state", "refused-choice"));
    let wanted = Wanted {
        states: asked.state.as_deref().map(stage).transpose()?.into_iter().collect(),
        service: match asked.service.as_deref() {
            Some(name) => Some(service_named(r, cx, name, "service")?),
            None => None,
        },
        from: instant(asked.from.as_ref(), "from")?,
        until: instant(asked.until.as_ref(), "until")?,
        before: asked.cursor.as_deref().map(cursor).transpose()?,
        limit: limit(asked.limit)?,
    };
    let page = trade::list(r, cx, &wanted)?;
    let names = names(r, cx)?;
    Ok(PageOf {
        items: page.changes.into_iter().map(|change| shaped(&names, change)).collect(),
        next: page.next.map(|(at, number)| format!("{}.{number}", at.0)),
    })
}

fn cursor(text: &str) -> desk::Result<(Time, ChangeNumber)> {
    let read = || {
        let (at, number) = text.split_once('.')?;
        Some((Time(at.parse().ok()?), ChangeNumber(number.parse().ok()?)))
    };
    read().ok_or(Error::refused("cursor", "refused-cursor"))
}

/// Shows one change.
#[utoipa::path(get, path = "/api/firstline/v1/changes/{number}", tag = "changes", params(("number" = i64, Path)),
    responses((status = 200, body = ChangeOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<ChangeOut>, Problem> {
    let cx = caller.cx;
    let found = state.desk().read(move |r| {
        let change = trade::find(r, &cx, ChangeNumber(number))?;
        Ok(shaped(&names(r, &cx)?, change))
    });
    Ok(Json(found.await?))
}

type Names = BTreeMap<ServiceId, String>;

fn names(r: &mut Read, cx: &Context) -> desk::Result<Names> {
    let all = services::list(r, cx, cx.viewer.language, true)?;
    Ok(all
        .into_iter()
        .map(|line| (line.service.id, line.service.name.en))
        .collect())
}

fn shaped(names: &Names, change: Change) -> ChangeOut {
    let at = |time: Option<Time>| time.map(Time::rfc3339);
    ChangeOut {
        number: change.number.0,
        shown: change.number.shown(),
        state: change.state.as_str(),
        risk: change.risk.as_str(),
        services: change.services.iter().filter_map(|id| names.get(id).cloned()).collect(),
        owner: change.owner.0,
        decided_by: change.decided_by.map(|PersonId(id)| id),
        begins_at: at(change.begins_at),
        ends_at: at(change.ends_at),
        started_at: at(change.started_at),
        ended_at: at(change.ended_at),
        created_at: change.created_at.rfc3339(),
        title: change.title,
        words: change.words,
        devices: change.devices,
        site: change.site,
        back_out: change.back_out,
        result: change.result,
        decision: change.decision,
    }
}
