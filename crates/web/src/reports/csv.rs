//! A report for a spreadsheet: the table through time, and with `table=parts` the breakdown.

use axum::extract::{MatchedPath, Query, State as Extract};
use axum::http::header;
use axum::response::IntoResponse;
use desk::Error;
use desk::reports::{self, Report};

use super::asked::Wanted;
use crate::http::{Oops, Outcome, Staff};
use crate::state::State;

/// Spreadsheets take a file without this mark for another alphabet, and an é for two letters.
const MARK: &str = "\u{feff}";

pub async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    path: MatchedPath,
    Query(wanted): Query<Wanted>,
) -> Outcome {
    let (cx, lang) = (staff.cx.clone(), staff.seen.viewer.language);
    let name = path.as_str().trim_start_matches("/reports/").trim_end_matches(".csv");
    let report = Report::parse(name).ok_or_else(|| Oops::nothing(lang))?;
    let read = state.desk().read(move |r| {
        let asked = wanted.asked(reports::day_of(cx.now, &cx.house.zone))?;
        let figures = reports::figures(r, &cx, report, &asked)?;
        let both = [reports::by_time(lang, &figures), reports::by_part(lang, &figures)];
        Ok::<_, Error>(both.map(|table| reports::csv(&table)).join("\r\n"))
    });
    let text = read.await.map_err(|e| Oops::from(e).in_language(lang))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_string(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{report}.csv\""),
        ),
    ];
    Ok((headers, format!("{MARK}{text}")).into_response())
}
