//! Who is it? The person behind an address, made on the spot when he is new: that is how mail makes requesters.

use db::{Write, args};

use super::address::Address;
use super::lookup;
use super::store::{self, NewRow};
use crate::access::Role;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::PersonId;
use crate::organizations;

/// Finds the person of this address, or makes a requester without a password. A name is taken only where there was
/// none: what a stranger writes in a header never renames anybody.
pub fn recognise(tx: &mut Write, cx: &Context, address: &str, name: Option<&str>) -> Result<PersonId> {
    let address = Address::parse(address).ok_or(Error::refused("address", "refused-address"))?;
    let name = name.map(clean).filter(|n| !n.is_empty());
    match store::owner(tx, &address)? {
        Some(person) => {
            if let Some(name) = name {
                fill_in(tx, cx, person, &address, &name)?;
            }
            Ok(person)
        }
        None => make(tx, cx, &address, name.as_deref()),
    }
}

fn make(tx: &mut Write, cx: &Context, address: &Address, name: Option<&str>) -> Result<PersonId> {
    let row = NewRow {
        name: name.unwrap_or(address.as_str()),
        role: Role::Requester,
        language: cx.house.language,
        organization: organizations::by_domain(tx, address.domain())?,
        job: "",
        site: "",
        note: "",
    };
    let person = store::insert(tx, &row, cx.now)?;
    if !store::insert_address(tx, address, person, true)? {
        // Another letter of the same newcomer was first; his record stands.
        tx.exec("DELETE FROM person WHERE id = $1", &args![person])?;
        return store::owner(tx, address)?.ok_or(Error::Busy);
    }
    lookup::index_new(tx, person)?;
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(person.0))?;
    Ok(person)
}

fn fill_in(tx: &mut Write, cx: &Context, person: PersonId, address: &Address, name: &str) -> Result<()> {
    let known: String = tx.one("SELECT name FROM person WHERE id = $1", &args![person])?;
    let nameless = known.trim().is_empty() || known == address.as_str();
    if nameless && known != name {
        tx.exec(
            "UPDATE person SET name = $2, updated_at = $3 WHERE id = $1",
            &args![person, name, cx.now],
        )?;
        lookup::reindex(tx, person)?;
        events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(person.0))?;
    }
    Ok(())
}

/// A name out of a header: no control characters, one space between words, at most 200 characters.
fn clean(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(['"', '\''])
        .trim()
        .chars()
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_name_out_of_a_header_is_made_safe() {
        assert_eq!(clean(" \"Payroll\r\n office\" "), "Payroll office");
        assert_eq!(clean("\u{0}\t"), "");
        assert_eq!(clean(&"x".repeat(500)).len(), 200);
    }
}
