//! Asking for a report by mail, and ending it.

use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::reports::{self, Report, Rhythm};
use desk::{Error, SubscriptionId};
use serde::Deserialize;

use super::asked::{Ended, Wanted};
use super::show::page;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::state::State;

#[derive(Deserialize)]
pub struct Fields {
    #[serde(default)]
    rhythm: String,
    #[serde(flatten)]
    wanted: Wanted,
}

pub async fn subscribe(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let report = Report::parse(&name).ok_or_else(|| Oops::nothing(lang))?;
    let today = reports::day_of(cx.now, &cx.house.zone);
    let rhythm = Rhythm::parse(&fields.rhythm).unwrap_or(Rhythm::Weekly);
    let asked = fields.wanted.asked(today);
    let done = match asked {
        Ok(asked) => {
            let write = state
                .desk()
                .write(move |tx| reports::subscribe(tx, &cx, report, &asked, rhythm));
            write.await.map(|_| reports::path_of(report, &asked))
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(path) => Ok(Redirect::to(&format!("{path}#mailed")).into_response()),
        Err(Error::Refused(refusals)) => page(&state, &staff, nonce, report, fields.wanted, refusals).await,
        Err(other) => Err(Oops::from(other).in_language(lang)),
    }
}

#[derive(Deserialize)]
pub struct Back {
    /// The query of the page it was pressed on.
    #[serde(default)]
    back: String,
}

pub async fn unsubscribe(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(form): Form<Back>,
) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let ended = state
        .desk()
        .write(move |tx| reports::unsubscribe(tx, &cx, SubscriptionId(id)))
        .await;
    let ended = ended.map_err(|e| Oops::from(e).in_language(lang))?;
    let own: String = form
        .back
        .chars()
        .filter(|c| c.is_ascii_graphic() && *c != '#')
        .take(300)
        .collect();
    let was = Ended::of(&ended).address();
    Ok(Redirect::to(&format!("/reports/{}?{own}&ended={was}#mailed", ended.report)).into_response())
}
