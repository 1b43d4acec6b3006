//! Whose an article is, what it is about, for whom, and when it is looked at again.

use axum::Form;
use axum::extract::Path;
use desk::access::Audience;
use desk::knowledge::{self, Article, Care};
use desk::{ArticleId, Error, PersonId, Time, TopicId};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::show::{Asked, render};
use crate::changes::{Typed, Visit, to};
use crate::http::Outcome;

pub(crate) async fn change(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, id) = (Typed::from(all), ArticleId(id));
    let zone = visit.zone();
    let care = read(&typed, &zone);
    let changed = visit.write(move |tx, cx| {
        let mut care = care?;
        // The day stands on the form, and with it the time of day it came with.
        let stood = knowledge::find(tx, cx, id)?.review_at;
        if day_of(stood, &zone) == day_of(care.review_at, &zone) {
            care.review_at = stood;
        }
        knowledge::change(tx, cx, id, &care)
    });
    match changed.await {
        Ok(event) => Ok(to(&format!("/kb/{id}?done={event}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, id, Asked::default(), back).await
        }
    }
}

/// Somebody or something that is no number is nobody and nothing that is there.
fn read(typed: &Typed, zone: &TimeZone) -> desk::Result<Care> {
    let chosen = |name: &str| Some(typed.text(name)).filter(|text| !text.is_empty());
    let review_at = match chosen("review_at") {
        Some(day) => Some(noon(day, zone).ok_or(Error::refused("review_at", "refused-day"))?),
        None => None,
    };
    Ok(Care {
        topic: chosen("topic").map(|id| TopicId(id.parse().unwrap_or(0))),
        audience: Audience::parse(typed.text("audience")).unwrap_or(Audience::Internal),
        owner: chosen("owner").map(|id| PersonId(id.parse().unwrap_or(0))),
        review_at,
    })
}

/// In the middle of the day, so that it is that day for colleagues elsewhere too.
fn noon(day: &str, zone: &TimeZone) -> Option<Time> {
    let day: Date = day.trim().parse().ok()?;
    let noon = day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok()?;
    Some(Time(noon.timestamp().as_microsecond()))
}

/// As a date field of a form has it.
fn day_of(at: Option<Time>, zone: &TimeZone) -> String {
    let day = at.map(|at| zone.to_datetime(at.timestamp()).date().to_string());
    day.unwrap_or_default()
}

/// The form as it stands, beside what was typed in others.
pub(super) fn fill(typed: &mut Typed, article: &Article, zone: &TimeZone) {
    typed.put("topic", article.topic.map(|id| id.to_string()).unwrap_or_default());
    typed.put("audience", article.audience.as_str());
    typed.put("owner", article.owner.map(|id| id.to_string()).unwrap_or_default());
    typed.put("review_at", day_of(article.review_at, zone));
}
