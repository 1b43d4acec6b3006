//! The house rules of articles: whose word is enough to publish, and how long before a review its owner is told.

use askama::Template;
use axum::extract::{Form, Query};
use desk::Error;
use desk::knowledge::{self, Rules};
use serde::Deserialize;

use super::choice::Choice;
use super::door::Frame;
use super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const PLACE: &str = "/admin/knowledge";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    publish: String,
    remind_days: String,
}

impl Fields {
    fn of(rules: Rules) -> Fields {
        Fields {
            publish: if rules.own_publish { "own" } else { "another" }.to_string(),
            remind_days: rules.remind_days.to_string(),
        }
    }

    fn rules(&self) -> desk::Result<Rules> {
        let days = self.remind_days.trim().parse();
        Ok(Rules {
            own_publish: self.publish == "own",
            remind_days: days.map_err(|_| Error::refused("remind_days", "refused-days"))?,
        })
    }
}

#[derive(Template)]
#[template(path = "admin/knowledge.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    who: [Choice; 2],
}

pub(super) async fn show(visit: Visit, Query(saved): Query<Saved>) -> Outcome {
    let rules = visit.read(|r, _| knowledge::rules(r)).await?;
    page(&visit, Fields::of(rules), saved.saved, None).await
}

pub(super) async fn submit(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let typed = fields.clone();
    let again = |error| page(&visit, fields, false, Some(error));
    visit
        .save(PLACE, move |tx, cx| knowledge::set_rules(tx, cx, typed.rules()?), again)
        .await
}

async fn page(visit: &Visit, fields: Fields, saved: bool, error: Option<Error>) -> Outcome {
    let (shell, mut frame) = visit.open("kb-title", PLACE, error).await?;
    frame.saved = saved;
    let page = Page {
        who: [
            Choice::new(&"another", shell.t("kb-rule-publish-another")),
            Choice::new(&"own", shell.t("kb-rule-publish-own")),
        ],
        shell,
        frame,
        fields,
    };
    respond_with(page.frame.status, &page)
}
