//! `/tickets`: open, list, read, answer, assign, solve.

pub(super) mod deeds;
pub(super) mod fields;
pub(super) mod flow;
mod shape;
pub(super) mod steps;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State as Extract;
use axum::response::Response;
pub use deeds::{assign, note, reopen, reply, solve};
use desk::finding::{self, Wanted};
use desk::forms::{self, Audience};
use desk::tickets::{self as trade, ListQuery, NewTicket, Order};
use desk::views::Standard;
use desk::{Context, PersonId, TicketNumber, people};
pub use fields::fill;
pub use flow::{resend, snooze, split, wake};
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub use shape::{OneTicket, TicketOut};
use utoipa::{IntoParams, ToSchema};

use super::body::{Asked, Body, Number};
use super::once::Once;
use super::paging::{PageOf, limit};
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketIn {
    #[schema(min_length = 1, max_length = 250)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    /// Left out: the person of the token.
    pub requester: Option<RequesterIn>,
    /// `mail portal chat phone in_person alert api`; usually `api`.
    #[schema(pattern = "^(mail|portal|chat|phone|in_person|alert|api)$")]
    pub channel: Option<String>,
    /// A team by its English or French name.
    pub team: Option<String>,
    /// `low normal high urgent`; left out, impact and urgency decide.
    #[schema(pattern = "^(low|normal|high|urgent)$")]
    pub priority: Option<String>,
    /// The number of a topic.
    pub topic: Option<i64>,
    /// What the fields of that topic have, by their keys.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequesterIn {
    pub email: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListIn {
    /// `mine unassigned waiting everyone`; usually `everyone`.
    #[param(pattern = "^(mine|unassigned|waiting|everyone)$")]
    pub view: Option<String>,
    /// Words to search for; then the best come first.
    pub q: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    pub cursor: Option<String>,
}

/// Opens a ticket.
#[utoipa::path(post, path = "/api/firstline/v1/tickets", tag = "tickets", request_body = TicketIn,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeat safely under the same key",
        min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = 201, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn open(
    Extract(state): Extract<State>,
    caller: Caller,
    once: Once,
    Body(new): Body<TicketIn>,
) -> Result<Response, Problem> {
    // Packed here, where there are many threads, and not by the one that writes.
    let body = desk::Text::ready(&new.body);
    let asked = Arc::new(new);
    let new = asked.clone();
    let done = once.run(state.desk(), &caller.cx, &*asked, move |tx, cx| {
        let requester = requester(tx, cx, new.requester.as_ref())?;
        let channel = match new.channel.as_deref() {
            None => trade::Channel::Api,
            Some(word) => trade::Channel::parse(word).ok_or(desk::Error::refused("channel", "refused-channel"))?,
        };
        let mut ticket = NewTicket::new(requester, channel, &new.subject, body);
        if let Some(word) = new.priority.as_deref() {
            let priority = trade::Priority::parse(word).ok_or(desk::Error::refused("priority", "refused-priority"))?;
            ticket.priority = Some(priority);
        }
        if new.team.is_some() {
            // Which teams there are is no business of a requester's.
            desk::access::require(&cx.viewer, desk::access::Place::DeskWrite)?;
        }
        if let Some(name) = new.team.as_deref() {
            let team = trade::team_by_name(tx, name)?.ok_or(desk::Error::refused("team", "refused-no-such-team"))?;
            ticket.team = Some(team);
        }
        ticket.topic = new.topic.map(desk::TopicId);
        let who = if cx.viewer.is_staff() {
            Audience::Team
        } else {
            Audience::Requester
        };
        let form = forms::form_of(tx, ticket.topic, who)?;
        ticket.given = forms::named(&form, &new.fields)?;
        let opened = trade::open(tx, cx, &ticket)?;
        shape::opened(tx, cx, &opened, ticket.body.into())
    });
    match done.await {
        Err(problem) => Err(fields::named(&state, problem, &asked.fields).await),
        done => done,
    }
}

/// A technician may name anybody; a requester is always himself.
fn requester(tx: &mut desk::Write, cx: &Context, named: Option<&RequesterIn>) -> desk::Result<PersonId> {
    let Some(named) = named else {
        return Ok(cx.viewer.person);
    };
    if !cx.viewer.is_staff() {
        let own = people::by_address(tx, &named.email)? == Some(cx.viewer.person);
        return if own {
            Ok(cx.viewer.person)
        } else {
            Err(desk::Error::NotFound)
        };
    }
    desk::access::require(&cx.viewer, desk::access::Place::DeskWrite)?;
    let name = Some(named.name.as_str()).filter(|n| !n.trim().is_empty());
    people::recognise(tx, cx, &named.email, name).map_err(|e| match e {
        desk::Error::Refused(_) => desk::Error::refused("requester", "refused-address"),
        other => other,
    })
}

/// Lists tickets by next due, or by how well they match `q`.
#[utoipa::path(get, path = "/api/firstline/v1/tickets", tag = "tickets", params(ListIn),
    responses((status = 200, body = PageOf<TicketOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    Extract(state): Extract<State>,
    caller: Caller,
    Asked(asked): Asked<ListIn>,
) -> Result<Json<PageOf<TicketOut>>, Problem> {
    let cx = caller.cx;
    if !cx.viewer.is_staff() {
        return Ok(Json(own(&state, &cx, asked).await?));
    }
    desk::access::require(&cx.viewer, desk::access::Place::Desk)?;
    let view = match asked.view.as_deref() {
        None => Standard::Everyone,
        Some(name) => Standard::parse(name).ok_or(desk::Error::refused("view", "refused-view"))?,
    };
    if let Some(q) = asked.q.as_deref().filter(|q| !q.trim().is_empty()) {
        return Ok(Json(found(&state, &cx, q, &asked).await?));
    }
    let query = ListQuery {
        condition: view.condition(),
        order: Order::Due,
        limit: limit(asked.limit)?,
        after: asked.cursor,
    };
    let page = state
        .desk()
        .read(move |r| {
            let page = trade::list(r, &cx, &query)?;
            let numbers: Vec<TicketNumber> = page.rows.iter().map(|row| row.number).collect();
            Ok(PageOf {
                items: shape::many(r, &cx, &numbers)?,
                next: page.next,
            })
        })
        .await?;
    Ok(Json(page))
}

async fn own(state: &State, cx: &Context, asked: ListIn) -> Result<PageOf<TicketOut>, Problem> {
    let before = match asked.cursor.as_deref() {
        None => None,
        Some(text) => {
            let number = text
                .parse()
                .map_err(|_| desk::Error::refused("cursor", "refused-cursor"))?;
            Some(TicketNumber(number))
        }
    };
    let cx = cx.clone();
    let page = state
        .desk()
        .read(move |r| {
            let rows = trade::own_requests(r, &cx, true, before)?;
            let numbers: Vec<TicketNumber> = rows.iter().map(|row| row.number).collect();
            let next = numbers.last().filter(|_| numbers.len() == 50).map(ToString::to_string);
            Ok(PageOf {
                items: shape::many(r, &cx, &numbers)?,
                next,
            })
        })
        .await?;
    Ok(page)
}

async fn found(state: &State, cx: &Context, q: &str, asked: &ListIn) -> Result<PageOf<TicketOut>, Problem> {
    let offset: usize = match asked.cursor.as_deref() {
        None => 0,
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| *n <= 10_000)
            .ok_or(desk::Error::refused("cursor", "refused-cursor"))?,
    };
    let wanted = usize::try_from(limit(asked.limit)?).unwrap_or(50);
    let found = finding::find(
        state.desk(),
        cx,
        q,
        Wanted {
            tickets: wanted,
            people: 0,
            offset,
        },
    )
    .await?;
    let numbers: Vec<TicketNumber> = found.tickets.iter().map(|hit| hit.number).collect();
    let next = (found.ticket_total > offset + wanted).then(|| (offset + wanted).to_string());
    let cx = cx.clone();
    let items = state.desk().read(move |r| shape::many(r, &cx, &numbers)).await?;
    Ok(PageOf { items, next })
}

/// Reads one ticket with its messages.
#[utoipa::path(get, path = "/api/firstline/v1/tickets/{number}", tag = "tickets",
    params(("number" = i64, Path, description = "The number of the ticket")),
    responses((status = 200, body = OneTicket), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<OneTicket>, Problem> {
    let cx = caller.cx;
    trade::look(state.desk(), &cx, TicketNumber(number)).await?;
    let ticket = state
        .desk()
        .read(move |r| shape::one(r, &cx, TicketNumber(number)))
        .await?;
    Ok(Json(ticket))
}

pub(super) type ByPerson = BTreeMap<PersonId, trade::Contact>;
