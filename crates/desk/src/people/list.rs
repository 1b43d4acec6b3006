//! The list of people, by name, page after page.

use db::{Read, Sql};

use super::person::Person;
use super::store::select_people;
use crate::access::{self, Place, Role};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{OrganizationId, PersonId};

/// The last one shown; the next page begins after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCursor {
    pub name: String,
    pub id: PersonId,
}

#[derive(Clone, Debug, Default)]
pub struct ListPeople {
    pub role: Option<Role>,
    pub organization: Option<OrganizationId>,
    pub after: Option<PageCursor>,
    /// At most 200; 0 stands for 50.
    pub limit: i64,
}

#[derive(Clone, Debug)]
pub struct PeoplePage {
    pub people: Vec<Person>,
    pub next: Option<PageCursor>,
}

impl PageCursor {
    pub fn as_text(&self) -> String {
        format!("{}-{}", self.id, self.name)
    }

    pub fn parse(text: &str) -> Option<PageCursor> {
        let (id, name) = text.split_once('-')?;
        Some(PageCursor {
            name: name.to_string(),
            id: PersonId(id.parse().ok()?),
        })
    }
}

pub fn list(r: &mut Read, cx: &Context, wanted: &ListPeople) -> Result<PeoplePage> {
    access::require(&cx.viewer, Place::Desk)?;
    let limit = if wanted.limit <= 0 { 50 } else { wanted.limit.min(200) };
    let mut sql = Sql::new(select_people!("WHERE p.merged_into IS NULL"));
    if let Some(role) = wanted.role {
        sql.push(" AND p.role = ").bind(role);
    }
    if let Some(organization) = wanted.organization {
        sql.push(" AND p.organization = ").bind(organization);
    }
    if let Some(after) = &wanted.after {
        sql.push(" AND (p.name, p.id) > (")
            .bind(after.name.clone())
            .push(", ")
            .bind(after.id)
            .push(")");
    }
    sql.push(" ORDER BY p.name, p.id LIMIT ").bind(limit + 1);
    let mut people: Vec<Person> = r.query_sql(&sql)?;
    let shown = usize::try_from(limit).unwrap_or(0);
    let more = people.len() > shown;
    people.truncate(shown);
    let last = people.last().filter(|_| more);
    let next = last.map(|p| PageCursor {
        name: p.name.clone(),
        id: p.id,
    });
    Ok(PeoplePage { people, next })
}
