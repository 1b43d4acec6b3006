//! The composer's four forms: a reply that leaves, a note that never does, a call and a visit that were had.
//!
//! Words may come late, from a browser that had no network: under a key, so that they are said once, and with the
//! number of who wrote them, so that nobody else says them.

use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::drafts;
use desk::once::Lasts;
use desk::reviews;
use desk::tickets::{self, MessageKind, NewMessage, Status};
use desk::{Context, Error, EventId, MessageId, TicketNumber, Time, Write};
use serde::{Deserialize, Serialize};

use super::again::Again;
use super::fields::Fields;
use super::outcome::{Done, answer};
use super::upload::{self, Sent};
use super::visit::Visit;
use super::{planned, show};
use crate::api::{digest, once};
use crate::http::form::{self, Sender};
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
    let lang = visit.lang();
    let oops = |e| Oops::from(e).in_language(lang);
    let sent = form::read(&visit.state, Sender::Desk, form).await.map_err(oops)?;
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let desk = visit.state.desk();
    let seen = desk
        .read(move |r| tickets::find_visible(r, &cx, number).map(drop))
        .await;
    // Whose words they are comes first: they wait for their writer, whatever is there for this reader.
    if is_anothers(&visit, sent.text("by")) {
        return others_words(visit, seen.is_ok()).await;
    }
    // Nobody's file is kept for a ticket he may not see.
    seen.map_err(oops)?;
    let sent = upload::keep(&visit.state, sent).await.map_err(oops)?;
    if let Err(refused) = sent.check() {
        return answer(visit, name, sent.fields, Err(refused)).await;
    }
    say(visit, sent, kind, name).await
}

/// Another person is signed in than the one whose page this was.
pub(super) fn is_anothers(visit: &Visit, by: &str) -> bool {
    by.trim()
        .parse()
        .is_ok_and(|by: i64| by != visit.staff.cx.viewer.person.0)
}

async fn others_words(visit: Visit, visible: bool) -> Outcome {
    if !visible {
        return Ok(StatusCode::PRECONDITION_FAILED.into_response());
    }
    let again = Again {
        conflict: Some("conflict-other-person"),
        ..Again::default()
    };
    show::render(visit, StatusCode::PRECONDITION_FAILED, again).await
}

async fn say(mut visit: Visit, sent: Sent, kind: MessageKind, name: &'static str) -> Outcome {
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
            ..NewMessage::default()
        },
        // A form that does not say what it has seen (no page of ours) is not stopped.
        seen: sent.fields.number("seen").map(MessageId),
        instead: sent.fields.text("then") == INSTEAD,
    };
    let written = written(&visit, words, sent.fields.text("once")).await;
    let done = written.map(|said| {
        visit.at.left = said.left;
        Done {
            show: visit.number,
            event: EventId(said.event),
        }
    });
    answer(visit, name, sent.fields, done).await
}

/// The button of a collision stop: the words of a reply become a note, and are no draft of a reply any more.
const INSTEAD: &str = "instead";

struct Words {
    kind: MessageKind,
    new: NewMessage,
    seen: Option<MessageId>,
    instead: bool,
    /// A reply that is to leave then, not now.
    moment: Option<Time>,
}

#[derive(Deserialize, Serialize)]
struct Said {
    event: i64,
    /// The status that was to go with them was not set.
    left: bool,
}

/// Once under its key, however often it arrives; a form without script brings none.
async fn written(visit: &Visit, words: Words, key: &str) -> desk::Result<Said> {
    let (desk, cx, show) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    if key.is_empty() || key.len() > 64 {
        return desk.write(move |tx| words.say(tx, &cx, show)).await;
    }
    let NewMessage {
        body, minutes, files, ..
    } = &words.new;
    let files: Vec<_> = files.iter().map(|file| &file.sha256).collect();
    let digest = digest(&format!("{show} {}", words.kind), &(body, minutes, files))?;
    let deed = move |tx: &mut Write, cx: &Context| words.say(tx, cx, show);
    let said = once(desk, &cx, (key.to_string(), Lasts::Month), digest, deed).await?;
    // Before there was more to say, the answer was the number alone.
    let plain = |_| said.parse().map(|event| Said { event, left: false });
    serde_json::from_str(&said).or_else(plain).map_err(desk::Error::fault)
}

impl Words {
    fn say(mut self, tx: &mut Write, cx: &Context, number: TicketNumber) -> desk::Result<Said> {
        let left = self.leaves_status(tx, cx, number)?;
        if left {
            self.new.then = None;
        }
        let event = self.write(tx, cx, number)?.0;
        Ok(Said { event, left })
    }

    /// A reply stops when something was said meanwhile. Words that stay inside are kept, yet nothing is solved over
    /// what their writer has not read: they may come hours late.
    fn leaves_status(&self, tx: &mut Write, cx: &Context, number: TicketNumber) -> desk::Result<bool> {
        let reply = self.kind == MessageKind::Reply;
        let Some(seen) = self.seen.filter(|_| reply || self.new.then.is_some()) else {
            return Ok(false);
        };
        match tickets::nothing_unseen(tx, cx, number, seen) {
            Err(Error::Conflict("conflict-answered")) if !reply => Ok(true),
            looked => looked.map(|()| false),
        }
    }

    fn write(&self, tx: &mut Write, cx: &Context, number: TicketNumber) -> desk::Result<EventId> {
        let new = &self.new;
        if let Some(at) = self.moment {
            let (changed, _) = tickets::plan_reply(tx, cx, number, &planned::later_reply(new.clone()), at)?;
            return Ok(changed.event);
        }
        if matches!(self.kind, MessageKind::Reply | MessageKind::Request) {
            return Ok(reviews::reply(tx, cx, number, new)?.event);
        }
        let (changed, _) = match self.kind {
            MessageKind::Note if self.instead => tickets::note_beside(tx, cx, number, new),
            MessageKind::Note => tickets::note(tx, cx, number, new),
            MessageKind::Call => tickets::log_call(tx, cx, number, new),
            _ => tickets::log_visit(tx, cx, number, new),
        }?;
        if self.instead {
            drafts::keep(tx, cx, number, MessageKind::Reply.as_str(), "", "")?;
        }
        Ok(changed.event)
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
