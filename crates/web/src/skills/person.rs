//! One person's page: his own to himself, and to whoever leads him. Levels side by side, what the team wants, skills,
//! certifications, what his tickets show, and how it went over time.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::competence::{self, Area, Certification, Finished, Level, Levels, Member, Rated, Said, Solved};
use desk::words::date;
use desk::{Error, PersonId, SkillId, Time, TopicId, topics};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// A certification that was just removed.
    removed: Option<i64>,
}

struct Loaded {
    member: Member,
    /// The viewer leads him.
    leads: bool,
    finished: Vec<Finished>,
    said: Vec<Said>,
    targets: BTreeMap<Area, Level>,
    skills: Vec<Rated>,
    certifications: Vec<Certification>,
    solved: Vec<Solved>,
    topics: BTreeMap<TopicId, String>,
}

#[derive(Template)]
#[template(path = "skills/person.html")]
struct Page {
    shell: Shell,
    back: Back,
    p: Loaded,
    /// It is the viewer's own.
    own: bool,
    removed: Option<i64>,
    areas: Vec<(String, String)>,
    levels: Vec<(String, String)>,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, PersonId(id), asked.removed, Back::default()).await
}

/// What the lead says of an area.
pub(crate) async fn level(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, person) = (Typed::from(all), PersonId(id));
    let (area, level) = (Area::parse(typed.text("area")), Level::parse(typed.text("level")));
    let why = typed.text("why").to_string();
    let kept = visit.write(move |tx, cx| {
        // Whoever may not say it hears nothing of what is missing in it.
        let member = competence::seen(tx, cx, person)?;
        if !competence::is_led(cx, &member) {
            return Err(Error::NotFound);
        }
        let area = area.ok_or(Error::refused("area", "refused-no-such-area"))?;
        let level = level.ok_or(Error::refused("level", "refused-no-such-level"))?;
        competence::assess(tx, cx, person, area, level, &why)
    });
    answered(&visit, person, typed, kept.await.map(drop)).await
}

/// One's own level in a skill, or the lead's word on it; an empty one takes it back.
pub(crate) async fn skill(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, person) = (Typed::from(all), PersonId(id));
    let skill = SkillId(typed.number("skill").unwrap_or(0));
    let level = Level::parse(typed.text("level"));
    let kept = visit.write(move |tx, cx| competence::rate(tx, cx, person, skill, level));
    answered(&visit, person, typed, kept.await.map(drop)).await
}

async fn answered(visit: &Visit, person: PersonId, typed: Typed, done: desk::Result<()>) -> Outcome {
    match done {
        Ok(()) => Ok(to(&format!("/team/skills/people/{person}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(visit, person, None, back).await
        }
    }
}

pub(super) async fn page(visit: &Visit, person: PersonId, removed: Option<i64>, back: Back) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let member = competence::seen(r, cx, person)?;
        let named = topics::list(r, lang, true)?;
        Ok(Loaded {
            leads: competence::is_led(cx, &member),
            finished: competence::finished(r, cx, person)?,
            said: competence::said_of(r, cx, person)?,
            targets: competence::target_of(r, &member.teams)?,
            skills: competence::rated(r, cx, person)?,
            certifications: competence::certifications(r, cx, person)?,
            solved: competence::solved(r, cx, person)?,
            topics: named
                .iter()
                .map(|topic| (topic.id, topic.name(lang).to_string()))
                .collect(),
            member,
        })
    });
    let p = read.await?;
    let own = visit.staff.seen.viewer.person == person;
    let shell = visit.shell("skills-mine", "team").await?;
    let shell = if own {
        shell
    } else {
        shell.titled(p.member.name.clone())
    };
    let page = Page {
        areas: super::areas(&shell),
        levels: super::levels(&shell, 0),
        shell,
        back,
        p,
        own,
        removed,
    };
    respond_with(page.back.status(), &page)
}

/// A day as it was written down: a midnight in UTC.
pub(super) fn day(shell: &Shell, at: Time) -> String {
    date(shell.lang, at, &TimeZone::UTC)
}

