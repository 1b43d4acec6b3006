//! The table of ways out: what an administrator set, and how sending goes.

use db::{Read, Sql, Write, args};

use super::record::{Sending, SendingFields, SignsInWith, purpose};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{MailboxId, OutgoingId};
use crate::jobs::JobKind;
use crate::mailboxes::boxes;
use crate::mailboxes::gist::one_line;
use crate::mailboxes::sources::{self, Fault};
use crate::vault::Vault;

/// The way out of this mailbox; without one its letters leave as the desk's do.
pub fn find(r: &mut Read, cx: &Context, mailbox: MailboxId) -> Result<Option<Sending>> {
    access::require(&cx.viewer, Place::Admin)?;
    of(r, mailbox)
}

fn of(r: &mut Read, mailbox: MailboxId) -> Result<Option<Sending>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(Sending::COLS)
        .push(" FROM sending WHERE mailbox = ")
        .bind(mailbox);
    Ok(r.maybe_sql(&sql)?)
}

/// The way this letter takes, if its mailbox has one of its own.
pub(in crate::mailboxes) fn of_letter(r: &mut Read, letter: OutgoingId) -> Result<Option<Sending>> {
    let mailbox: Option<Option<MailboxId>> = r.maybe("SELECT mailbox FROM outgoing WHERE id = $1", &args![letter])?;
    match mailbox.flatten() {
        Some(mailbox) => of(r, mailbox),
        None => Ok(None),
    }
}

pub(in crate::mailboxes) fn any(r: &mut Read) -> Result<bool> {
    let one: Option<MailboxId> = r.maybe("SELECT mailbox FROM sending LIMIT 1", &[])?;
    Ok(one.is_some())
}

/// Whether any mailbox in use has a way out of its own.
pub fn in_use(r: &mut Read) -> Result<bool> {
    let one: Option<MailboxId> = r.maybe(
        "SELECT s.mailbox FROM sending s JOIN mailbox m ON m.id = s.mailbox WHERE m.retired_at IS NULL LIMIT 1",
        &[],
    )?;
    Ok(one.is_some())
}

/// Whether letters leave with what the provider granted, so that sending must be asked for there too.
pub(in crate::mailboxes) fn uses_grant(r: &mut Read, mailbox: MailboxId) -> Result<bool> {
    Ok(of(r, mailbox)?.is_some_and(|s| s.sign_in == SignsInWith::Connected))
}

/// Since when letters do not leave, and why.
pub(in crate::mailboxes) fn look(r: &mut Read, mailbox: MailboxId) -> Result<Option<(Time, Option<Fault>)>> {
    Ok(r.maybe(
        "SELECT failing_since, fault FROM sending WHERE mailbox = $1 AND failing_since IS NOT NULL",
        &args![mailbox],
    )?)
}

/// From now on the letters of this mailbox leave there; those that wait are tried at once.
pub fn set(tx: &mut Write, cx: &Context, vault: &Vault, mailbox: MailboxId, fields: &SendingFields) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    boxes::find(tx, mailbox)?;
    tx.hold_name(&purpose(mailbox))?;
    let (before, source) = (of(tx, mailbox)?, sources::of(tx, mailbox)?);
    fields.check(before.as_ref(), source.as_ref())?;
    let sealed = match (fields.sign_in, fields.secret.as_str()) {
        (SignsInWith::Connected, _) => None,
        (SignsInWith::Password, "") => before.and_then(|b| b.secret),
        (SignsInWith::Password, secret) => Some(vault.seal(tx, &purpose(mailbox), secret)?),
    };
    tx.exec(
        "INSERT INTO sending (mailbox, host, port, protection, sign_in, user_name, secret, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (mailbox) DO UPDATE SET host = excluded.host, port = excluded.port,
           protection = excluded.protection, sign_in = excluded.sign_in, user_name = excluded.user_name,
           secret = excluded.secret, changed_at = excluded.changed_at, failing_since = NULL, fault = NULL, words = ''",
        &args![
            mailbox,
            fields.host.trim().to_lowercase(),
            fields.port.unwrap_or_else(|| fields.usual_port()),
            fields.protection,
            fields.sign_in,
            fields.user_name.trim(),
            sealed.as_deref(),
            cx.now
        ],
    )?;
    try_now(tx, mailbox, cx.now)?;
    told(tx, cx, "mailbox sending set", mailbox, &fields.host)
}

/// The letters of this mailbox leave as the desk's do.
pub fn remove(tx: &mut Write, cx: &Context, mailbox: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    if tx.exec("DELETE FROM sending WHERE mailbox = $1", &args![mailbox])? == 0 {
        return Err(Error::NotFound);
    }
    try_now(tx, mailbox, cx.now)?;
    told(tx, cx, "mailbox sending removed", mailbox, "")
}

fn told(tx: &mut Write, cx: &Context, what: &'static str, mailbox: MailboxId, host: &str) -> Result<()> {
    access::audit(tx, cx.now, Some(cx.viewer.person), what, &mailbox.to_string(), host)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}

/// What waited for a mending is due; what waits for its hour goes on waiting.
fn try_now(tx: &mut Write, mailbox: MailboxId, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE job SET run_at = $3 WHERE kind = $2 AND state = 'waiting' AND lease_until < $3 AND run_at > $3
           AND subject IN (SELECT id FROM outgoing WHERE mailbox = $1 AND state = 'waiting' AND send_at <= $3)",
        &args![mailbox, JobKind::SendLetter, now],
    )?;
    tx.announce();
    Ok(())
}

/// An administrator connected the mailbox with its provider anew.
/// No event: connecting has one.
pub(in crate::mailboxes) fn connected(tx: &mut Write, mailbox: MailboxId, now: Time) -> Result<()> {
    let mended = tx.exec(
        "UPDATE sending SET changed_at = $2, failing_since = NULL, fault = NULL, words = ''
         WHERE mailbox = $1 AND sign_in = 'connected'",
        &args![mailbox, now],
    )?;
    if mended == 1 {
        try_now(tx, mailbox, now)?;
    }
    Ok(())
}

/// A letter left this way. What an attempt under other settings says is no word about these.
/// No event: the letter's own row says that it left.
pub fn went_well(tx: &mut Write, way: &Sending, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE sending SET well_at = $3, failing_since = NULL, fault = NULL, words = ''
         WHERE mailbox = $1 AND changed_at = $2",
        &args![way.mailbox, way.changed_at, now],
    )?;
    Ok(())
}

/// It does not go; since when is kept from the first failure on.
/// No event: the watch over mailboxes tells the administrators.
pub fn failed(tx: &mut Write, way: &Sending, now: Time, fault: Fault, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE sending SET failing_since = COALESCE(failing_since, $3), fault = $4, words = $5
         WHERE mailbox = $1 AND changed_at = $2",
        &args![way.mailbox, way.changed_at, now, fault, one_line(words, 400)],
    )?;
    Ok(())
}
