//! Topics: what a ticket is about, in a tree of two levels, named in both languages. A topic may say which team takes
//! its tickets; it is not a team itself. A retired topic stays on old tickets and is offered no more.

use db::{Read, Write, args};
use serde::Deserialize;

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::forms;
use crate::ids::{EventId, TeamId, TopicId};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub struct Topic {
        pub id: TopicId,
        pub parent: Option<TopicId>,
        pub name_en: String,
        pub name_fr: String,
        pub team: Option<TeamId>,
        pub retired: bool,
    }
}

impl Topic {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.name_en,
            Lang::Fr => &self.name_fr,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTopic {
    pub parent: Option<TopicId>,
    pub name_en: String,
    pub name_fr: String,
    pub team: Option<TeamId>,
}

pub fn add(tx: &mut Write, cx: &Context, new: &NewTopic) -> Result<TopicId> {
    access::require(&cx.viewer, Place::Admin)?;
    check(tx, None, new)?;
    let id: TopicId = tx.one(
        "INSERT INTO topic (parent, name_en, name_fr, team) VALUES ($1, $2, $3, $4) RETURNING id",
        &args![new.parent, new.name_en.trim(), new.name_fr.trim(), new.team],
    )?;
    changed(tx, cx, id)?;
    Ok(id)
}

/// Given whole: names, parent and team.
pub fn edit(tx: &mut Write, cx: &Context, id: TopicId, new: &NewTopic) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let old = load(tx, id)?;
    check(tx, Some(&old), new)?;
    if let Some(parent) = new.parent.filter(|parent| old.parent != Some(*parent)) {
        forms::room_under(tx, id, parent)?;
    }
    tx.exec(
        "UPDATE topic SET parent = $2, name_en = $3, name_fr = $4, team = $5 WHERE id = $1",
        &args![id, new.parent, new.name_en.trim(), new.name_fr.trim(), new.team],
    )?;
    changed(tx, cx, id)
}

/// Takes a topic, and what is under it, out of use; or brings that one back.
pub fn retire(tx: &mut Write, cx: &Context, id: TopicId, retired: bool) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let topic = load(tx, id)?;
    if let Some(parent) = topic.parent.filter(|_| !retired)
        && load(tx, parent)?.retired
    {
        // It would be in use and offered nowhere.
        return Err(Error::Conflict("conflict-topic-parent-retired"));
    }
    tx.exec("UPDATE topic SET retired = $2 WHERE id = $1", &args![id, retired])?;
    if retired {
        tx.exec("UPDATE topic SET retired = TRUE WHERE parent = $1", &args![id])?;
    }
    changed(tx, cx, id)
}

/// Each top topic followed by its own, in the order of their names in that language. Requesters choose from it too.
pub fn list(r: &mut Read, lang: Lang, with_retired: bool) -> Result<Vec<Topic>> {
    let all: Vec<Topic> = r.query(
        "SELECT id, parent, name_en, name_fr, team, retired FROM topic WHERE $1 OR NOT retired ORDER BY id",
        &args![with_retired],
    )?;
    let (mut tops, mut under): (Vec<Topic>, Vec<Topic>) = all.into_iter().partition(|t| t.parent.is_none());
    let by_name = |t: &Topic| t.name(lang).to_lowercase();
    tops.sort_by_key(by_name);
    under.sort_by_key(by_name);
    let mut tree = Vec::with_capacity(tops.len() + under.len());
    for top in tops {
        let id = top.id;
        tree.push(top);
        tree.extend(under.extract_if(.., |t| t.parent == Some(id)));
    }
    Ok(tree)
}

pub fn find(r: &mut Read, cx: &Context, id: TopicId) -> Result<Topic> {
    access::require(&cx.viewer, Place::Desk)?;
    load(r, id)
}

fn load(r: &mut Read, id: TopicId) -> Result<Topic> {
    Ok(r.one(
        "SELECT id, parent, name_en, name_fr, team, retired FROM topic WHERE id = $1",
        &args![id],
    )?)
}

fn check(tx: &mut Write, old: Option<&Topic>, new: &NewTopic) -> Result<()> {
    let mut checks = Checks::default();
    for (name, field) in [(&new.name_en, "name_en"), (&new.name_fr, "name_fr")] {
        checks
            .text(name, 100, field)
            .check(!name.chars().any(char::is_control), field, "refused-characters");
    }
    if let Some(parent) = new.parent {
        // What stands under a retired topic may stay there; nothing is moved to one.
        let stays = old.is_some_and(|topic| topic.parent == Some(parent));
        let top: Option<TopicId> = tx.maybe(
            "SELECT id FROM topic WHERE id = $1 AND parent IS NULL AND ($2 OR NOT retired)",
            &args![parent, stays],
        )?;
        let own = old.map(|topic| topic.id);
        checks.check(top.is_some() && own != Some(parent), "parent", "refused-no-such-topic");
        if let Some(own) = own {
            let child: Option<TopicId> = tx.maybe("SELECT id FROM topic WHERE parent = $1 LIMIT 1", &args![own])?;
            checks.check(child.is_none(), "parent", "refused-topic-depth");
        }
    }
    if let Some(team) = new.team {
        let known: Option<TeamId> = tx.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
        checks.check(known.is_some(), "team", "refused-no-such-team");
    }
    checks.done()
}

fn changed(tx: &mut Write, cx: &Context, id: TopicId) -> Result<EventId> {
    events::record(tx, cx, Fact::new(EventKind::TopicChanged).about(id.0))
}
