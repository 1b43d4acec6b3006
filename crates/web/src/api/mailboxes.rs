//! `/mailboxes`: the addresses the desk answers for, with an account of each: how many letters were handed over, how
//! many stand in the ledger, and in which states.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State as Extract;
use desk::mailboxes::{Mailbox, boxes, handed_over, ledger};
use desk::{Context, Read};
use serde::Serialize;
use utoipa::ToSchema;

use super::paging::PageOf;
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxOut {
    pub id: i64,
    pub address: String,
    pub name: String,
    /// `en` or `fr`
    pub language: &'static str,
    /// How many letters were handed over since the desk began; null for whoever may not see all of them.
    pub handed_over: Option<i64>,
    /// How many letters the ledger holds that you may see; equal to `handed_over`, unless letters have gone astray.
    pub in_ledger: i64,
    /// The same by state; a state without letters is not there.
    pub states: BTreeMap<String, i64>,
}

/// Lists the mailboxes you may see, with an account of each.
#[utoipa::path(get, path = "/api/firstline/v1/mailboxes", tag = "letters",
    responses((status = 200, body = PageOf<MailboxOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(Extract(state): Extract<State>, caller: Caller) -> Result<Json<PageOf<MailboxOut>>, Problem> {
    let cx = caller.cx;
    let items = state.desk().read(move |r| all(r, &cx)).await?;
    Ok(Json(PageOf { items, next: None }))
}

fn all(r: &mut Read, cx: &Context) -> desk::Result<Vec<MailboxOut>> {
    // Refuses whoever has nothing to do with the ledger, before anything is told.
    ledger::held_count(r, cx)?;
    let mut boxes = boxes::list(r)?;
    // The mailbox of a private team is not there for others, its name no more than its letters.
    boxes.retain(|m| m.team.is_none_or(|team| !cx.viewer.closed_teams.contains(&team)));
    boxes.into_iter().map(|mailbox| one(r, cx, mailbox)).collect()
}

fn one(r: &mut Read, cx: &Context, mailbox: Mailbox) -> desk::Result<MailboxOut> {
    let states = ledger::totals(r, cx, Some(mailbox.id))?;
    Ok(MailboxOut {
        id: mailbox.id.0,
        handed_over: handed_over(r, cx, mailbox.id)?,
        in_ledger: states.iter().map(|(_, n)| n).sum(),
        states: states.into_iter().map(|(state, n)| (state.to_string(), n)).collect(),
        address: mailbox.address,
        name: mailbox.name,
        language: mailbox.language.as_str(),
    })
}
