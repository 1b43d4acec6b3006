//! The table in use as a file, for a spreadsheet and to be brought in again.

use axum::http::header;
use axum::response::IntoResponse;
use desk::wages;

use crate::changes::Visit;
use crate::http::Outcome;

/// Spreadsheets take a file without this mark for another alphabet, and an é for two letters.
const MARK: &str = "\u{feff}";

pub(crate) async fn show(visit: Visit) -> Outcome {
    let table = visit.read(wages::table).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"wages.csv\""),
    ];
    Ok((headers, format!("{MARK}{}", wages::written(&table.wages))).into_response())
}
