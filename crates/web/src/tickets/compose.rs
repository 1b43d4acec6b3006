//! The composer's four forms: a reply that leaves, a note that never does, a call and a visit that were had.
//!
//! Words may come late, from a browser that had no network: under a key, so that they are said once, and with the
//! number of who wrote them, so that nobody else says them.

use axum::extract::Multipart;
use axum::http::StatusCode;
use desk::drafts;
use desk::tickets::{self, MessageKind, NewMessage, Status};
use desk::{Context, EventId, MessageId, TicketNumber, Time, Write};

use super::again::Again;
use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use super::{planned, show, upload};
use crate::api::{digest, once};
use crate::http::{Oops, Outcome};

pub(crate) async fn reply(visit: Visit, form: Multipart) -> Outcome {
    write(visit, form, MessageKind::Reply, "compose-reply").await
}

pub(crate) async fn note(visit: Visit, form: Multipart) -> Outcome {
    write(visit, form, MessageKind::Note, "compose-note").await
}

pub(crate) async fn call(visit: Visit, form: Multipart) -> Outcome {
    write(visit, form, MessageKind::Call, "compose-call").await
}

pub(crate) async fn visit(visit: Visit, form: Multipart) -> Outcome {
    write(visit, form, MessageKind::Visit, "compose-visit").await
}

async fn write(visit: Visit, form: Multipart, kind: MessageKind, name: &'static str) -> Outcome {
    // Nobody's file is kept for a ticket he may not see.
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let seen = visit
        .state
        .desk()
        .read(move |r| tickets::find_visible(r, &cx, number).map(drop))
        .await;
    seen.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let sent = upload::read(&visit.state, form)
        .await
        .map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    if let Err(refused) = sent.check() {
        return answer(visit, name, sent.fields, Err(refused)).await;
    }
    if sent
        .fields
        .number("by")
        .is_some_and(|by| by != visit.staff.cx.viewer.person.0)
    {
        let again = Again {
            conflict: Some("conflict-other-person"),
            ..Again::default()
        };
        return show::render(visit, StatusCode::PRECONDITION_FAILED, again).await;
    }
    let moment = if kind == MessageKind::Reply {
        planned::moment(&visit, &sent.fields)
    } else {
        Ok(None)
    };
    let moment = match moment {
        Ok(moment) => moment,
        Err(refused) => return answer(visit, name, sent.fields, Err(refused)).await,
    };
    let words = Words {
        kind,
        moment,
        new: NewMessage {
            body: sent.fields.text("body").to_string(),
            minutes: sent.fields.number("minutes"),
            files: sent.files,
            then: then(kind, &sent.fields),
        },
        // A form that does not say what it has seen (no page of ours) is not stopped.
        seen: sent.fields.number("seen").filter(|_| kind == MessageKind::Reply),
        instead: sent.fields.text("then") == INSTEAD,
    };
    let written = written(&visit, words, sent.fields.text("once")).await;
    answer(visit, name, sent.fields, written).await
}

/// The button of a collision stop: the words of a reply become a note, and are no draft of a reply any more.
const INSTEAD: &str = "instead";

struct Words {
    kind: MessageKind,
    new: NewMessage,
    seen: Option<i64>,
    instead: bool,
    /// A reply that is to leave then, not now.
    moment: Option<Time>,
}

/// Once under its key, however often it arrives; a form without script brings none.
async fn written(visit: &Visit, words: Words, key: &str) -> desk::Result<Done> {
    let (desk, cx, show) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let event = if key.is_empty() || key.len() > 64 {
        desk.write(move |tx| words.say(tx, &cx, show)).await?
    } else {
        let NewMessage {
            body, minutes, files, ..
        } = &words.new;
        let files: Vec<_> = files.iter().map(|file| &file.sha256).collect();
        let digest = digest(&format!("{show} {}", words.kind), &(body, minutes, files))?;
        let deed = move |tx: &mut Write, cx: &Context| words.say(tx, cx, show);
        let said = once(desk, &cx, key.to_string(), digest, deed).await?;
        said.parse().map_err(desk::Error::fault)?
    };
    Ok(Done {
        show,
        event: EventId(event),
    })
}

impl Words {
    /// The number of the event.
    fn say(&self, tx: &mut Write, cx: &Context, number: TicketNumber) -> desk::Result<i64> {
        if let Some(seen) = self.seen {
            tickets::nothing_unseen(tx, cx, number, MessageId(seen))?;
        }
        let new = &self.new;
        if let Some(at) = self.moment {
            let (changed, _) = tickets::plan_reply(tx, cx, number, &planned::later_reply(new.clone()), at)?;
            return Ok(changed.event.0);
        }
        let (changed, _) = match self.kind {
            MessageKind::Note => tickets::note(tx, cx, number, new),
            MessageKind::Call => tickets::log_call(tx, cx, number, new),
            MessageKind::Visit => tickets::log_visit(tx, cx, number, new),
            MessageKind::Reply | MessageKind::Request => tickets::reply(tx, cx, number, new),
        }?;
        if self.instead {
            drafts::keep(tx, cx, number, MessageKind::Reply.as_str(), "", "")?;
        }
        Ok(changed.event.0)
    }
}

/// The status that goes with the words. The big button of a reply waits for the requester; that of a note, a call or a
/// visit leaves the status alone.
fn then(kind: MessageKind, fields: &Fields) -> Option<Status> {
    match fields.text("then") {
        "usual" if kind == MessageKind::Reply => Some(Status::Pending),
        other => Status::parse(other),
    }
}
