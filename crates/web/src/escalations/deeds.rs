//! What the receiving side answers, and taking back what was just done.

use axum::Form;
use axum::extract::Path;
use desk::escalations::{self, Recorded, State};
use desk::{Context, Error, EscalationId, EventId, Write};

use super::show::render;
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn accept(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = EscalationId(id);
    answer(&visit, id, Typed::default(), move |tx, cx| {
        escalations::accept(tx, cx, id)
    })
    .await
}

pub(crate) async fn send_back(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (id, typed) = (EscalationId(id), Typed::from(all));
    let reason = typed.text("reason").to_string();
    answer(&visit, id, typed, move |tx, cx| {
        escalations::send_back(tx, cx, id, &reason)
    })
    .await
}

async fn answer(
    visit: &Visit,
    id: EscalationId,
    typed: Typed,
    body: impl FnOnce(&mut Write, &Context) -> desk::Result<Recorded> + Send + 'static,
) -> Outcome {
    let answered = visit.write(move |tx, cx| {
        let recorded = body(tx, cx)?;
        Ok((recorded, escalations::find(tx, cx, recorded.id).is_ok()))
    });
    match answered.await {
        Ok((recorded, true)) => Ok(to(&format!("/escalations/{id}?done={}", recorded.event))),
        // It went back to a private team he does not belong to.
        Ok((_, false)) => Ok(to(&format!("/escalations?gone={id}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(visit, id, None, back).await
        }
    }
}

/// What was taken back before anybody answered is a draft again: its form then.
pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| escalations::undo(tx, cx, event.ok_or(Error::NotFound)?));
    let escalation = undone.await.map_err(|e| visit.oops(e))?;
    if escalation.state == State::Withdrawn {
        return Ok(to(&format!("/tickets/{}/escalate", escalation.ticket)));
    }
    Ok(to(&format!("/escalations/{}", escalation.id)))
}
