//! Skills of the desk's own, beside the six areas: a list that leads and administrators keep, with the topics each is
//! good for, and for each person how far he says he is and how far his lead says.

use std::collections::BTreeMap;

use db::{Read, Write, args};

use super::area::Level;
use super::who;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, PersonId, SkillId, TopicId};
use crate::words::{Both, Lang, fold};

/// More would not be read.
const MOST: usize = 200;
const MOST_NAME: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    pub id: SkillId,
    pub name: Both,
    pub retired: bool,
    pub topics: Vec<TopicId>,
}

#[derive(Clone, Debug, Default)]
pub struct NewSkill {
    pub name: Both,
    pub topics: Vec<TopicId>,
}

/// A skill with how far a person is in it.
#[derive(Clone, Debug)]
pub struct Rated {
    pub skill: Skill,
    pub own: Option<Level>,
    pub lead: Option<Level>,
}

fn all(r: &mut Read) -> Result<Vec<Skill>> {
    let pairs: Vec<(SkillId, TopicId)> = r.query("SELECT skill, topic FROM skill_topic ORDER BY topic", &[])?;
    let mut topics: BTreeMap<SkillId, Vec<TopicId>> = BTreeMap::new();
    for (skill, topic) in pairs {
        topics.entry(skill).or_default().push(topic);
    }
    let rows: Vec<(SkillId, String, String, bool)> =
        r.query("SELECT id, name_en, name_fr, retired FROM skill ORDER BY id", &[])?;
    let skill = |(id, en, fr, retired): (SkillId, String, String, bool)| Skill {
        id,
        name: Both::new(&en, &fr),
        retired,
        topics: topics.remove(&id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(skill).collect())
}

/// By their names in the viewer's language; those out of use too, for whoever keeps the list.
pub fn skills(r: &mut Read, cx: &Context, with_retired: bool) -> Result<Vec<Skill>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut skills = all(r)?;
    skills.retain(|skill| with_retired || !skill.retired);
    let lang = cx.viewer.language;
    skills.sort_by_key(|skill| fold(skill.name.of(lang)));
    Ok(skills)
}

pub fn add_skill(tx: &mut Write, cx: &Context, new: &NewSkill) -> Result<SkillId> {
    let new = checked(tx, cx, new, None)?;
    let id = SkillId(tx.insert(
        "INSERT INTO skill (name_en, name_fr) VALUES ($1, $2) RETURNING id",
        &args![new.name.en.as_str(), new.name.fr.as_str()],
    )?);
    set_topics(tx, id, &new.topics)?;
    changed(tx, cx, id)?;
    Ok(id)
}

/// Given whole.
pub fn edit_skill(tx: &mut Write, cx: &Context, id: SkillId, new: &NewSkill) -> Result<EventId> {
    let new = checked(tx, cx, new, Some(id))?;
    tx.exec(
        "UPDATE skill SET name_en = $2, name_fr = $3 WHERE id = $1",
        &args![id, new.name.en.as_str(), new.name.fr.as_str()],
    )?;
    set_topics(tx, id, &new.topics)?;
    changed(tx, cx, id)
}

/// Takes a skill out of use, or brings it back with everything said of it.
pub fn retire_skill(tx: &mut Write, cx: &Context, id: SkillId, retired: bool) -> Result<EventId> {
    may_keep(cx)?;
    let found = tx.exec("UPDATE skill SET retired = $2 WHERE id = $1", &args![id, retired])?;
    if found == 0 {
        return Err(Error::NotFound);
    }
    changed(tx, cx, id)
}

fn may_keep(cx: &Context) -> Result<()> {
    if access::may_keep_skills(&cx.viewer) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// The skill as it will be kept. Two of one name in one language would be one skill twice.
fn checked(tx: &mut Write, cx: &Context, new: &NewSkill, id: Option<SkillId>) -> Result<NewSkill> {
    may_keep(cx)?;
    tx.hold_name("skills")?;
    let skills = all(tx)?;
    if id.is_some_and(|id| skills.iter().all(|skill| skill.id != id)) {
        return Err(Error::NotFound);
    }
    let name = new.name.tidied();
    let mut checks = Checks::default();
    for (lang, field) in [(Lang::En, "name_en"), (Lang::Fr, "name_fr")] {
        let words = name.of(lang);
        let same = |skill: &Skill| Some(skill.id) != id && fold(skill.name.of(lang)) == fold(words);
        checks
            .text(words, MOST_NAME, field)
            .check(!words.chars().any(char::is_control), field, "refused-characters")
            .check(
                words.is_empty() || !skills.iter().any(same),
                field,
                "refused-skill-there",
            );
    }
    if id.is_none() && skills.len() >= MOST {
        checks.refuse("name_en", "refused-too-many-skills", i64::try_from(MOST).unwrap_or(0));
    }
    let known: Vec<TopicId> = tx.query("SELECT id FROM topic ORDER BY id", &[])?;
    let mut topics = new.topics.clone();
    topics.sort_unstable();
    topics.dedup();
    checks
        .check(
            topics.iter().all(|topic| known.contains(topic)),
            "topics",
            "refused-no-such-topic",
        )
        .done()?;
    Ok(NewSkill { name, topics })
}

fn set_topics(tx: &mut Write, id: SkillId, topics: &[TopicId]) -> Result<()> {
    tx.exec("DELETE FROM skill_topic WHERE skill = $1", &args![id])?;
    for topic in topics {
        tx.exec(
            "INSERT INTO skill_topic (skill, topic) VALUES ($1, $2)",
            &args![id, *topic],
        )?;
    }
    Ok(())
}

fn changed(tx: &mut Write, cx: &Context, id: SkillId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::SkillChanged).about(id.0))
}

/// How far a person is in a skill that is in use: of himself his own word, of those he leads the lead's. `None` takes
/// the word back.
pub fn rate(tx: &mut Write, cx: &Context, person: PersonId, skill: SkillId, level: Option<Level>) -> Result<EventId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let own = person == cx.viewer.person;
    if own {
        who::seen(tx, cx, person)?;
    } else {
        who::assessed(tx, cx, person)?;
    }
    let known: Option<SkillId> = tx.maybe("SELECT id FROM skill WHERE id = $1 AND NOT retired", &args![skill])?;
    known.ok_or(Error::refused("skill", "refused-no-such-skill"))?;
    tx.exec(
        "INSERT INTO skill_level (skill, person) VALUES ($1, $2) ON CONFLICT (skill, person) DO NOTHING",
        &args![skill, person],
    )?;
    let set = if own {
        "UPDATE skill_level SET own = $3 WHERE skill = $1 AND person = $2"
    } else {
        "UPDATE skill_level SET lead = $3 WHERE skill = $1 AND person = $2"
    };
    tx.exec(set, &args![skill, person, level])?;
    events::record(tx, cx, Fact::new(EventKind::SkillChanged).about(skill.0))
}

/// Every skill in use, with how far this person is.
pub fn rated(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<Rated>> {
    who::seen(r, cx, person)?;
    let rows: Vec<(SkillId, Option<Level>, Option<Level>)> = r.query(
        "SELECT skill, own, lead FROM skill_level WHERE person = $1",
        &args![person],
    )?;
    let of = |skill: Skill| {
        let row = rows.iter().find(|(id, _, _)| *id == skill.id);
        Rated {
            own: row.and_then(|(_, own, _)| *own),
            lead: row.and_then(|(_, _, lead)| *lead),
            skill,
        }
    };
    Ok(skills(r, cx, false)?.into_iter().map(of).collect())
}
