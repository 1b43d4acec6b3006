//! The pictures of HTML that was already cleaned: those of the letter itself get our address,
//! the others become their alternative text in brackets.

use super::tags::{Piece, attribute, pieces};

pub(super) fn place(clean: &str, picture: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(clean.len());
    let mut all = pieces(clean);
    while let Some(piece) = all.next() {
        let inside = all.inside();
        match piece {
            Piece::Open("img", _) => image(&mut out, inside, picture),
            Piece::Open(name, _) => {
                out.push('<');
                out.push_str(name);
                out.push_str(inside);
                out.push('>');
            }
            Piece::Close(name) => {
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
            Piece::Text(text) => out.push_str(text),
            Piece::Other => {}
        }
    }
    out
}

/// At most this many are named.
const NAMED: usize = 1_000;

/// The content identifiers that any HTML names in its tags, each once and in order.
pub(super) fn named(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut all = pieces(html);
    while let Some(piece) = all.next() {
        if !matches!(piece, Piece::Open(..)) || found.len() >= NAMED {
            continue;
        }
        for id in identifiers(all.inside()) {
            if found.len() < NAMED && !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

/// What stands behind `cid:` in a tag, up to what ends an address there.
fn identifiers(inside: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ')' | '>');
    let places = inside
        .as_bytes()
        .windows(4)
        .enumerate()
        .filter(|(_, w)| w.eq_ignore_ascii_case(b"cid:"));
    places.filter_map(move |(at, _)| {
        let before = inside[..at].chars().next_back();
        let begins = matches!(before, Some('"' | '\'' | '(' | '=' | ' '));
        let source = inside[at..].split(ends).next().filter(|s| begins && s.len() <= 1_000)?;
        content_id(source)
    })
}

fn image(out: &mut String, inside: &str, picture: &dyn Fn(&str) -> Option<String>) {
    let alt = attribute(inside, "alt").unwrap_or_default();
    let id = attribute(inside, "src").and_then(content_id);
    let Some(address) = id.and_then(|id| picture(&id)) else {
        let tiny = ["width", "height"]
            .iter()
            .any(|n| matches!(attribute(inside, n), Some("0" | "1" | "1px" | "0px")));
        if !tiny {
            out.push_str("<i>[");
            out.push_str(if alt.trim().is_empty() { "image" } else { alt });
            out.push_str("]</i>");
        }
        return;
    };
    out.push_str("<img src=\"");
    out.push_str(&super::plain::escape(&address));
    out.push_str("\" alt=\"");
    out.push_str(alt);
    out.push('"');
    for name in ["width", "height", "align"] {
        if let Some(value) = attribute(inside, name) {
            out.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    out.push('>');
}

/// `cid:name%40host` without its scheme, escapes undone.
fn content_id(source: &str) -> Option<String> {
    let (scheme, id) = source.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("cid") {
        return None;
    }
    let id = super::entities::unescape(id);
    let mut bytes = Vec::with_capacity(id.len());
    let mut rest = id.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let two = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = two
            .and_then(|t| std::str::from_utf8(t).ok())
            .and_then(|t| u8::from_str_radix(t, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok().filter(|id| !id.is_empty())
}
