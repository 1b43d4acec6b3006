//! How a text will read: filled for a ticket that is not there, through the same Markdown as pages and letters.

use desk::canned::{Values, fill};
use desk::words::Lang;

use crate::http::Staff;
use crate::layout::{Markup, markdown};
use crate::words;

/// Nothing when there is no text to show.
pub(crate) fn example(staff: &Staff, lang: Lang, team: Option<&str>, text: &str) -> Option<Markup> {
    if text.trim().is_empty() {
        return None;
    }
    let house = &staff.cx.house;
    let address = house.public_url.as_deref().unwrap_or("https://desk.example.org");
    let values = Values {
        requester: words::text(lang, "canned-example-requester", &[]),
        number: "1042".into(),
        subject: words::text(lang, "canned-example-subject", &[]),
        technician: staff.seen.viewer.name.clone(),
        team: team.unwrap_or(&house.name).to_string(),
        desk: house.name.clone(),
        link: format!("{address}/{lang}/requests/1042"),
    };
    Some(markdown(&fill(text, &values)))
}
