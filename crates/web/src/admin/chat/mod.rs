//! `/admin/chat`: whether there is live chat, in which hours, and which sites show the widget; with the line to paste.

use askama::Template;
use axum::extract::{Form, Query, State as Extract};
use desk::Error;
use desk::chat::{self, Hours, NewRules, Rules};
use serde::Deserialize;

use super::choice::Choice;
use super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    #[serde(default)]
    on: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    sites: String,
}

impl Fields {
    fn of(rules: &Rules) -> Fields {
        Fields {
            on: if rules.on { "yes" } else { "no" }.to_string(),
            hours: rules.hours.to_string(),
            minutes: rules.minutes.to_string(),
            sites: rules.sites.join("\n"),
        }
    }

    fn rules(&self) -> NewRules {
        NewRules {
            on: self.on == "yes",
            hours: self.hours.clone(),
            minutes: self.minutes.clone(),
            sites: self.sites.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/chat/chat.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    switch: Vec<Choice>,
    hours: Vec<Choice>,
    /// The lines to paste, one a language.
    lines: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    saved: bool,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let fields = Fields::of(&admin.cx.house.chat);
    let (shell, mut frame) = admin.open(&state, nonce, "chat-admin-title", "/admin/chat").await?;
    frame.saved = asked.saved;
    answer(&admin, shell, frame, fields)
}

pub(super) async fn submit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    if let Err(error) = keep(&state, &admin, fields.rules()).await {
        let (shell, mut frame) = admin.open(&state, nonce, "chat-admin-title", "/admin/chat").await?;
        frame.refuse(&shell, error)?;
        return answer(&admin, shell, frame, fields);
    }
    to("/admin/chat?saved=true")
}

async fn keep(state: &State, admin: &Admin, rules: NewRules) -> Result<(), Error> {
    let cx = admin.cx.clone();
    state
        .desk()
        .write(move |tx| chat::change_rules(tx, &cx, &rules))
        .await?;
    state.desk().reload_house().await
}

fn answer(admin: &Admin, shell: Shell, frame: Frame, fields: Fields) -> Outcome {
    let hours = |one: &Hours| Choice::new(one, shell.t(&format!("chat-hours-{one}")));
    let switch = |word: &&str| Choice::new(word, shell.t(&format!("chat-switch-{word}")));
    let base = admin.cx.house.public_url.clone();
    let base = base.unwrap_or_else(|| "https://desk.example.org".to_string());
    let line = |lang: &str| format!("<script src=\"{base}/widget.js\" data-lang=\"{lang}\" async></script>");
    let page = Page {
        switch: ["yes", "no"].iter().map(switch).collect(),
        hours: Hours::ALL.iter().map(hours).collect(),
        lines: ["en", "fr"].iter().map(|lang| line(lang)).collect(),
        shell,
        frame,
        fields,
    };
    respond_with(page.frame.status, &page)
}
