//! Pages of a list: `{"items":[...],"next":"..."}`; `next` is null at the end.

use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct PageOf<T> {
    pub items: Vec<T>,
    /// Give it back as `cursor` (events: `after`) to go on; null at the end.
    pub next: Option<String>,
}

/// How many items a caller may ask for at once.
pub fn limit(asked: Option<i64>) -> i64 {
    asked.unwrap_or(50).clamp(1, 200)
}
