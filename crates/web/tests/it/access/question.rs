//! What each line of the matrix is asked: the route about a thing, with a body that is right for it.

use axum::http::Method;
use serde_json::json;

use super::admin::id_of;
use super::lines::{flow, review};
use crate::stand::{Ask, Thing};

/// The route about this thing, with a body that is right for it.
pub(super) fn question(method: &str, path: &str, thing: &Thing, dummy: i64) -> Ask {
    let id = match path {
        p if p.starts_with("/letters") || p.contains("/letters/") => thing.letter,
        p if p.starts_with("/files") => thing.file,
        p => id_of(p, dummy),
    };
    let filled = path
        .replace("{number}", &thing.ticket.to_string())
        .replace("{id}", &id.to_string())
        .replace("{rule}", "1")
        .replace("{place}", "0")
        .replace("{code}", "22221")
        .replace("{view}", "everyone")
        .replace("{name}", "volume")
        .replace("{secret}", "nosuchsecret")
        .replace("{hash}/{*name}", "0/app.css")
        .replace("/v1/search", "/v1/search?q=marzipan");
    let ask = Ask::new(Method::from_bytes(method.as_bytes()).unwrap(), &filled).ours();
    if method == "GET" {
        return ask;
    }
    if path.starts_with("/api/") {
        return match path.rsplit('/').next().unwrap() {
            "suggestions" => ask.json(&json!({ "text": "words" })),
            "use" | "dismiss" if path.contains("/suggestions/") => {
                ask.json(&json!({ "kind": "article", "id": 999_999 }))
            }
            "tickets" => ask.json(&json!({ "subject": "New", "body": "words" })),
            "replies" | "notes" => ask.json(&json!({ "body": "words" })),
            "escalations" => ask.json(&json!({ "to": "" })),
            "return" => ask.json(&json!({ "reason": "Which port?" })),
            "changes" => ask.json(&json!({ "title": "Deployed" })),
            "assignee" => ask.json(&json!({ "email": "member@desk.example" })),
            "release" => ask.json(&json!({ "to": "new" })),
            "steps" => ask.json(&json!({ "words": "one" })),
            "{id}" => ask.json(&json!({ "done": true })),
            _ if method == "PUT" || path.ends_with("/split") || path.ends_with("/resend") => ask.json(&flow::put(path)),
            _ => ask,
        };
    }
    let several = [
        "/replies",
        "/notes",
        "/calls",
        "/visits",
        "/answer",
        "/ask",
        "{id}/files",
    ];
    if path == "/team/people/{id}/notes" {
        return ask.form("note=words");
    }
    if path == "/tickets" || several.iter().any(|end| path.ends_with(end)) {
        return ask.multipart(&[("body", "words"), ("then", "")]);
    }
    if path.ends_with("{id}/release") {
        return ask.form("how=ticket");
    }
    if let Some(body) = review::body(path) {
        return ask.form(body);
    }
    if path.ends_with("/role") {
        return ask.form("role=requester");
    }
    if path.ends_with("/undo") {
        return ask.form("event=999999");
    }
    if path.ends_with("{secret}/password") {
        return ask.form("password=nine+dry+cedars+in+a+row");
    }
    if path.ends_with("/password") {
        return ask.form("password=short&old=");
    }
    ask.form("")
}
