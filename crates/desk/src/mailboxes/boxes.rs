//! The addresses the desk answers for. A letter to any other address is refused at the door, so this is also the list
//! of what must never be answered as if a stranger had written it.

mod retire;

pub use retire::{bring_back, retire};

use db::{Read, Write, args};

use super::reply_address;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::{MailboxId, TeamId};
use crate::tickets::Ticket;
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Mailbox {
        pub id: MailboxId,
        pub address: String,
        pub name: String,
        pub team: Option<TeamId>,
        pub language: Lang,
        pub authserv_id: Option<String>,
        /// Out of use since then.
        pub retired_at: Option<Time>,
    }
}

impl Mailbox {
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// What an administrator says of a mailbox.
#[derive(Clone, Debug)]
pub struct MailboxFields {
    pub address: String,
    /// The name beside the address in what leaves; empty: the name of the desk.
    pub name: String,
    pub team: Option<TeamId>,
    pub language: Lang,
    /// The name under which our own mail server writes `Authentication-Results`; its word is proof of a sender.
    pub authserv_id: Option<String>,
}

impl MailboxFields {
    pub fn new(address: &str) -> MailboxFields {
        MailboxFields {
            address: address.to_string(),
            name: String::new(),
            team: None,
            language: Lang::En,
            authserv_id: None,
        }
    }
}

/// The reply address adds `+t` and 26 characters to the local part, which may have 64.
const LONGEST_LOCAL: usize = 64 - 28;

pub fn add(tx: &mut Write, cx: &Context, fields: &MailboxFields) -> Result<MailboxId> {
    access::require(&cx.viewer, Place::Admin)?;
    let address = check(tx, fields, None)?;
    let id: MailboxId = tx.one(
        "INSERT INTO mailbox (address, name, team, language, authserv_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        &args![
            address.as_str(),
            fields.name.trim(),
            fields.team,
            fields.language,
            authserv(fields),
            cx.now
        ],
    )?;
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "mailbox added",
        &id.to_string(),
        &address,
    )?;
    Ok(id)
}

pub fn edit(tx: &mut Write, cx: &Context, id: MailboxId, fields: &MailboxFields) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let address = check(tx, fields, Some(id))?;
    let changed = tx.exec(
        "UPDATE mailbox SET address = $2, name = $3, team = $4, language = $5, authserv_id = $6 WHERE id = $1",
        &args![
            id,
            address.as_str(),
            fields.name.trim(),
            fields.team,
            fields.language,
            authserv(fields)
        ],
    )?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "mailbox changed",
        &id.to_string(),
        &address,
    )
}

/// All, those out of use too: whatever was ever ours is never taken for a stranger's.
pub fn list(r: &mut Read) -> Result<Vec<Mailbox>> {
    Ok(r.query(
        "SELECT id, address, name, team, language, authserv_id, retired_at FROM mailbox ORDER BY id",
        &[],
    )?)
}

/// Those in use: what leaves does so from one of them.
pub fn live(r: &mut Read) -> Result<Vec<Mailbox>> {
    let mut all = list(r)?;
    all.retain(|m| m.retired_at.is_none());
    Ok(all)
}

pub fn find(r: &mut Read, id: MailboxId) -> Result<Mailbox> {
    Ok(r.one(
        "SELECT id, address, name, team, language, authserv_id, retired_at FROM mailbox WHERE id = $1",
        &args![id],
    )?)
}

/// The mailbox a recipient address belongs to: the address itself, or the address with something after a plus sign.
pub fn find_by_recipient(r: &mut Read, recipient: &str) -> Result<Option<Mailbox>> {
    let Some(address) = base_address(recipient) else {
        return Ok(None);
    };
    Ok(r.maybe(
        "SELECT id, address, name, team, language, authserv_id, retired_at FROM mailbox WHERE address = $1",
        &args![address],
    )?)
}

