//! What is done with an article in one press: the steps from draft to readers and back, and taking a step back.

use axum::Form;
use axum::extract::Path;
use desk::knowledge::{self, FIRST_REVIEW, LinkTo};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, EventId, PassageId, PersonId, TicketNumber, Write};

use super::show::{Asked, render};
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn act(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), ArticleId(id));
    let asked = typed.clone();
    match visit.write(move |tx, cx| deed(tx, cx, id, &asked)).await {
        Ok(event) => Ok(to(&format!("/kb/{id}?done={event}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, id, Asked::default(), back).await
        }
    }
}

fn deed(tx: &mut Write, cx: &Context, id: ArticleId, typed: &Typed) -> desk::Result<EventId> {
    // Which text was read: one that changed since is neither approved nor published.
    let seen = typed.number("seen").unwrap_or(-1);
    match typed.text("deed") {
        "ask" => knowledge::ask_review(tx, cx, id, typed.number("reviewer").map(PersonId)),
        "approve" => knowledge::approve(tx, cx, id, seen),
        "back" => knowledge::send_back(tx, cx, id, typed.text("words")),
        "publish" => knowledge::publish(tx, cx, id, seen),
        "retire" => knowledge::retire(tx, cx, id),
        "return" => knowledge::bring_back(tx, cx, id),
        "drop" => knowledge::drop_draft(tx, cx, id),
        "reviewed" => knowledge::reviewed(tx, cx, id, cx.now.plus(FIRST_REVIEW)),
        "as-it-is" => {
            let lang = Lang::parse(typed.text("lang")).ok_or(Error::NotFound)?;
            let passage = typed.number("passage").ok_or(Error::NotFound)?;
            knowledge::up_to_date(tx, cx, id, PassageId(passage), lang)
        }
        "link" => {
            let number = typed
                .number("ticket")
                .ok_or(Error::refused("ticket", "refused-no-such-ticket"))?;
            let linked = knowledge::link_ticket(tx, cx, id, TicketNumber(number));
            linked.map_err(|error| match error {
                Error::NotFound => Error::refused("ticket", "refused-no-such-ticket"),
                other => other,
            })
        }
        "unlink" => {
            let number = typed.number("ticket").ok_or(Error::NotFound)?;
            knowledge::unlink_ticket(tx, cx, id, TicketNumber(number))
        }
        _ => Err(Error::NotFound),
    }
}

/// Where a link of an article leads, and what it is called.
pub(super) fn link_path(kind: LinkTo, target: i64) -> (String, String) {
    match kind {
        LinkTo::Ticket => (format!("/tickets/{target}"), format!("#{target}")),
        LinkTo::Problem => (format!("/problems/{target}"), format!("P-{target}")),
        LinkTo::Change => (format!("/changes/{target}"), format!("C-{target}")),
    }
}

/// Whatever page the toast stands on, its Undo leads back to it.
pub(crate) async fn undo(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), ArticleId(id));
    let event = typed.number("event").map(EventId);
    let undone = visit.write(move |tx, cx| {
        let event = event.ok_or(Error::NotFound)?;
        let own = knowledge::history(tx, cx, id, 500)?;
        own.iter().find(|one| one.id == event).ok_or(Error::NotFound)?;
        knowledge::undo(tx, cx, event)
    });
    match undone.await {
        Ok(_) if typed.text("at") == "edit" => Ok(to(&format!("/kb/{id}/edit"))),
        Ok(_) => Ok(to(&format!("/kb/{id}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, id, Asked::default(), back).await
        }
    }
}
