//! The canned replies of the sample.

use anyhow::{Context as _, Result};
use desk::canned::{self, NewCanned};
use desk::{Context, Desk};
use serde::Deserialize;

use super::house::Known;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    canned: Vec<CannedIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CannedIn {
    name: String,
    word: String,
    team: Option<String>,
    #[serde(default)]
    en: String,
    #[serde(default)]
    fr: String,
}

pub(super) async fn make(desk: &Desk, cx: &Context, known: &Known) -> Result<()> {
    let plan: Plan = toml::from_str(include_str!("canned.toml")).context("canned.toml")?;
    for one in plan.canned {
        let new = NewCanned {
            team: one.team.and_then(|key| known.teams.get(&key).copied()),
            name: one.name,
            word: one.word,
            text_en: one.en,
            text_fr: one.fr,
        };
        let cx = cx.clone();
        desk.write(move |tx| canned::add(tx, &cx, &new))
            .await
            .context("a canned reply")?;
    }
    Ok(())
}