/// `2026-11-16`, as a field of a form holds it.
pub(super) fn day_field(at: Option<Time>) -> String {
    at.map(|at| at.timestamp().strftime("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

impl Page {
    fn all(&self) -> &'static [Area] {
        Area::ALL
    }

    fn area(&self, area: &Area) -> String {
        super::area(&self.shell, *area)
    }

    fn level(&self, level: &Option<Level>) -> String {
        super::level(&self.shell, *level)
    }

    fn of(&self, levels: &Levels, area: &Area) -> String {
        super::level(&self.shell, levels.get(area).copied())
    }

    fn own_words(&self, area: &Area) -> String {
        super::level(&self.shell, self.own_level(area))
    }

    fn said_level(&self, said: &Said) -> String {
        super::level(&self.shell, Some(said.level))
    }

    fn own_level(&self, area: &Area) -> Option<Level> {
        self.p.finished.first().and_then(|last| last.levels.get(area).copied())
    }

    /// The newest word counts.
    fn word(&self, area: &Area) -> Option<&Said> {
        self.p.said.iter().find(|said| said.area == *area)
    }

    /// Where the two of them see it otherwise.
    fn gap(&self, area: &Area) -> Option<String> {
        let (own, lead) = (self.own_level(area)?, self.word(area)?.level);
        let key = match own.cmp(&lead) {
            std::cmp::Ordering::Less => "skills-lead-higher",
            std::cmp::Ordering::Greater => "skills-own-higher",
            std::cmp::Ordering::Equal => return None,
        };
        Some(self.shell.t(key))
    }

    /// The class and the words of how far it is to what the team wants.
    fn to_target(&self, area: &Area) -> Option<(&'static str, String)> {
        let wanted = self.p.targets.get(area)?;
        let counts = self.word(area).map(|said| said.level).or_else(|| self.own_level(area));
        let far = wanted.number() - counts.map_or(0, Level::number);
        Some(if far <= 0 {
            ("is-ok", self.shell.t("skills-target-reached"))
        } else {
            ("is-soon", self.shell.t1("skills-target-far", "count", far))
        })
    }

    fn skill_name<'r>(&self, rated: &'r Rated) -> &'r str {
        rated.skill.name.of(self.shell.lang)
    }

    /// The level whose word the form changes.
    fn is_said(&self, rated: &Rated, value: &str) -> bool {
        let said = if self.own { rated.own } else { rated.lead };
        said.map(|level| level.to_string()).unwrap_or_default() == value
    }

    /// Solved tickets on the topics of a skill.
    fn solved_of(&self, rated: &Rated) -> i64 {
        let of_skill = |solved: &&Solved| solved.topic.is_some_and(|topic| rated.skill.topics.contains(&topic));
        self.p.solved.iter().filter(of_skill).map(|solved| solved.count).sum()
    }

    fn topic(&self, solved: &Solved) -> String {
        let name = solved.topic.and_then(|topic| self.p.topics.get(&topic).cloned());
        name.unwrap_or_else(|| self.shell.t("skills-no-topic"))
    }

    /// The class and the words of until when it holds.
    fn until(&self, one: &Certification) -> (&'static str, String) {
        let Some(at) = one.expires_at else {
            return ("", self.shell.t("certification-lasts"));
        };
        let (class, key) = if at <= self.shell.now {
            ("is-late", "certification-ended")
        } else if at <= self.shell.now.plus(60 * desk::clock::DAY) {
            ("is-soon", "certification-ends")
        } else {
            ("is-ok", "certification-ends")
        };
        (class, self.shell.t1(key, "day", day(&self.shell, at)))
    }

    fn obtained(&self, one: &Certification) -> String {
        one.obtained_at.map(|at| day(&self.shell, at)).unwrap_or_default()
    }

    /// Where Undo brings back what was removed.
    fn bring_back(&self) -> String {
        format!("/team/skills/certifications/{}/restore", self.removed.unwrap_or(0))
    }
}
