//! Keys that sign what leaves (DKIM, RFC 6376): one for each domain of our mailboxes. The secret is sealed under the key
//! of the desk; the domain publishes the other half. Where a key is switched on no letter leaves unsigned.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};
use mail::dkim::{Key, Kind, sign};

use super::boxes;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::OutgoingId;
use crate::vault::Vault;

db::table! {
    /// A key without its secret.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SigningKey {
        pub domain: String,
        pub selector: String,
        /// What the TXT record says.
        pub record: String,
        pub active: bool,
        pub created_at: Time,
    }
}

impl SigningKey {
    /// Where the TXT record stands.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

/// The domains of our mailboxes, each with its key if it has one; and those that only a key is left of.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<(String, Option<SigningKey>)>> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut sql = Sql::new("SELECT ");
    sql.push(SigningKey::COLS).push(" FROM dkim_key ORDER BY domain");
    let keys: Vec<SigningKey> = r.query_sql(&sql)?;
    let ours = boxes::list(r)?;
    let mut all: BTreeMap<String, Option<SigningKey>> = ours.iter().map(|m| (m.domain().to_string(), None)).collect();
    all.extend(keys.into_iter().map(|key| (key.domain.clone(), Some(key))));
    Ok(all.into_iter().collect())
}

/// A new key. It takes a moment of computing, which is done beside.
pub async fn new_key() -> Result<Key> {
    let made = tokio::task::spawn_blocking(|| Key::generate(Kind::Rsa)).await;
    made.map_err(Error::fault)?.map_err(Error::fault)
}

/// Keeps a new key of a domain of ours. It signs nothing until it is switched on: its record must be published first.
pub fn make(tx: &mut Write, cx: &Context, vault: &Vault, domain: &str, key: &Key) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    if !boxes::list(tx)?.iter().any(|m| m.domain() == domain) {
        return Err(Error::NotFound);
    }
    // The minute, so that the next key never stands where the record of this one is still remembered.
    let digits = cx.now.rfc3339();
    let minute: String = digits.chars().filter(char::is_ascii_digit).take(12).collect();
    let selector = format!("fl{minute}");
    // A name that no signature can carry is refused now, not with the first letter.
    if sign(b"From: a@a.example\r\n\r\n", key, &selector, domain).is_err() {
        return Err(Error::refused("domain", "refused-signing-domain"));
    }
    let pem = key.to_pem().map_err(Error::fault)?;
    let sealed = vault.seal(tx, &purpose(domain), &pem)?;
    let made = tx.exec(
        "INSERT INTO dkim_key (domain, selector, secret, record, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (domain) DO NOTHING",
        &args![domain, selector.as_str(), sealed, key.dns_record(), cx.now],
    )?;
    if made == 0 {
        return Err(Error::Conflict("conflict-signing-key"));
    }
    told(tx, cx, "signing key made", domain, &selector)
}

/// On: every letter of this domain is signed, or waits.
pub fn switch(tx: &mut Write, cx: &Context, domain: &str, on: bool) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let selector: Option<String> = tx.maybe(
        "UPDATE dkim_key SET active = $2 WHERE domain = $1 RETURNING selector",
        &args![domain, on],
    )?;
    let what = if on { "signing key on" } else { "signing key off" };
    told(tx, cx, what, domain, &selector.ok_or(Error::NotFound)?)
}

/// The key is gone for good; letters leave unsigned.
pub fn remove(tx: &mut Write, cx: &Context, domain: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let selector: Option<String> = tx.maybe(
        "DELETE FROM dkim_key WHERE domain = $1 RETURNING selector",
        &args![domain],
    )?;
    told(tx, cx, "signing key removed", domain, &selector.ok_or(Error::NotFound)?)
}

fn told(tx: &mut Write, cx: &Context, what: &'static str, domain: &str, selector: &str) -> Result<()> {
    access::audit(tx, cx.now, Some(cx.viewer.person), what, domain, selector)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}

fn purpose(domain: &str) -> String {
    format!("dkim:{domain}")
}

db::table! {
    struct Sealed { selector: String, secret: Vec<u8> }
}

/// What a letter is signed with: the sealed key of its mailbox's domain.
pub(super) struct Pen {
    domain: String,
    sealed: Sealed,
}

/// The key that signs this letter, if its domain has one that is on.
pub(super) fn pen_for(r: &mut Read, letter: OutgoingId) -> Result<Option<Pen>> {
    let address: Option<String> = r.maybe(
        "SELECT m.address FROM outgoing o JOIN mailbox m ON m.id = o.mailbox WHERE o.id = $1",
        &args![letter],
    )?;
    let Some((_, domain)) = address.as_deref().and_then(|a| a.rsplit_once('@')) else {
        return Ok(None);
    };
    let sealed: Option<Sealed> = r.maybe(
        "SELECT selector, secret FROM dkim_key WHERE domain = $1 AND active",
        &args![domain],
    )?;
    let domain = domain.to_string();
    Ok(sealed.map(|sealed| Pen { domain, sealed }))
}

impl Pen {
    /// The same letter, signed. Computes for a moment, so it blocks.
    pub(super) fn sign(&self, vault: &Vault, raw: &[u8]) -> Result<Vec<u8>> {
        let pem = vault.open_sealed(&purpose(&self.domain), &self.sealed.secret)?;
        let key = Key::from_pem(&pem).map_err(Error::fault)?;
        sign(raw, &key, &self.sealed.selector, &self.domain).map_err(Error::fault)
    }
}
