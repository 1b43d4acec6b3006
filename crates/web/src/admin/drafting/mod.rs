//! `/admin/drafting`: whether a server drafts replies, which one, and a try of it with its own answer. The key goes in and
//! never comes out.

use askama::Template;
use axum::extract::{Form, Query};
use desk::Error;
use desk::drafting::{self, Answered, NewSettings, Settings};
use serde::Deserialize;

use super::choice::Choice;
use super::door::{Frame, to};
use super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Fields {
    on: String,
    address: String,
    model: String,
    key: String,
    forget_key: String,
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fields")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Fields {
    fn of(set: &Settings) -> Fields {
        Fields {
            on: if set.on { "yes" } else { "no" }.to_string(),
            address: set.address.clone(),
            model: set.model.clone(),
            ..Fields::default()
        }
    }

    fn settings(&self) -> NewSettings {
        NewSettings {
            on: self.on == "yes",
            address: self.address.clone(),
            model: self.model.clone(),
            key: self.key.clone(),
            forget_key: !self.forget_key.is_empty(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/drafting/drafting.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    set: Settings,
    switch: Vec<Choice>,
    tried: Option<Answered<String>>,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    page(&visit, asked.saved, None, None, None).await
}

pub(super) async fn submit(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let (cx, vault) = (visit.admin.cx.clone(), visit.state.desk().vault().clone());
    let new = fields.settings();
    let kept = async {
        let desk = visit.state.desk();
        desk.write(move |tx| drafting::set(tx, &cx, &vault, &new)).await?;
        desk.reload_house().await
    };
    match kept.await {
        Ok(()) => to("/admin/drafting?saved=true"),
        Err(error) => page(&visit, false, Some(fields), Some(error), None).await,
    }
}

/// With what is kept, not with what stands in the form.
pub(super) async fn try_it(visit: Visit) -> Outcome {
    match drafting::try_it(visit.state.desk(), &visit.admin.cx).await {
        Ok(tried) => page(&visit, false, None, None, Some(tried)).await,
        Err(error) => page(&visit, false, None, Some(error), None).await,
    }
}

async fn page(
    visit: &Visit,
    saved: bool,
    typed: Option<Fields>,
    error: Option<Error>,
    tried: Option<Answered<String>>,
) -> Outcome {
    let set = visit.read(drafting::find).await?;
    let (shell, mut frame) = visit.open("admin-drafting-title", "/admin/drafting", error).await?;
    frame.saved = saved;
    let switch = |word: &&str| Choice::new(word, shell.t(&format!("admin-drafting-switch-{word}")));
    let page = Page {
        switch: ["no", "yes"].iter().map(switch).collect(),
        fields: typed.unwrap_or_else(|| Fields::of(&set)),
        shell,
        frame,
        set,
        tried,
    };
    respond_with(page.frame.status, &page)
}
