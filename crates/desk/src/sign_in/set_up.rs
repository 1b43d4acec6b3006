//! The first administrator, through the one-time link from the console. Once there is one, the door is gone.

use db::{Write, args};

use super::account::put_password;
use super::hash::PasswordHash;
use super::links::{LinkPurpose, use_link};
use crate::access::{Role, Viewer};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::house;
use crate::ids::PersonId;
use crate::people::{self, NewPerson};
use crate::words::Lang;

#[derive(Clone, Debug)]
pub struct SetUp {
    pub name: String,
    pub address: String,
    pub language: Lang,
    pub password: PasswordHash,
    /// What the desk is called, where it stands in time, and where people reach it.
    pub desk_name: Option<String>,
    pub zone: Option<String>,
    pub public_url: Option<String>,
}

/// The caller reads the house rules anew afterwards, and starts a session for the answer.
pub fn set_up(tx: &mut Write, cx: &Context, secret: &str, new: &SetUp) -> Result<PersonId> {
    let cx = &Context {
        viewer: Viewer::desk(PersonId(0)),
        ..cx.clone()
    };
    use_link(tx, LinkPurpose::SetUp, secret, cx.now)?;
    let admin: Option<PersonId> = tx.maybe("SELECT id FROM person WHERE role = 'admin' LIMIT 1", &args![])?;
    if admin.is_some() {
        return Err(Error::NotFound);
    }
    check(new)?;
    let mut person = NewPerson::new(&new.name, &new.address, Role::Admin);
    person.language = Some(new.language);
    let id = people::add(tx, cx, &person)?;
    tx.exec("UPDATE address SET confirmed = TRUE WHERE person = $1", &args![id])?;
    put_password(tx, cx, id, &new.password)?;
    house::put(tx, "language", new.language.as_str())?;
    let given = [
        ("name", &new.desk_name),
        ("zone", &new.zone),
        ("public-url", &new.public_url),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            house::put(tx, name, value.trim().trim_end_matches('/'))?;
        }
    }
    Ok(id)
}

fn check(new: &SetUp) -> Result<()> {
    let mut checks = Checks::default();
    let zone_known = new
        .zone
        .as_deref()
        .is_none_or(|z| jiff::tz::TimeZone::get(z.trim()).is_ok());
    checks.check(zone_known, "zone", "refused-zone");
    if let Some(name) = &new.desk_name {
        checks.text(name, 100, "desk_name").check(
            !name.chars().any(char::is_control),
            "desk_name",
            "refused-characters",
        );
    }
    if let Some(url) = &new.public_url {
        let rest = url
            .trim()
            .strip_prefix("https://")
            .or_else(|| url.trim().strip_prefix("http://"));
        let good = rest.is_some_and(|r| !r.is_empty() && !r.contains(|c: char| c.is_whitespace() || c.is_control()));
        checks.check(good, "public_url", "refused-url");
    }
    checks.done()
}
