//! `/letters`: the ledger. What came, in which state, and why; and the letter itself, byte for byte.

use axum::Json;
use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::LetterId;
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{LetterState, reason_text};
use desk::words::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Asked, Number};
use super::paging::{PageOf, limit};
use super::problem::Problem;
use super::token::Caller;
use crate::state::State;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LettersIn {
    /// `kept filed held automatic bounce duplicate refused`; left out: all.
    #[param(pattern = "^(kept|filed|held|automatic|bounce|duplicate|refused)$")]
    pub state: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
    #[param(pattern = "^[0-9]{1,18}$")]
    pub cursor: Option<String>,
    /// An address, a Message-ID, or words of the subject.
    #[param(max_length = 200)]
    pub q: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LetterOut {
    pub id: i64,
    #[schema(format = DateTime)]
    pub received_at: String,
    /// The address of ours it came to.
    pub mailbox: Option<String>,
    pub message_id: Option<String>,
    pub from: Option<String>,
    pub subject: Option<String>,
    #[schema(value_type = Vec<AttachmentOut>)]
    pub attachments: serde_json::Value,
    /// `kept filed held automatic bounce duplicate refused`
    pub state: &'static str,
    /// Why it stands in this state, in words.
    pub reason: String,
    pub ticket: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentOut {
    pub name: String,
    pub bytes: i64,
    pub sha256: String,
}

/// Lists letters, newest first.
#[utoipa::path(get, path = "/api/firstline/v1/letters", tag = "letters", params(LettersIn),
    responses((status = 200, body = PageOf<LetterOut>), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    Extract(state): Extract<State>,
    caller: Caller,
    Asked(asked): Asked<LettersIn>,
) -> Result<Json<PageOf<LetterOut>>, Problem> {
    let wanted = match asked.state.as_deref() {
        None => None,
        Some(word) => Some(LetterState::parse(word).ok_or(desk::Error::refused("state", "refused-letter-state"))?),
    };
    let cursor = match asked.cursor.as_deref() {
        None => None,
        Some(text) => Some(LetterId(
            text.parse()
                .map_err(|_| desk::Error::refused("cursor", "refused-cursor"))?,
        )),
    };
    let most = limit(asked.limit)?;
    let words = asked.q.unwrap_or_default();
    desk::error::Checks::default().at_most(&words, 200, "q").done()?;
    let wanted = ledger::Asked {
        state: wanted,
        before: cursor,
        words,
        ..ledger::Asked::default()
    };
    let page = state
        .desk()
        .read(move |r| ledger::list(r, &caller.cx, &wanted, most))
        .await?;
    let next = page.next.map(|id| id.to_string());
    Ok(Json(PageOf {
        items: page.items.into_iter().map(shaped).collect(),
        next,
    }))
}

/// Reads one line of the ledger.
#[utoipa::path(get, path = "/api/firstline/v1/letters/{id}", tag = "letters", params(("id" = i64, Path)),
    responses((status = 200, body = LetterOut), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    Extract(state): Extract<State>,
    caller: Caller,
    Number(id): Number,
) -> Result<Json<LetterOut>, Problem> {
    let entry = state
        .desk()
        .read(move |r| ledger::find(r, &caller.cx, LetterId(id)))
        .await?;
    Ok(Json(shaped(entry)))
}

/// The letter as it came, byte for byte.
#[utoipa::path(get, path = "/api/firstline/v1/letters/{id}/raw", tag = "letters", params(("id" = i64, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "message/rfc822"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json")))]
pub async fn raw(Extract(state): Extract<State>, caller: Caller, Number(id): Number) -> Result<Response, Problem> {
    let bytes = state
        .desk()
        .read(move |r| ledger::raw(r, &caller.cx, LetterId(id)))
        .await?;
    let name = format!("attachment; filename=\"letter-{id}.eml\"");
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_string()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn shaped(entry: Entry) -> LetterOut {
    LetterOut {
        id: entry.id.0,
        received_at: entry.received_at.rfc3339(),
        mailbox: entry.mailbox,
        message_id: entry.message_id,
        from: entry.sender,
        subject: entry.subject,
        attachments: serde_json::from_str(&entry.attachments).unwrap_or_else(|_| serde_json::json!([])),
        state: entry.state.as_str(),
        reason: reason_text(Lang::En, &entry.reason),
        ticket: entry.ticket.map(|t| t.0),
    }
}
