//! HTML from strangers, made safe to show. Allow lists only: what is not named is dropped.
//! Nothing that comes out may run a script, load anything from elsewhere, submit a form, carry
//! identifiers, classes or data attributes, or lay itself over the page.

mod allowed;
mod entities;
mod hidden;
mod markdown;
mod pictures;
mod plain;
mod style;
mod tags;
mod weigh;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use plain::from_text;

/// HTML that may stand in a page of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    pub html: String,
    /// How many pictures would have been fetched from elsewhere.
    pub remote_images: usize,
    /// The same as plain text, without marks at quotations and with what its sender hid.
    pub text: String,
}

/// The largest HTML that is laid out; anything above is shown as text. Of links and pictures its tree takes up to eighteen
/// times as much, and 64 MiB are the most for one letter.
const LARGEST: usize = 3 * 1024 * 1024;

/// Cleans HTML; pictures inside the letter become their alternative text.
pub fn clean(html: &str) -> Cleaned {
    clean_with(html, |_| None)
}

/// Cleans HTML; `picture` gives our own address for a picture of the letter by its content id.
pub fn clean_with(html: &str, picture: impl Fn(&str) -> Option<String>) -> Cleaned {
    let (html, remote_images) = sanitise(html, allowed::Looks::Plain, &picture);
    let text = plain::of_clean(&html);
    Cleaned {
        html,
        remote_images,
        text,
    }
}

/// The letter nearly as its sender meant it, for a sandboxed frame: inline styles without
/// addresses and positions stay. Remote pictures are left out.
pub fn frame(html: &str, picture: impl Fn(&str) -> Option<String>) -> String {
    sanitise(html, allowed::Looks::Framed, &picture).0
}

/// A page that was copied, as Markdown; `None` when its words alone say as much, or when it is too tangled to be read.
pub fn to_markdown(html: &str) -> Option<String> {
    if html.len() > LARGEST || !weigh::is_light(html) {
        return None;
    }
    // Pictures have no words; a picture that was copied alone comes as a file.
    let clean = allowed::builder(allowed::Looks::Plain, Arc::default()).clean(html);
    markdown::of_clean(&clean.to_string())
}

/// The words of the HTML, for search and for mail programs without HTML: what is hidden is left
/// out. Linear in its length, and the words take no more than the HTML does.
pub fn to_text(html: &str) -> String {
    plain::of_anything(html)
}

/// The same of as much of the HTML as fits into so many bytes.
pub(crate) fn to_text_within(html: &str, most: usize) -> String {
    plain::of_anything(&html[..html.floor_char_boundary(most)])
}

/// Text as HTML, as much of it as fits into so many bytes.
pub(crate) fn from_text_within(text: &str, most: usize) -> String {
    from_text(&text[..text.floor_char_boundary(plain::fitting(text, most))])
}

/// Content identifiers of the pictures in any HTML, each once and in order.
pub(crate) fn shown_inside(html: &str) -> Vec<String> {
    pictures::named(html)
}

fn sanitise(html: &str, looks: allowed::Looks, picture: &dyn Fn(&str) -> Option<String>) -> (String, usize) {
    if html.len() <= LARGEST && weigh::is_light(html) {
        return sanitise_light(html, looks, picture);
    }
    // Too deep or too tangled for a tree: its words, in order, are what can be shown in bounded time.
    (from_text(&plain::of_anything(html)), 0)
}

fn sanitise_light(html: &str, looks: allowed::Looks, picture: &dyn Fn(&str) -> Option<String>) -> (String, usize) {
    let remote = Arc::new(AtomicUsize::new(0));
    let clean = allowed::builder(looks, Arc::clone(&remote)).clean(html).to_string();
    (pictures::place(&clean, picture), remote.load(Ordering::Relaxed))
}
