//! The sign-in page.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::Refusal;
use desk::words::Lang;
use serde::Deserialize;

use crate::http::{Anyone, Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub next: String,
    pub lang: Option<String>,
}

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
pub struct Page {
    pub shell: Shell,
    pub address: String,
    pub next: String,
    pub refusals: Vec<Refusal>,
    /// Set when it was tried too often: in how many minutes again.
    pub wait_minutes: Option<i64>,
}

pub async fn show(Extract(state): Extract<State>, anyone: Anyone, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    if anyone.seen.is_some() {
        return Ok(Redirect::to(&super::safe_path(&asked.next)).into_response());
    }
    let lang = asked
        .lang
        .as_deref()
        .and_then(Lang::parse)
        .unwrap_or(anyone.browser_language);
    let page = Page::new(&state, lang, nonce, String::new(), &asked.next);
    respond_with(StatusCode::OK, &page)
}

impl Page {
    pub fn new(state: &State, lang: Lang, nonce: Nonce, address: String, next: &str) -> Page {
        let mut shell = Shell::public(state, lang, nonce, "sign-in");
        let other = lang.other();
        let next: String = next
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .take(1400)
            .collect();
        shell.other_language = if next.is_empty() {
            format!("/sign-in?lang={other}")
        } else {
            format!("/sign-in?lang={other}&next={next}")
        };
        Page {
            shell,
            address,
            next,
            refusals: Vec::new(),
            wait_minutes: None,
        }
    }
}
