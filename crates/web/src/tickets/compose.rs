//! The composer's four forms: a reply that leaves, a note that never does, a call and a visit that were had.

use axum::extract::Multipart;
use desk::MessageId;
use desk::tickets::{self, MessageKind, NewMessage, Status};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use super::{planned, upload};
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
    let new = NewMessage {
        body: sent.fields.text("body").to_string(),
        minutes: sent.fields.number("minutes"),
        files: sent.files,
        then: then(kind, &sent.fields),
    };
    let cx = visit.staff.cx.clone();
    // A form that does not say what it has seen (no page of ours) is not stopped.
    let seen = sent.fields.number("seen").filter(|_| kind == MessageKind::Reply);
    let moment = if kind == MessageKind::Reply {
        planned::moment(&visit, &sent.fields)
    } else {
        Ok(None)
    };
    let written = visit.state.desk().write(move |tx| {
        if let Some(seen) = seen {
            tickets::nothing_unseen(tx, &cx, number, MessageId(seen))?;
        }
        if let Some(at) = moment? {
            let (changed, _) = tickets::plan_reply(tx, &cx, number, &planned::later_reply(new), at)?;
            return Ok(Done {
                show: number,
                event: changed.event,
            });
        }
        let (changed, _) = match kind {
            MessageKind::Note => tickets::note(tx, &cx, number, &new),
            MessageKind::Call => tickets::log_call(tx, &cx, number, &new),
            MessageKind::Visit => tickets::log_visit(tx, &cx, number, &new),
            MessageKind::Reply | MessageKind::Request => tickets::reply(tx, &cx, number, &new),
        }?;
        Ok(Done {
            show: number,
            event: changed.event,
        })
    });
    let written = written.await;
    answer(visit, name, sent.fields, written).await
}

/// The status that goes with the words. The big button of a reply waits for the requester; that of a note, a call or a
/// visit leaves the status alone.
fn then(kind: MessageKind, fields: &Fields) -> Option<Status> {
    match fields.text("then") {
        "usual" if kind == MessageKind::Reply => Some(Status::Pending),
        other => Status::parse(other),
    }
}
