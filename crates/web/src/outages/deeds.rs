//! What is done with an outage on its page, and taking it back.

use axum::Form;
use axum::extract::Path;
use desk::outages::{self, AnswerAll, Phase, Told};
use desk::words::Both;
use desk::{Context, Error, EventId, OutageNumber, TicketNumber, Write};

use super::show::{Asked, render};
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

type All = Form<Vec<(String, String)>>;

pub(crate) async fn act(visit: Visit, Path(number): Path<i64>, Form(all): All) -> Outcome {
    let (typed, number) = (Typed::from(all), OutageNumber(number));
    let asked = typed.clone();
    match visit.write(move |tx, cx| deed(tx, cx, number, &asked)).await {
        Ok(next) => Ok(to(&format!("/outages/{number}?{next}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, number, &Asked::default(), back).await
        }
    }
}

/// What the page is to say next.
fn deed(tx: &mut Write, cx: &Context, number: OutageNumber, typed: &Typed) -> desk::Result<String> {
    let ticket = || {
        let number = typed.number("ticket").map(TicketNumber);
        number.ok_or(Error::refused("ticket", "refused-no-such-ticket"))
    };
    let words = || Both::new(typed.text("words_en"), typed.text("words_fr"));
    let recorded = match typed.text("deed") {
        "tell" => {
            let phase = Phase::parse(typed.text("phase")).ok_or(Error::refused("phase", "refused-choice"))?;
            let told = Told { phase, words: words() };
            outages::tell(tx, cx, number, &told)?
        }
        "link" => outages::link(tx, cx, number, ticket()?)?,
        "unlink" => outages::unlink(tx, cx, number, ticket()?)?,
        "answer" => return answer(tx, cx, number, words(), false),
        "clear" => {
            let told = Told {
                phase: Phase::Over,
                words: words(),
            };
            outages::tell(tx, cx, number, &told)?;
            return answer(tx, cx, number, words(), true);
        }
        _ => return Err(Error::NotFound),
    };
    Ok(format!("done={}", recorded.event))
}

fn answer(tx: &mut Write, cx: &Context, number: OutageNumber, words: Both, solve: bool) -> desk::Result<String> {
    let answered = outages::answer_all(tx, cx, number, &AnswerAll { words, solve })?;
    Ok(format!("answered={}", answered.event))
}

/// What was opened by mistake has no page any more: the catalogue then.
pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| {
        let number = outages::undo(tx, cx, event.ok_or(Error::NotFound)?)?;
        Ok(Some(number).filter(|number| outages::find(tx, cx, *number).is_ok()))
    });
    match undone.await.map_err(|e| visit.oops(e))? {
        Some(number) => Ok(to(&format!("/outages/{number}"))),
        None => Ok(to("/services")),
    }
}
