//! Priority from impact and urgency, by the printed table of the trade.
//!
//! | impact \ urgency | low    | medium | high   |
//! | ---------------- | ------ | ------ | ------ |
//! | one person       | low    | normal | high   |
//! | a group          | normal | high   | urgent |
//! | everybody        | high   | urgent | urgent |

db::text_enum! {
    pub enum Impact { One => "one", Group => "group", All => "all" }
}
db::text_enum! {
    pub enum Urgency { Low => "low", Medium => "medium", High => "high" }
}
db::text_enum! {
    pub enum Priority { Low => "low", Normal => "normal", High => "high", Urgent => "urgent" }
}

pub fn priority_of(impact: Impact, urgency: Urgency) -> Priority {
    match (impact, urgency) {
        (Impact::One, Urgency::Low) => Priority::Low,
        (Impact::One, Urgency::Medium) | (Impact::Group, Urgency::Low) => Priority::Normal,
        (Impact::One, Urgency::High) | (Impact::Group, Urgency::Medium) | (Impact::All, Urgency::Low) => Priority::High,
        (Impact::Group, Urgency::High) | (Impact::All, Urgency::Medium | Urgency::High) => Priority::Urgent,
    }
}
