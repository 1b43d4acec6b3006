//! The desk's own skills: read by all staff, kept by leads and administrators.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::access;
use desk::competence::{self, NewSkill, Skill};
use desk::words::Both;
use desk::{Error, SkillId, TopicId, topics};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const PATH: &str = "/team/skills/list";

#[derive(Template)]
#[template(path = "skills/list.html")]
struct Page {
    shell: Shell,
    back: Back,
    skills: Vec<Skill>,
    /// The one that is changed; `None` for a new one.
    one: Option<SkillId>,
    topics: Vec<(String, String)>,
    names: BTreeMap<TopicId, String>,
    keeps: bool,
}

fn read_form(typed: &Typed) -> NewSkill {
    NewSkill {
        name: Both::new(typed.text("name_en"), typed.text("name_fr")),
        topics: typed.numbers("topics").into_iter().map(TopicId).collect(),
    }
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    page(&visit, None, Back::default()).await
}

pub(crate) async fn one(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let skills = visit.read(|r, cx| competence::skills(r, cx, true)).await?;
    let keeps = access::may_keep_skills(&visit.staff.seen.viewer);
    let found = skills.into_iter().find(|skill| keeps && skill.id == SkillId(id));
    let skill = found.ok_or_else(|| visit.oops(Error::NotFound))?;
    let mut typed = Typed::default();
    typed.put("name_en", skill.name.en.as_str());
    typed.put("name_fr", skill.name.fr.as_str());
    for topic in &skill.topics {
        typed.put("topics", topic.to_string());
    }
    let back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    page(&visit, Some(skill.id), back).await
}

pub(crate) async fn add(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let new = read_form(&typed);
    let added = visit
        .write(move |tx, cx| competence::add_skill(tx, cx, &new).map(drop))
        .await;
    answered(&visit, None, typed, added).await
}

pub(crate) async fn edit(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, id) = (Typed::from(all), SkillId(id));
    let new = read_form(&typed);
    let edited = visit
        .write(move |tx, cx| competence::edit_skill(tx, cx, id, &new).map(drop))
        .await;
    answered(&visit, Some(id), typed, edited).await
}

async fn answered(visit: &Visit, one: Option<SkillId>, typed: Typed, done: desk::Result<()>) -> Outcome {
    match done {
        Ok(()) => Ok(to(PATH)),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(visit, one, back).await
        }
    }
}

pub(crate) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, SkillId(id), true).await
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, SkillId(id), false).await
}

async fn set(visit: &Visit, id: SkillId, retired: bool) -> Outcome {
    let kept = visit.write(move |tx, cx| competence::retire_skill(tx, cx, id, retired));
    kept.await.map_err(|e| visit.oops(e))?;
    Ok(to(PATH))
}

async fn page(visit: &Visit, one: Option<SkillId>, back: Back) -> Outcome {
    let lang = visit.lang();
    let keeps = access::may_keep_skills(&visit.staff.seen.viewer);
    let read = visit.read(move |r, cx| Ok((competence::skills(r, cx, keeps)?, topics::list(r, lang, true)?)));
    let (skills, topics) = read.await?;
    let page = Page {
        shell: visit.shell("skills-list", "team").await?,
        back,
        skills,
        one,
        topics: topics
            .iter()
            .filter(|topic| !topic.retired)
            .map(|topic| (topic.id.to_string(), topic.name(lang).to_string()))
            .collect(),
        names: topics
            .iter()
            .map(|topic| (topic.id, topic.name(lang).to_string()))
            .collect(),
        keeps,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn name<'s>(&self, skill: &'s Skill) -> &'s str {
        skill.name.of(self.shell.lang)
    }

    fn of_topics(&self, skill: &Skill) -> String {
        let named: Vec<&str> = skill
            .topics
            .iter()
            .filter_map(|id| Some(self.names.get(id)?.as_str()))
            .collect();
        named.join(", ")
    }
}
