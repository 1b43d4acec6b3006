//! Words of letters and replies as pages may show them: sanitised when they came in, and again whenever they go out.

use mail::html;

use super::outbox;

/// HTML a stranger sent, safe for a page of ours.
pub fn safe_html(text: &str) -> String {
    html::clean(text).html
}

/// A technician's Markdown exactly as the letter will carry it.
pub fn markdown_html(text: &str) -> String {
    outbox::markdown(text)
}

/// A page that was copied, as the Markdown somebody would have typed; `None` when its words alone say as much.
pub fn markdown_of_page(text: &str) -> Option<String> {
    html::to_markdown(text)
}

/// The whole HTML of a letter for its sandboxed frame; `None` when it has none.
pub fn framed(raw: &[u8]) -> Option<String> {
    let letter = mail::parse(raw);
    letter.html.map(|text| html::frame(&text, |_| None))
}
