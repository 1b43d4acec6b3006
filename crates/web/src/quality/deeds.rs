//! What is done with one button, each with its way back.

use axum::extract::Path;
use desk::quality;
use desk::{ReviewId, RuleId};

use crate::changes::{Visit, to};
use crate::http::Outcome;

pub(crate) async fn drop_review(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let done = visit
        .write(move |tx, cx| quality::drop_review(tx, cx, ReviewId(id)))
        .await;
    done.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/team/qa?dropped={id}")))
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let done = visit.write(move |tx, cx| quality::restore(tx, cx, ReviewId(id))).await;
    done.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/team/qa/{id}")))
}

pub(crate) async fn end_rule(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let done = visit.write(move |tx, cx| quality::end_rule(tx, cx, RuleId(id))).await;
    done.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/team/qa?ended={id}")))
}

pub(crate) async fn resume_rule(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let done = visit
        .write(move |tx, cx| quality::resume_rule(tx, cx, RuleId(id)))
        .await;
    done.map_err(|e| visit.oops(e))?;
    Ok(to("/team/qa"))
}
