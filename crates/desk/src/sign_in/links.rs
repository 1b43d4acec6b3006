//! Keyed links: a secret in a letter or on the console that stands for somebody for a while. Most can be used once;
//! the link to one request is good for 90 days, opens that request only, and can be revoked.

use db::{Read, Write, args};

use super::secret::{Secret, hash_of};
use super::viewer::load_viewer;
use crate::access::{self, Place, Via, Viewer};
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::people;

db::text_enum! {
    pub enum LinkPurpose { SetUp => "setup", SignIn => "sign_in", Reset => "reset", Ticket => "ticket", Confirm => "confirm" }
}

impl LinkPurpose {
    /// How long such a link is good.
    pub fn lasts(self) -> i64 {
        match self {
            LinkPurpose::SetUp => 72 * HOUR,
            LinkPurpose::SignIn | LinkPurpose::Reset => 30 * MINUTE,
            LinkPurpose::Ticket => 90 * DAY,
            LinkPurpose::Confirm => 7 * DAY,
        }
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct KeyedLink { pub person: Option<PersonId>, pub ticket: Option<TicketNumber>, pub created_at: Time, pub ends_at: Time }
}

/// The link of the first administrator. A new one ends those before it.
pub fn make_setup_link(tx: &mut Write, now: Time) -> Result<Secret> {
    let purpose = LinkPurpose::SetUp;
    tx.exec(
        "UPDATE keyed_link SET ends_at = $2 WHERE purpose = $1 AND used_at IS NULL AND ends_at > $2",
        &args![purpose, now],
    )?;
    make_link(tx, purpose, None, None, now)
}

/// Makes a link; the text is shown or mailed this once.
pub fn make_link(
    tx: &mut Write,
    purpose: LinkPurpose,
    person: Option<PersonId>,
    ticket: Option<TicketNumber>,
    now: Time,
) -> Result<Secret> {
    let secret = Secret::new()?;
    tx.exec(
        "INSERT INTO keyed_link (hash, purpose, person, ticket, created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![secret.hash(), purpose, person, ticket, now, now.plus(purpose.lasts())],
    )?;
    Ok(secret)
}

/// Looks at a link without using it up, to show the page behind it. `NotFound` when it is used, ended or another's.
pub fn open_link(r: &mut Read, purpose: LinkPurpose, secret: &str, now: Time) -> Result<KeyedLink> {
    Ok(r.one(
        "SELECT person, ticket, created_at, ends_at FROM keyed_link
         WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND ends_at > $3",
        &args![hash_of(secret), purpose, now],
    )?)
}

/// Uses a link up: the second time it is not there. A link to a request is not used up.
pub fn use_link(tx: &mut Write, purpose: LinkPurpose, secret: &str, now: Time) -> Result<KeyedLink> {
    if purpose == LinkPurpose::Ticket {
        return open_link(tx, purpose, secret, now);
    }
    Ok(tx.one(
        "UPDATE keyed_link SET used_at = $3 WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND ends_at > $3
         RETURNING person, ticket, created_at, ends_at",
        &args![hash_of(secret), purpose, now],
    )?)
}

/// Whoever follows the link in a letter about a request: he sees that request, while it is his.
pub fn viewer_of_ticket_link(r: &mut Read, secret: &str, now: Time) -> Result<Option<(Viewer, TicketNumber)>> {
    let link = match open_link(r, LinkPurpose::Ticket, secret, now) {
        Err(Error::NotFound) => return Ok(None),
        other => other?,
    };
    let (Some(person), Some(number)) = (link.person, link.ticket) else {
        return Ok(None);
    };
    let person = people::root(r, person)?;
    let requester: Option<PersonId> = r.maybe("SELECT requester FROM ticket WHERE number = $1", &args![number])?;
    if requester != Some(person) {
        // The request was given to somebody else since: the old link shows nothing of it.
        return Ok(None);
    }
    match load_viewer(r, person, Via::TicketLink(number)) {
        Ok(viewer) => Ok(Some((viewer, number))),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Ends every link that opens a request for this person, for when an address of his is not his any more.
pub(crate) fn end_ticket_links(tx: &mut Write, now: Time, person: PersonId) -> Result<()> {
    tx.exec(
        "UPDATE keyed_link SET ends_at = $2 WHERE person = $1 AND purpose = 'ticket' AND ends_at > $2",
        &args![person, now],
    )?;
    Ok(())
}

/// Ends every link to this request, for when a letter went astray.
pub fn revoke_ticket_links(tx: &mut Write, cx: &Context, ticket: TicketNumber) -> Result<u64> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let ended = tx.exec(
        "UPDATE keyed_link SET ends_at = $2 WHERE ticket = $1 AND purpose = 'ticket' AND ends_at > $2",
        &args![ticket, cx.now],
    )?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "links-revoked",
        &format!("ticket {ticket}"),
        &ended.to_string(),
    )?;
    Ok(ended)
}
