//! Pages of a list: `{"items":[...],"next":"..."}`; `next` is null at the end.

use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct PageOf<T> {
    pub items: Vec<T>,
    /// Give it back as `cursor` (events: `after`) to go on; null at the end.
    pub next: Option<String>,
}

/// How many items a caller asks for at once: 1 to 200, usually 50.
pub fn limit(asked: Option<i64>) -> desk::Result<i64> {
    let wanted = asked.unwrap_or(50);
    if (1..=200).contains(&wanted) {
        Ok(wanted)
    } else {
        Err(desk::Error::refused("limit", "refused-limit"))
    }
}
