//! The allow lists: elements, attributes and the shape of their values.

use super::style;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// For a page of ours, under a policy that forbids inline styles.
    Plain,
    /// For the sandboxed frame: filtered inline styles stay.
    Framed,
}

const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements dropped with everything inside them.
const EMPTIED: &[&str] = &[
    "script",
    "style",
    "title",
    "head",
    "template",
    "svg",
    "math",
    "iframe",
    "frame",
    "frameset",
    "noframes",
    "object",
    "embed",
    "applet",
    "audio",
    "video",
    "canvas",
    "noscript",
    "noembed",
    "xmp",
    "plaintext",
    "select",
    "textarea",
    "button",
    "datalist",
    "portal",
];

const TABLE: &[&str] = &["align", "valign", "width", "height", "bgcolor"];

pub(super) fn builder(looks: Looks, remote: Arc<AtomicUsize>) -> Builder<'static> {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut allow = |element, names: &[&'static str]| {
        attributes.entry(element).or_default().extend(names);
    };
    allow("a", &["href"]);
    allow("img", &["src", "alt", "width", "height", "align"]);
    allow("font", &["color", "size", "face"]);
    allow("ol", &["start", "type"]);
    allow("li", &["value"]);
    allow("hr", &["align", "width", "size"]);
    for element in ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption"] {
        allow(element, &["align"]);
    }
    for element in ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup"] {
        allow(element, TABLE);
    }
    for element in ["td", "th", "col", "colgroup"] {
        allow(element, &["colspan", "rowspan", "span"]);
    }
    allow("table", &["border", "cellpadding", "cellspacing"]);
    let mut generic: HashSet<&str> = ["lang", "dir", "title"].into();
    if looks == Looks::Framed {
        generic.insert("style");
    }
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(EMPTIED.iter().copied().collect())
        .tag_attributes(attributes)
        .generic_attributes(generic)
        .url_schemes(["http", "https", "mailto", "tel", "cid"].into())
        // `filter` refuses what has no scheme; it must see it to count it.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(move |element, name, value| filter(element, name, value, &remote));
    builder
}

fn filter<'v>(element: &str, name: &str, value: &'v str, remote: &AtomicUsize) -> Option<Cow<'v, str>> {
    match (element, name) {
        ("a", "href") => link(value),
        ("img", "src") => picture(value, remote),
        (_, "style") => Some(style::filter(value)).filter(|s| !s.is_empty()).map(Cow::Owned),
        // Set by us, never by the sender.
        ("a", "rel" | "target") => Some(value.into()),
        (_, "alt" | "title") => Some(value.into()),
        (_, "color" | "bgcolor") => is_colour(value).then(|| value.into()),
        (_, "face") => value
            .chars()
            .all(|c| c.is_alphanumeric() || " ,-'".contains(c))
            .then(|| value.into()),
        // Everything else is a number, a percentage or a word such as `center`.
        _ => {
            let short = value.len() <= 16 && !value.is_empty();
            let tame = value.chars().all(|c| c.is_ascii_alphanumeric() || "%-+.*".contains(c));
            (short && tame).then(|| value.into())
        }
    }
}

fn scheme(value: &str) -> String {
    let start: String = value
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .take(12)
        .collect();
    start.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn link(value: &str) -> Option<Cow<'_, str>> {
    let known = matches!(scheme(value).as_str(), "http" | "https" | "mailto" | "tel");
    // A control character in an address is never meant well.
    let odd = value.trim().chars().any(|c| c.is_control());
    (known && !odd).then(|| value.trim().into())
}

/// Only pictures of the letter itself keep their source, until `pictures::place` replaces it.
fn picture<'v>(value: &'v str, remote: &AtomicUsize) -> Option<Cow<'v, str>> {
    match scheme(value).as_str() {
        "cid" => Some(value.trim().into()),
        "data" => None,
        _ => {
            remote.fetch_add(1, Ordering::Relaxed);
            None
        }
    }
}

pub(super) fn is_colour(value: &str) -> bool {
    let value = value.trim();
    let body = value.strip_prefix('#').unwrap_or(value);
    (1..=24).contains(&body.len()) && body.chars().all(|c| c.is_ascii_alphanumeric())
}
