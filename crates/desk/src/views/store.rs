//! Saved views as they are kept. A private view is its owner's alone; a team's is every member's.

use db::{Read, Sql, Write, args};

use super::clause::Question;
use super::{Condition, ViewKey};
use crate::access::{self, Place, Viewer};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId, ViewId};

db::table! {
    #[derive(Clone, Debug)]
    pub(super) struct Row {
        pub id: ViewId,
        pub owner: Option<PersonId>,
        pub team: Option<TeamId>,
        pub name: String,
        pub condition: String,
        pub favourite: bool,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// The team it belongs to; `None` for a private one.
    pub team: Option<TeamId>,
    pub question: Question,
    /// The viewer keeps it in the side bar.
    pub favourite: bool,
}

/// The side bar has room for so many.
pub const MOST_FAVOURITES: i64 = 12;

const COLUMNS: &str = "SELECT v.id, v.owner, v.team, v.name, v.condition, f.person IS NOT NULL AS favourite
    FROM saved_view v LEFT JOIN favourite_view f ON f.view = v.id AND f.person = ";

impl Row {
    fn seen_by(&self, viewer: &Viewer) -> bool {
        match self.team {
            Some(team) => viewer.teams.contains(&team),
            None => self.owner == Some(viewer.person),
        }
    }

    fn shown(self) -> Result<SavedView> {
        Ok(SavedView {
            question: Question::of_json(&self.condition)?,
            id: self.id,
            name: self.name,
            team: self.team,
            favourite: self.favourite,
        })
    }
}

pub fn find(r: &mut Read, cx: &Context, id: ViewId) -> Result<SavedView> {
    access::require(&cx.viewer, Place::Desk)?;
    load(r, cx, id, false)?.shown()
}

/// Past the policy; `gone` asks for one that was taken away.
pub(super) fn load(r: &mut Read, cx: &Context, id: ViewId, gone: bool) -> Result<Row> {
    let mut sql = Sql::new(COLUMNS);
    sql.bind(cx.viewer.person).push(" WHERE v.id = ").bind(id);
    sql.push(if gone {
        " AND v.gone_at IS NOT NULL"
    } else {
        " AND v.gone_at IS NULL"
    });
    let found: Vec<Row> = r.query_sql(&sql)?;
    let row = found.into_iter().next().ok_or(Error::NotFound)?;
    if row.seen_by(&cx.viewer) {
        Ok(row)
    } else {
        Err(Error::NotFound)
    }
}

/// Holds the row, so that two who change it at once follow each other.
pub(super) fn hold(tx: &mut Write, id: ViewId) -> Result<()> {
    tx.exec(
        "UPDATE saved_view SET changed_at = changed_at WHERE id = $1",
        &args![id],
    )?;
    Ok(())
}

/// All the viewer may open, by name.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<SavedView>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut sql = Sql::new(COLUMNS);
    sql.bind(cx.viewer.person);
    sql.push(" WHERE v.gone_at IS NULL AND ((v.team IS NULL AND v.owner = ")
        .bind(cx.viewer.person);
    sql.push(") OR v.team IN (").bind_list(cx.viewer.teams.iter().copied());
    sql.push(")) ORDER BY v.name, v.id");
    r.query_sql::<Row>(&sql)?.into_iter().map(Row::shown).collect()
}

/// Those the viewer keeps in the side bar, by name.
pub fn favourites(r: &mut Read, cx: &Context) -> Result<Vec<SavedView>> {
    access::require(&cx.viewer, Place::Desk)?;
    let rows: Vec<Row> = r.query(
        "SELECT v.id, v.owner, v.team, v.name, v.condition, TRUE AS favourite
         FROM favourite_view f JOIN saved_view v ON v.id = f.view
         WHERE f.person = $1 AND v.gone_at IS NULL ORDER BY v.name, v.id",
        &args![cx.viewer.person],
    )?;
    let most = usize::try_from(MOST_FAVOURITES).unwrap_or(12);
    // Who has left a team keeps the star, and sees nothing of it.
    rows.into_iter()
        .filter(|row| row.seen_by(&cx.viewer))
        .take(most)
        .map(Row::shown)
        .collect()
}

/// The condition behind a key, and the name of a saved view.
pub fn resolve(r: &mut Read, cx: &Context, key: ViewKey) -> Result<(Condition, Option<String>)> {
    match key {
        ViewKey::Standard(view) => Ok((view.condition(), None)),
        ViewKey::Saved(id) => {
            let view = find(r, cx, id)?;
            Ok((view.question.condition()?, Some(view.name)))
        }
    }
}
