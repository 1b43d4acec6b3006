//! What the lines of the API that put or split something are asked with.

use serde_json::{Value, json};

/// A body that is right for the route.
pub(in crate::access) fn put(path: &str) -> Value {
    match path.rsplit('/').next() {
        Some("snooze") => json!({ "until": "2026-12-01T13:00:00Z" }),
        Some("split") => json!({ "messages": [1], "subject": "Another matter" }),
        Some("resend") => json!({ "message": 1 }),
        _ => json!({ "cause": "c", "steps": "s" }),
    }
}
