//! `/letters`: the ledger. What came, in which state, and why; and the letter itself, byte for byte. What is done with a
//! letter is beside it.

pub mod deeds;

use axum::Json;
use axum::extract::State as Extract;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::{Findings, LetterState, reason_text};
use desk::words::Lang;
use desk::{LetterId, MailboxId, Time};
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
    /// The id of a mailbox.
    #[param(minimum = 1)]
    pub mailbox: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LetterOut {
    pub id: i64,
    #[schema(format = DateTime)]
    pub received_at: String,
    /// `smtp lmtp imap file`; what was fetched by POP3 is `imap` too.
    pub way: &'static str,
    pub bytes: i64,
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
    /// `pass`, `fail`, `none` or `later`, and how that came to be: who vouched for its sender, as our own door found out.
    /// Null when nobody was asked.
    pub vouched: Option<String>,
    /// What reading found besides words and files; empty where there is nothing to say.
    pub findings: FindingsOut,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct FindingsOut {
    /// What was wrong with the letter, in words.
    pub defects: Vec<String>,
    /// Whose letter it passes on.
    pub forwarded: Option<String>,
    pub invitation: Option<InvitationOut>,
    pub signed: bool,
    pub encrypted: bool,
    /// Of a letter that came back: whom it did not reach, and the words of the server.
    pub returned: Vec<ReturnedOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOut {
    pub summary: String,
    pub location: String,
    pub organizer: String,
    /// Null where the calendar gave no zone.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    pub cancelled: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedOut {
    pub recipient: String,
    pub action: String,
    pub status: String,
    pub words: String,
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
    desk::error::Checks::default()
        .at_most(&words, 200, "q")
        .check(asked.mailbox.is_none_or(|id| id > 0), "mailbox", "refused-mailbox-id")
        .done()?;
    let wanted = ledger::Asked {
        state: wanted,
        mailbox: asked.mailbox.map(MailboxId),
        before: cursor,
        words,
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
    let findings = found(&entry);
    LetterOut {
        id: entry.id.0,
        received_at: entry.received_at.rfc3339(),
        way: entry.way.as_str(),
        bytes: entry.bytes,
        mailbox: entry.mailbox,
        message_id: entry.message_id,
        from: entry.sender,
        subject: entry.subject,
        attachments: serde_json::from_str(&entry.attachments).unwrap_or_else(|_| serde_json::json!([])),
        state: entry.state.as_str(),
        reason: reason_text(Lang::En, &entry.reason),
        ticket: entry.ticket.map(|t| t.0),
        vouched: Some(entry.vouched).filter(|v| !v.is_empty()),
        findings,
    }
}

fn found(entry: &Entry) -> FindingsOut {
    let found = Findings::read(&entry.findings);
    let invitation = found.invitation.map(|i| InvitationOut {
        at: i.at.map(|at| Time(at).rfc3339()),
        summary: i.summary,
        location: i.location,
        organizer: i.organizer,
        cancelled: i.cancelled,
    });
    let returned = found.returned.into_iter().map(|r| ReturnedOut {
        recipient: r.recipient,
        action: r.action,
        status: r.status,
        words: r.words,
    });
    FindingsOut {
        defects: entry.defects.lines().map(str::to_string).collect(),
        forwarded: found.forwarded,
        invitation,
        signed: found.sealed.as_ref().is_some_and(|s| s.signed),
        encrypted: found.sealed.as_ref().is_some_and(|s| s.encrypted),
        returned: returned.collect(),
    }
}
