//! The people and teams a list of tickets names, fetched once for the whole list.

use std::collections::BTreeMap;

use db::{Read, Sql};

use crate::error::Result;
use crate::ids::{PersonId, TeamId};

/// A person as programs want him: a name and the main address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub address: Option<String>,
}

db::table! {
    struct Found { id: PersonId, name: String, address: Option<String> }
}

/// The caller already holds rows that the policy let through; these are the people on them.
pub fn contacts(r: &mut Read, people: impl IntoIterator<Item = PersonId>) -> Result<BTreeMap<PersonId, Contact>> {
    let mut sql = Sql::new(
        "SELECT p.id, p.name, (SELECT MIN(a.address) FROM address a WHERE a.person = p.id AND a.main) AS address
         FROM person p WHERE p.id IN (",
    );
    sql.bind_list(people);
    sql.push(")");
    let found: Vec<Found> = r.query_sql(&sql)?;
    Ok(found
        .into_iter()
        .map(|f| {
            (
                f.id,
                Contact {
                    name: f.name,
                    address: f.address,
                },
            )
        })
        .collect())
}

pub fn team_names(r: &mut Read) -> Result<BTreeMap<TeamId, String>> {
    Ok(r.query::<(TeamId, String)>("SELECT id, name_en FROM team", &[])?
        .into_iter()
        .collect())
}

/// A team by its English or French name.
pub fn team_by_name(r: &mut Read, name: &str) -> Result<Option<TeamId>> {
    Ok(r.maybe(
        "SELECT id FROM team WHERE LOWER(name_en) = $1 OR LOWER(name_fr) = $1 ORDER BY id LIMIT 1",
        &db::args![name.trim().to_lowercase()],
    )?)
}
