//! Who a sender's address belongs to, before anything is done in his name. An address in From proves nothing: it says
//! whose letter it claims to be.

use db::{Read, Write, args};

use crate::access::Role;
use crate::context::Context;
use crate::error::Result;
use crate::ids::PersonId;
use crate::people;
use crate::words::Lang;

db::table! {
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Sender { id: PersonId, role: Role, suspended: bool }
}

impl Sender {
    pub(super) fn is_staff(&self) -> bool {
        self.role >= Role::Technician
    }
}

/// The person behind an address, or behind the record it was merged into.
pub(super) fn known(r: &mut Read, address: &str) -> Result<Option<Sender>> {
    let Some(person) = people::by_address(r, address)? else {
        return Ok(None);
    };
    Ok(r.maybe("SELECT id, role, suspended FROM person WHERE id = $1", &args![person])?)
}

/// Finds or makes the person; one who is new speaks the language of the letter.
pub(super) fn recognise(
    tx: &mut Write,
    cx: &Context,
    address: &str,
    name: Option<&str>,
    language: Lang,
) -> Result<PersonId> {
    if let Some(sender) = known(tx, address)? {
        return Ok(sender.id);
    }
    let id = people::recognise(tx, cx, address, name)?;
    tx.exec("UPDATE person SET language = $2 WHERE id = $1", &args![id, language])?;
    Ok(id)
}
