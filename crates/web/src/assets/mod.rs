//! Styles, scripts, icons and the font, compiled in. They are served under one name made from the hash of all of them,
//! so that a browser may keep them for a year and a new version is never mixed with an old one.

mod join;
mod worker;

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::routes::{Class, Gate, Route};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The style sheets, one after the other in the order of their names.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter()
        .filter(|n| n.starts_with("css/") && n.ends_with(".css"))
        .collect();
    names.sort();
    let text = |name: &str| {
        Files::get(name)
            .map(|f| String::from_utf8_lossy(&f.data).into_owned())
            .unwrap_or_default()
    };
    let joined = names.iter().map(|name| text(name)).collect::<Vec<_>>().join("\n");
    let joined = packed(&without_comments(&joined));
    // The sheets name the font by its place in the source; the browser finds it under the hashed name.
    joined.replace("/assets/fonts/", &format!("{}/fonts/", base()))
});

/// The behaviours, in one.
static SCRIPT: LazyLock<String> = LazyLock::new(|| join::joined(&behaviour));

/// Those that come when they are first needed.
static LATE: LazyLock<String> = LazyLock::new(|| join::joined_late(&behaviour));

fn behaviour(name: &str) -> String {
    let file = Files::get(&format!("js/{name}.js")).expect("invariant: a behaviour imports what is compiled in");
    lean(&String::from_utf8_lossy(&file.data))
}

static BASE: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    for name in names {
        if let Some(file) = Files::get(&name) {
            hash.update(name.as_bytes());
            hash.update(file.metadata.sha256_hash());
        }
    }
    format!("/assets/{}", &data_encoding::HEXLOWER.encode(&hash.finalize())[..16])
});

/// `/assets/<hash>`: what pages put before the name of an asset.
pub fn base() -> &'static str {
    &BASE
}

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/assets/{hash}/{*name}", Gate::Public, serve).class(Class::Asset),
        Route::get("/sw.js", Gate::Public, worker::serve).class(Class::Worker),
    ]
}

async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let found = if base().ends_with(&hash) { find(&name) } else { None };
    let Some((kind, body)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, body).into_response()
}

/// A module is imported by its name without the ending (`js/guard`).
fn find(name: &str) -> Option<(&'static str, Vec<u8>)> {
    if name == "app.css" {
        return Some((kind(name), STYLE.clone().into_bytes()));
    }
    if name == "js/app.js" {
        return Some((kind(name), SCRIPT.clone().into_bytes()));
    }
    if name.trim_end_matches(".js") == "js/late" {
        return Some((kind("late.js"), LATE.clone().into_bytes()));
    }
    let module = format!("{name}.js");
    let known = if Files::get(name).is_some() {
        name
    } else {
        module.as_str()
    };
    let file = Files::get(known)?;
    let body = match std::str::from_utf8(&file.data) {
        Ok(text) if known.starts_with("js/") => join::attached(&lean(text)).into_bytes(),
        // The sheet of one room: what only its pages wear is no part of a first visit elsewhere.
        Ok(text) if known.starts_with("rooms/") => packed(&without_comments(text)).into_bytes(),
        Ok(text) if known.starts_with("widget/") => lean(&without_comments(text)).into_bytes(),
        _ => file.data.into_owned(),
    };
    Some((kind(known), body))
}

/// The script of the widget, as other sites load it.
pub fn loader() -> String {
    let file = Files::get("widget/widget.js").expect("invariant: the widget is compiled in");
    lean(&String::from_utf8_lossy(&file.data))
}

/// Without indentation and lines that only explain: those are for who reads the source, and every first visit pays.
fn lean(text: &str) -> String {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn without_comments(css: &str) -> String {
    let mut pieces = css.split("/*");
    let first = pieces.next().unwrap_or_default().to_string();
    pieces.fold(first, |kept, piece| {
        kept + piece.split_once("*/").map_or("", |(_, rest)| rest)
    })
}

/// A style sheet without the room that only readers of the source need. What stands in quotation marks stays as it is.
fn packed(css: &str) -> String {
    let (mut out, mut quoted) = (String::with_capacity(css.len()), None);
    for c in css.chars() {
        match (quoted, c) {
            (Some(mark), c) => {
                quoted = quoted.filter(|_| c != mark);
                out.push(c);
            }
            (None, '"' | '\'') => {
                quoted = Some(c);
                out.push(c);
            }
            (None, c) if c.is_whitespace() => {
                // A colon is followed by room in a declaration alone; before one it tells selectors apart.
                if !out.ends_with([' ', '{', '}', ';', ',', ':']) && !out.is_empty() {
                    out.push(' ');
                }
            }
            (None, '{' | '}' | ';' | ',') => {
                out.truncate(out.trim_end_matches(' ').len());
                if c == '}' {
                    out.truncate(out.trim_end_matches(';').len());
                }
                out.push(c);
            }
            (None, c) => out.push(c),
        }
    }
    out
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_runs() {
        assert_eq!(lean("// why\n  a()\n\n    b() // kept\n"), "a()\nb() // kept");
        assert_eq!(without_comments("/* a */p { x: y } /* b */\nq {}"), "p { x: y } \nq {}");
        let css = "@media (x: 1px) {\n  a :is(b, c), d::before { content: \" { a; } \"; x: calc(1px + 2px);\n  }\n}\n";
        let sent = "@media (x:1px){a :is(b,c),d::before{content:\" { a; } \";x:calc(1px + 2px)}}";
        assert_eq!(packed(css), sent);
        assert!(!STYLE.contains("/*") && STYLE.matches('{').count() == STYLE.matches('}').count());
        let (_, sent) = find("js/guard").expect("the guard is there");
        assert!(!String::from_utf8_lossy(&sent).contains("\n//") && sent.len() > 500);
    }
}
