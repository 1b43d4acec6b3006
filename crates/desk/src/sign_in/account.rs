//! Signing in with a password, and changing it.
//!
//! The caller takes three steps: `begin` in a write (it counts the try and reads the account), `Account::matches` on a
//! thread that may take its time, `finish` in a write. The answer, and the work, are the same for an address that is
//! nobody's. Never here: a way to learn whether an address is known.

use db::{Read, Write, args};
use serde_json::json;

use super::hash::{PasswordHash, verify};
use super::links::{LinkPurpose, use_link};
use super::secret::Secret;
use super::sessions::{end_all, start};
use super::throttle;
use crate::access::{self, Place, Via, Viewer};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::PersonId;
use crate::people;

/// Whoever may be behind an address; nobody, for one that is not known.
#[derive(Clone, Debug)]
pub struct Account {
    pub person: Option<PersonId>,
    hash: Option<PasswordHash>,
    address: String,
    place: String,
}

impl Account {
    /// Slow on purpose, and as slow for nobody. Run it beside the database threads.
    pub fn matches(&self, password: &str) -> bool {
        verify(password, self.hash.as_ref())
    }
}

db::table! {
    struct Row { id: PersonId, password: Option<String> }
}

fn row_of(r: &mut Read, address: &str) -> Result<Option<Row>> {
    // An address somebody else added counts only once it is confirmed; the main one is the person's own.
    Ok(r.maybe(
        "SELECT p.id, p.password FROM address a JOIN person p ON p.id = a.person
         WHERE a.address = $1 AND (a.main OR a.confirmed) AND NOT p.suspended AND p.merged_into IS NULL",
        &args![address],
    )?)
}

/// Counts the try, then reads the account. `TooOften` says when to come back.
pub fn begin(tx: &mut Write, address: &str, place: &str, now: Time) -> Result<Account> {
    throttle::count_try(tx, address, place, now)?;
    let wanted: String = address
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| *c != '\0')
        .take(300)
        .collect();
    let row = row_of(tx, &wanted)?;
    let (person, password) = row.map_or((None, None), |row| (Some(row.id), row.password));
    let hash = password.map(PasswordHash::kept);
    Ok(Account {
        person,
        hash,
        address: address.to_string(),
        place: place.to_string(),
    })
}

/// A session, when the password was right and nothing has changed since `begin`. Otherwise one refusal for all cases.
pub fn finish(tx: &mut Write, account: &Account, matched: bool, now: Time, browser: &str) -> Result<Secret> {
    let wrong = || Error::refused("password", "refused-sign-in");
    let (Some(person), Some(hash), true) = (account.person, &account.hash, matched) else {
        return Err(wrong());
    };
    let still: Option<PersonId> = tx.maybe(
        "SELECT id FROM person WHERE id = $1 AND password = $2 AND NOT suspended AND merged_into IS NULL",
        &args![person, hash.as_str()],
    )?;
    if still.is_none() {
        return Err(wrong());
    }
    throttle::forgive(tx, &account.address, &account.place)?;
    start(tx, person, now, &account.place, browser)
}

/// The viewer's own account, to ask for the old password before a new one.
pub fn own_account(tx: &mut Write, cx: &Context, place: &str) -> Result<Account> {
    own_session(cx)?;
    let me = cx.viewer.person;
    let address = format!("person {me}");
    throttle::count_try(tx, &address, place, cx.now)?;
    let password: Option<String> = tx.one("SELECT password FROM person WHERE id = $1", &args![me])?;
    let hash = password.map(PasswordHash::kept);
    Ok(Account {
        person: Some(me),
        hash,
        address,
        place: place.to_string(),
    })
}

fn own_session(cx: &Context) -> Result<()> {
    if cx.viewer.via == Via::Session {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// The viewer's own new password. `old_matched`: what `own_account(..).matches(old)` said; somebody without a password
/// (who came by a mailed link) may set the first one. All sessions end, this one too; the new one is answered.
pub fn change_password(
    tx: &mut Write,
    cx: &Context,
    account: &Account,
    old_matched: bool,
    new: &PasswordHash,
    browser: &str,
) -> Result<Secret> {
    own_session(cx)?;
    let me = cx.viewer.person;
    let kept: Option<String> = tx.one("SELECT password FROM person WHERE id = $1", &args![me])?;
    let unchanged = kept.as_deref() == account.hash.as_ref().map(PasswordHash::as_str);
    if account.person != Some(me) || !unchanged || (kept.is_some() && !old_matched) {
        return Err(Error::refused("old", "refused-old-password"));
    }
    throttle::forgive(tx, &account.address, &account.place)?;
    put_password(tx, cx, me, new)?;
    start(tx, me, cx.now, &account.place, browser)
}

/// By an administrator, or the command line: everything that stood for the person ends.
pub fn set_password(tx: &mut Write, cx: &Context, person: PersonId, new: &PasswordHash) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let merged: Option<PersonId> = tx.one("SELECT merged_into FROM person WHERE id = $1", &args![person])?;
    if merged.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    people::audit(tx, cx, "password-set", person, "")?;
    put_password(tx, cx, person, new)
}

/// By the link from the letter, which is used up.
pub fn reset_password(tx: &mut Write, cx: &Context, secret: &str, new: &PasswordHash) -> Result<PersonId> {
    let person = opened(tx, cx, LinkPurpose::Reset, secret)?;
    put_password(tx, &as_person(cx, person), person, new)?;
    Ok(person)
}

/// By the link from the letter, which is used up.
pub fn sign_in_by_link(tx: &mut Write, cx: &Context, secret: &str, place: &str, browser: &str) -> Result<Secret> {
    let person = opened(tx, cx, LinkPurpose::SignIn, secret)?;
    start(tx, person, cx.now, place, browser)
}

/// A new password by the same link, for somebody who lost the old one: the link proves his mailbox and is used up. All
/// that stood for him ends; the new session is answered.
pub fn new_password_by_link(
    tx: &mut Write,
    cx: &Context,
    secret: &str,
    new: &PasswordHash,
    place: &str,
    browser: &str,
) -> Result<Secret> {
    let person = opened(tx, cx, LinkPurpose::SignIn, secret)?;
    put_password(tx, &as_person(cx, person), person, new)?;
    start(tx, person, cx.now, place, browser)
}

fn opened(tx: &mut Write, cx: &Context, purpose: LinkPurpose, secret: &str) -> Result<PersonId> {
    let person = use_link(tx, purpose, secret, cx.now)?.person.ok_or(Error::NotFound)?;
    let live: Option<PersonId> = tx.maybe(
        "SELECT id FROM person WHERE id = $1 AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    live.ok_or(Error::NotFound)
}

fn as_person(cx: &Context, person: PersonId) -> Context {
    Context {
        viewer: Viewer::desk(person),
        ..cx.clone()
    }
}

pub(super) fn put_password(tx: &mut Write, cx: &Context, person: PersonId, new: &PasswordHash) -> Result<()> {
    tx.exec(
        "UPDATE person SET password = $2, updated_at = $3 WHERE id = $1",
        &args![person, new.as_str(), cx.now],
    )?;
    end_all(tx, cx.now, person)?;
    let data = json!({ "verb": "password" }).to_string();
    events::record(
        tx,
        cx,
        Fact::new(EventKind::PersonChanged).about(person.0).with(Some(data)),
    )?;
    Ok(())
}
