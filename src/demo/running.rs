//! What the desk of the sample supports, what was changed in it, and a known error: the log that explains its tickets.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use desk::changes::{self, NewChange, Risk};
use desk::clock::HOUR;
use desk::problems::{self, NewProblem};
use desk::services::{self, NewService};
use desk::words::Both;
use desk::{ServiceId, TicketNumber, Time, TopicId};
use serde::Deserialize;

use super::week::Scene;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    service: Vec<ServiceIn>,
    change: Vec<ChangeIn>,
    problem: Vec<ProblemIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceIn {
    key: String,
    topics: Vec<String>,
    owner: String,
    team: String,
    name: Both,
    about: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeIn {
    by: String,
    /// It was made so many hours ago, or else is planned for so many hours from now.
    ago: Option<f64>,
    #[serde(default)]
    ahead: f64,
    risk: String,
    service: String,
    title: String,
    words: String,
    #[serde(default)]
    back_out: String,
    #[serde(default)]
    notice: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProblemIn {
    by: String,
    topic: String,
    known: bool,
    tickets: Vec<String>,
    title: Both,
    symptom: Both,
    cause: Both,
    workaround: Both,
}

pub(super) async fn make(scene: &Scene<'_>) -> Result<()> {
    let plan: Plan = toml::from_str(include_str!("running.toml")).context("running.toml")?;
    let mut services = HashMap::new();
    for one in &plan.service {
        let id = add(scene, one).await.with_context(|| one.name.en.clone())?;
        services.insert(one.key.as_str(), id);
    }
    for one in &plan.change {
        let service = services.get(one.service.as_str()).copied();
        change(scene, one, service).await.with_context(|| one.title.clone())?;
    }
    for one in plan.problem {
        let title = one.title.en.clone();
        problem(scene, one).await.with_context(|| title)?;
    }
    Ok(())
}

fn topic(scene: &Scene<'_>, key: &str) -> Option<TopicId> {
    scene.known.topics.get(key).copied()
}

async fn add(scene: &Scene<'_>, one: &ServiceIn) -> Result<ServiceId> {
    let new = NewService {
        name: one.name.clone(),
        about: one.about.clone(),
        owner: Some(scene.person(&one.owner)?),
        team: scene.known.teams.get(one.team.as_str()).copied(),
        documents: Vec::new(),
        shown: true,
        topics: one.topics.iter().filter_map(|key| topic(scene, key)).collect(),
    };
    let admin = scene.cx("juniper").await?;
    Ok(scene.desk.write(move |tx| services::add(tx, &admin, &new)).await?)
}

/// So many hours from now.
fn hours(scene: &Scene<'_>, hours: f64) -> Time {
    #[expect(clippy::cast_possible_truncation, reason = "a few days in microseconds")]
    let away = (hours * HOUR as f64) as i64;
    scene.desk.now().plus(away)
}

async fn change(scene: &Scene<'_>, one: &ChangeIn, service: Option<ServiceId>) -> Result<()> {
    let mut new = NewChange {
        title: one.title.clone(),
        words: one.words.clone(),
        risk: Risk::parse(&one.risk),
        back_out: one.back_out.clone(),
        notice: one.notice.clone(),
        services: service.into_iter().collect(),
        ..NewChange::default()
    };
    let cx = scene.cx(&one.by).await?;
    if let Some(ago) = one.ago {
        let at = hours(scene, -ago);
        scene
            .desk
            .write(move |tx| changes::log(tx, &cx, &new, Some(at)))
            .await?;
        return Ok(());
    }
    (new.begins_at, new.ends_at) = (Some(hours(scene, one.ahead)), Some(hours(scene, one.ahead + 1.0)));
    let lead = scene.cx("spruce").await?;
    let planned = scene.desk.write(move |tx| {
        let number = changes::open(tx, &cx, &new)?.number;
        changes::ask(tx, &cx, number)?;
        changes::approve(tx, &lead, number, "")
    });
    planned.await?;
    Ok(())
}

async fn problem(scene: &Scene<'_>, one: ProblemIn) -> Result<()> {
    let cx = scene.cx(&one.by).await?;
    let tickets: Vec<TicketNumber> = one.tickets.iter().map(|key| scene.number(key)).collect::<Result<_>>()?;
    let new = NewProblem {
        title_en: one.title.en,
        title_fr: one.title.fr,
        symptom_en: one.symptom.en,
        symptom_fr: one.symptom.fr,
        cause_en: one.cause.en,
        cause_fr: one.cause.fr,
        workaround_en: one.workaround.en,
        workaround_fr: one.workaround.fr,
        owner: Some(scene.person(&one.by)?),
        topic: topic(scene, &one.topic),
        public: true,
        ..NewProblem::default()
    };
    let opened = scene.desk.write(move |tx| {
        let number = problems::open(tx, &cx, &new, &tickets)?.problem.number;
        if one.known {
            problems::become_known(tx, &cx, number)?;
        }
        Ok(())
    });
    Ok(opened.await?)
}
