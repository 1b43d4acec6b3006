//! The secret of a chat: 256 bits that a visitor's browser keeps, and of which the desk keeps a hash.

use db::{Read, args};

use super::record::{Chat, READ_FOR};
use super::store;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;
use crate::sign_in::hash_of;

/// The chat this secret opens. Some time after its end it opens nothing any more.
pub fn by_secret(r: &mut Read, secret: &str, now: Time) -> Result<Chat> {
    let ticket: TicketNumber = r.one("SELECT ticket FROM chat WHERE hash = $1", &args![hash_of(secret)])?;
    let chat = store::load(r, ticket)?;
    if chat.ended_at.is_some_and(|at| now.since(at) >= READ_FOR) {
        return Err(Error::NotFound);
    }
    Ok(chat)
}

/// A name for the next line of a page without script, so that a form sent twice says it once.
pub fn fresh_key() -> Result<String> {
    let mut bits = [0; 12];
    getrandom::fill(&mut bits).map_err(Error::fault)?;
    Ok(data_encoding::HEXLOWER.encode(&bits))
}
