//! What is done with a change on its page, and taking it back.

use axum::Form;
use axum::extract::Path;
use desk::changes::{self, Finish, Outcome as Ended, Recorded};
use desk::{ChangeNumber, Context, Error, EventId, TicketNumber, Write};

use super::show::render;
use super::visit::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn act(visit: Visit, Path(number): Path<i64>, Form(all): All) -> Outcome {
    let (typed, number) = (Typed::from(all), ChangeNumber(number));
    let asked = typed.clone();
    match visit.write(move |tx, cx| deed(tx, cx, number, &asked)).await {
        Ok(recorded) => Ok(to(&format!("/changes/{number}?done={}", recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, number, None, back).await
        }
    }
}

fn deed(tx: &mut Write, cx: &Context, number: ChangeNumber, typed: &Typed) -> desk::Result<Recorded> {
    let ticket = || {
        let number = typed.number("ticket").map(TicketNumber);
        number.ok_or(Error::refused("ticket", "refused-no-such-ticket"))
    };
    match typed.text("deed") {
        "ask" => changes::ask(tx, cx, number),
        "approve" => changes::approve(tx, cx, number, typed.text("decision")),
        "refuse" => changes::refuse(tx, cx, number, typed.text("decision")),
        "start" => changes::start(tx, cx, number),
        "link" => changes::link(tx, cx, number, ticket()?),
        "unlink" => changes::unlink(tx, cx, number, ticket()?),
        word => {
            let outcome = Ended::parse(word).ok_or(Error::NotFound)?;
            let how = Finish {
                outcome,
                result: typed.text("result").to_string(),
                at: None,
            };
            changes::finish(tx, cx, number, &how)
        }
    }
}

/// What was taken off the log has no page any more: the list then.
pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| {
        let number = changes::undo(tx, cx, event.ok_or(Error::NotFound)?)?;
        Ok(Some(number).filter(|number| changes::find(tx, cx, *number).is_ok()))
    });
    match undone.await.map_err(|e| visit.oops(e))? {
        Some(number) => Ok(to(&format!("/changes/{number}"))),
        None => Ok(to("/changes")),
    }
}

/// From which risk on a change is approved by another person.
pub(crate) async fn rule(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let set = visit
        .write(move |tx, cx| changes::change_approval(tx, cx, typed.text("approval")))
        .await;
    set.map_err(|e| visit.oops(e))?;
    Ok(to("/changes"))
}
