//! SQL of the person rows. Private to this room.

use db::{Read, Sql, Write, args};

use super::address::Address;
use super::person::{AddressRow, Person, PhoneRow};
use super::phone::digits_of;
use crate::access::Role;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{OrganizationId, PersonId};
use crate::words::Lang;

/// One statement for every way of finding people; the rest of it is appended.
macro_rules! select_people {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.role, p.language, p.organization, o.name AS organization_name,
               (SELECT a.address FROM address a WHERE a.person = p.id ORDER BY a.main DESC, a.address LIMIT 1) AS address,
               p.job, p.site, p.note, p.suspended, p.password IS NOT NULL AS has_password, p.theme, p.single_keys,
               p.zone, p.merged_into, p.created_at
             FROM person p LEFT JOIN organization o ON o.id = p.organization ",
            $rest
        )
    };
}
pub(super) use select_people;

/// Holds the row until this transaction ends, before it is read: of two who change one record the second reads what the
/// first has left.
pub(super) fn hold(tx: &mut Write, id: PersonId) -> Result<()> {
    tx.hold_rows("SELECT id FROM person WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

pub(super) fn load(r: &mut Read, id: PersonId) -> Result<Person> {
    Ok(r.one(select_people!("WHERE p.id = $1"), &args![id])?)
}

/// In the order of `ids`; merged people are left out.
pub(super) fn load_all(r: &mut Read, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut sql = Sql::new(select_people!("WHERE p.merged_into IS NULL AND p.id IN ("));
    sql.bind_list(ids.iter().copied());
    sql.push(")");
    let mut people: Vec<Person> = r.query_sql(&sql)?;
    people.sort_by_key(|p| ids.iter().position(|id| *id == p.id));
    Ok(people)
}

/// The one kept at the end of the chain of merges; the same person when he was never merged.
pub fn root(r: &mut Read, person: PersonId) -> Result<PersonId> {
    let mut at = person;
    // A chain cannot be longer than the merges somebody made; the bound keeps a broken one from turning for ever.
    for _ in 0..64 {
        match r.maybe::<Option<PersonId>>("SELECT merged_into FROM person WHERE id = $1", &args![at])? {
            Some(Some(next)) => at = next,
            _ => break,
        }
    }
    Ok(at)
}

pub(super) fn owner(r: &mut Read, address: &Address) -> Result<Option<PersonId>> {
    let found: Option<PersonId> = r.maybe(
        "SELECT person FROM address WHERE address = $1",
        &args![address.as_str()],
    )?;
    found.map(|person| root(r, person)).transpose()
}

pub(super) fn addresses(r: &mut Read, person: PersonId) -> Result<Vec<AddressRow>> {
    Ok(r.query(
        "SELECT address, main, confirmed, bounced_at FROM address WHERE person = $1 ORDER BY main DESC, address",
        &args![person],
    )?)
}

pub(super) fn phones(r: &mut Read, person: PersonId) -> Result<Vec<PhoneRow>> {
    Ok(r.query(
        "SELECT id, number, digits FROM phone WHERE person = $1 ORDER BY id",
        &args![person],
    )?)
}

pub(super) struct NewRow<'a> {
    pub(super) name: &'a str,
    pub(super) role: Role,
    pub(super) language: Lang,
    pub(super) organization: Option<OrganizationId>,
    pub(super) job: &'a str,
    pub(super) site: &'a str,
    pub(super) note: &'a str,
}

pub(super) fn insert(tx: &mut Write, row: &NewRow<'_>, now: Time) -> Result<PersonId> {
    let id = tx.insert(
        "INSERT INTO person (name, role, language, organization, job, site, note, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id",
        &args![
            row.name,
            row.role,
            row.language,
            row.organization,
            row.job,
            row.site,
            row.note,
            now
        ],
    )?;
    Ok(PersonId(id))
}

/// False when the address is somebody's already.
pub(super) fn insert_address(tx: &mut Write, address: &Address, person: PersonId, main: bool) -> Result<bool> {
    let added = tx.exec(
        "INSERT INTO address (address, person, main) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING",
        &args![address.as_str(), person, main],
    )?;
    Ok(added == 1)
}

pub(super) fn replace_phones(tx: &mut Write, person: PersonId, numbers: &[String]) -> Result<()> {
    tx.exec("DELETE FROM phone WHERE person = $1", &args![person])?;
    for number in numbers {
        tx.exec(
            "INSERT INTO phone (person, number, digits) VALUES ($1, $2, $3)",
            &args![person, number.trim(), digits_of(number)],
        )?;
    }
    Ok(())
}