/// A mailbox that letters may leave from: this one, or in place of one that is out of use its team's, else the first.
pub(super) fn in_use(r: &mut Read, id: MailboxId) -> Result<Mailbox> {
    let wanted = find(r, id)?;
    if wanted.retired_at.is_none() {
        return Ok(wanted);
    }
    let all = live(r)?;
    let of_team = all.iter().find(|m| m.team.is_some() && m.team == wanted.team);
    // The last one in use is never retired.
    of_team.or(all.first()).cloned().ok_or(Error::NotFound)
}

/// The mailbox in use that writes for a ticket: where its newest letter came in, else its team's, else the first.
pub(super) fn home_of(r: &mut Read, ticket: &Ticket) -> Result<Option<Mailbox>> {
    let by_letter: Option<Option<MailboxId>> = r.maybe(
        "SELECT mailbox FROM letter WHERE ticket = $1 AND state = 'filed' AND mailbox IS NOT NULL ORDER BY id DESC LIMIT 1",
        &args![ticket.number],
    )?;
    let all = live(r)?;
    let of_letter = by_letter.flatten().and_then(|id| all.iter().find(|m| m.id == id));
    if of_letter.is_some() {
        return Ok(of_letter.cloned());
    }
    let of_team = all.iter().find(|m| m.team.is_some() && m.team == ticket.team);
    Ok(of_team.or(all.first()).cloned())
}

/// Lower case, without angle brackets and without what follows a plus sign.
pub(super) fn base_address(address: &str) -> Option<String> {
    let address = address
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or_default();
    (!local.is_empty() && !domain.is_empty() && !address.contains('\0')).then(|| format!("{local}@{domain}"))
}

fn authserv(fields: &MailboxFields) -> Option<String> {
    fields
        .authserv_id
        .as_deref()
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(str::to_lowercase)
}

/// The address in lower case, if it can be a mailbox of ours.
fn check(tx: &mut Write, fields: &MailboxFields, own: Option<MailboxId>) -> Result<String> {
    let address = fields.address.trim().to_lowercase();
    Checks::default()
        .check(is_address(&address), "address", "refused-address")
        .at_most(&fields.name, 120, "name")
        .check(
            !fields.name.chars().any(char::is_control),
            "name",
            "refused-control-characters",
        )
        .done()?;
    let taken: Option<MailboxId> = tx.maybe("SELECT id FROM mailbox WHERE address = $1", &args![address.as_str()])?;
    Checks::default()
        .check(taken.is_none() || taken == own, "address", "refused-address-taken")
        .done()?;
    if let Some(team) = fields.team {
        let found: Option<TeamId> = tx.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
        Checks::default()
            .check(found.is_some(), "team", "refused-no-such-team")
            .done()?;
    }
    Ok(address)
}

/// A plain address in ASCII without a plus sign, short enough to carry a reply token.
fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let local_fits = (1..=LONGEST_LOCAL).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*-/=?^_`{|}~.".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    local_fits && domain.len() <= 253 && domain.split('.').all(label) && reply_address::in_address(address).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_a_plain_address_that_can_carry_a_token() {
        for good in [
            "support@desk.example",
            "a.b-c@localhost",
            &format!("{}@x.example", "a".repeat(36)),
        ] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@x.example", "a".repeat(37));
        for bad in [
            "",
            "support",
            "@x",
            "a@",
            "a@b@c",
            "a+b@x.example",
            "a b@x.example",
            "a..b@x.example",
            "é@x.example",
            &long,
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn the_base_of_an_address_has_no_plus_part() {
        assert_eq!(
            base_address("<Support+tABC@Desk.example>").as_deref(),
            Some("support@desk.example")
        );
        assert_eq!(
            base_address("support@desk.example").as_deref(),
            Some("support@desk.example")
        );
        assert_eq!(base_address("+x@desk.example"), None);
        assert_eq!(base_address("nobody"), None);
    }
}
