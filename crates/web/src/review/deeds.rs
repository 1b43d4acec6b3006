//! What is done with words that wait: by a senior, and by their author.

use axum::Form;
use axum::extract::Path;
use desk::reviews::{self, SeenAs, Words};
use desk::{Error, EventId, ReviewId, Time};

use super::show::render;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn act(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), ReviewId(id));
    let asked = typed.clone();
    let done = visit.write(move |tx, cx| {
        // Whoever may not read it learns nothing of how it is decided.
        reviews::find(tx, cx, id)?;
        let revision = asked.number("revision").unwrap_or(-1);
        let words = words(&asked);
        let event = match asked.text("deed") {
            "approve" => {
                let read = SeenAs {
                    revision,
                    ticket: Time(asked.number("ticket_at").unwrap_or(-1)),
                };
                reviews::approve(tx, cx, id, read, Some(&words))?
            }
            "back" => reviews::send_back(tx, cx, id, revision, asked.text("reason"))?,
            "again" => reviews::hand_in_again(tx, cx, id, revision, &words)?,
            "take_back" => reviews::take_back(tx, cx, id)?,
            _ => return Err(Error::NotFound),
        };
        let number = reviews::find(tx, cx, id)?.ticket.number;
        Ok((event, number))
    });
    match done.await {
        Ok((event, number)) => Ok(to(&match typed.text("deed") {
            "again" => format!("/team/review/{id}?done={event}"),
            "take_back" => format!("/tickets/{number}#compose"),
            _ => format!("/team/review?done={event}&of={id}"),
        })),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, id, None, back).await
        }
    }
}

fn words(typed: &Typed) -> Words {
    let of = |name: &str| typed.text(name).to_string();
    Words {
        body: of("body"),
        cause: of("cause"),
        steps: of("steps"),
        helped: of("helped"),
    }
}

/// It is as it was before: what was sent is taken back, what was sent back waits again.
pub(crate) async fn undo(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), ReviewId(id));
    let event = typed.number("event").map(EventId);
    let undone = visit.write(move |tx, cx| {
        reviews::find(tx, cx, id)?;
        reviews::undo(tx, cx, id, event.ok_or(Error::NotFound)?)
    });
    match undone.await {
        Ok(_) => Ok(to(&format!("/team/review/{id}"))),
        Err(error) => {
            let back = visit.back(Typed::default(), error)?;
            render(&visit, id, None, Back { typed: None, ..back }).await
        }
    }
}
