//! The table of sources: what an administrator set, and how fetching goes.

use db::{Read, Sql, Write, args};

use super::grant::Grant;
use super::record::{Fault, SignIn, Source, SourceFields, purpose};
use super::seen;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::MailboxId;
use crate::mailboxes::boxes;
use crate::mailboxes::gist::one_line;
use crate::vault::Vault;

pub fn find(r: &mut Read, cx: &Context, mailbox: MailboxId) -> Result<Option<Source>> {
    access::require(&cx.viewer, Place::Admin)?;
    of(r, mailbox)
}

pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Source>> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut sql = columns();
    sql.push(" ORDER BY mailbox");
    Ok(r.query_sql(&sql)?)
}

/// Those that letters are fetched from now.
pub(in crate::mailboxes) fn active(r: &mut Read) -> Result<Vec<Source>> {
    let mut sql = columns();
    sql.push(" WHERE active AND mailbox IN (SELECT id FROM mailbox WHERE retired_at IS NULL) ORDER BY mailbox");
    Ok(r.query_sql(&sql)?)
}

fn columns() -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(Source::COLS).push(" FROM source");
    sql
}

pub(in crate::mailboxes) fn of(r: &mut Read, mailbox: MailboxId) -> Result<Option<Source>> {
    let mut sql = columns();
    sql.push(" WHERE mailbox = ").bind(mailbox);
    Ok(r.maybe_sql(&sql)?)
}

/// From now on the letters of this mailbox are fetched there. How far another server or folder was read says nothing
/// about this one.
pub fn set(tx: &mut Write, cx: &Context, vault: &Vault, mailbox: MailboxId, fields: &SourceFields) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    boxes::find(tx, mailbox)?;
    hold(tx, mailbox)?;
    let before = of(tx, mailbox)?;
    fields.check(before.as_ref())?;
    let sealed = match fields.secret.as_str() {
        "" => before.as_ref().and_then(|b| b.secret.clone()),
        secret => Some(vault.seal(
            tx,
            &purpose(mailbox),
            &kept_with(vault, before.as_ref(), fields, secret)?,
        )?),
    };
    tx.exec(
        "INSERT INTO source (mailbox, protocol, host, port, protection, sign_in, user_name, client, tenant, secret,
           folder, afterwards, move_to, active, renew_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (mailbox) DO UPDATE SET protocol = excluded.protocol, host = excluded.host, port = excluded.port,
           protection = excluded.protection, sign_in = excluded.sign_in, user_name = excluded.user_name,
           client = excluded.client, tenant = excluded.tenant, secret = excluded.secret, folder = excluded.folder,
           afterwards = excluded.afterwards, move_to = excluded.move_to, active = excluded.active,
           renew_by = excluded.renew_by, changed_at = excluded.changed_at, failing_since = NULL, fault = NULL, words = ''",
        &args![
            mailbox,
            fields.protocol,
            fields.host.trim().to_lowercase(),
            fields.port.unwrap_or_else(|| fields.usual_port()),
            fields.protection,
            fields.sign_in,
            fields.user_name.trim(),
            fields.client.trim(),
            fields.tenant.trim(),
            sealed.as_deref(),
            fields.folder_or_inbox(),
            fields.afterwards,
            fields.move_to.trim(),
            fields.active,
            fields.renew_by,
            cx.now
        ],
    )?;
    if before.is_some_and(|b| fields.is_elsewhere(&b)) {
        tx.exec(
            "UPDATE source SET validity = 0, last_uid = 0, unsettled = 0, renumbered_at = NULL WHERE mailbox = $1",
            &args![mailbox],
        )?;
        seen::forget_all(tx, mailbox)?;
    }
    // Whoever set something may have mended it.
    seen::try_all(tx, mailbox)?;
    told(tx, cx, "mailbox source set", mailbox, &fields.host)
}

/// Who changes the secret of a source waits here for whoever is doing it: a token that is renewed meanwhile is not lost.
pub(super) fn hold(tx: &mut Write, mailbox: MailboxId) -> Result<()> {
    Ok(tx.hold_name(&purpose(mailbox))?)
}

/// What is sealed: a password as it is; the secret of our application together with what was granted to it before.
fn kept_with(vault: &Vault, before: Option<&Source>, fields: &SourceFields, secret: &str) -> Result<String> {
    if fields.sign_in == SignIn::Password {
        return Ok(secret.to_string());
    }
    let same =
        before.filter(|b| b.sign_in == fields.sign_in && b.client == fields.client.trim() && !fields.is_elsewhere(b));
    let granted = same.map(|b| Grant::of(vault, b)).transpose()?.unwrap_or_default();
    let grant = Grant {
        secret: secret.to_string(),
        ..granted
    };
    grant.text()
}

/// Nothing is fetched for this mailbox any more; what was fetched stays.
pub fn remove(tx: &mut Write, cx: &Context, mailbox: MailboxId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    seen::forget_all(tx, mailbox)?;
    if tx.exec("DELETE FROM source WHERE mailbox = $1", &args![mailbox])? == 0 {
        return Err(Error::NotFound);
    }
    told(tx, cx, "mailbox source removed", mailbox, "")
}

/// Who fetches reads the settings anew when the log says so.
fn told(tx: &mut Write, cx: &Context, what: &'static str, mailbox: MailboxId, host: &str) -> Result<()> {
    access::audit(tx, cx.now, Some(cx.viewer.person), what, &mailbox.to_string(), host)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}

/// The server was asked and everything new is kept here, but for what is left there.
/// No event: how fetching goes shows on the administrators' pages, and every kept letter has an event of its own.
pub fn went_well(tx: &mut Write, cx: &Context, mailbox: MailboxId) -> Result<()> {
    tx.exec(
        "UPDATE source SET well_at = $2, failing_since = NULL, fault = NULL, words = '', unsettled = 0
         WHERE mailbox = $1",
        &args![mailbox, cx.now],
    )?;
    Ok(())
}

/// It could not be asked; since when is kept from the first failure on.
/// No event: as with `went_well`; the watch over mailboxes tells the administrators.
pub fn failed(tx: &mut Write, cx: &Context, mailbox: MailboxId, fault: Fault, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE source SET failing_since = COALESCE(failing_since, $2), fault = $3, words = $4 WHERE mailbox = $1",
        &args![mailbox, cx.now, fault, one_line(words, 400)],
    )?;
    Ok(())
}

/// How far the folder was read: in the transaction that keeps the letter.
/// No event: it is part of keeping a letter.
pub fn reached(tx: &mut Write, mailbox: MailboxId, validity: i64, uid: i64) -> Result<()> {
    tx.exec(
        "UPDATE source SET validity = $2, last_uid = CASE WHEN validity = $2 AND last_uid > $3 THEN last_uid ELSE $3 END
         WHERE mailbox = $1",
        &args![mailbox, validity, uid],
    )?;
    Ok(())
}

/// Letters that are kept here and that the server would not mark, move or delete, after a visit that went well; and its
/// words. What is refused is tried again at each visit, and stands until it works.
/// No event: as with `went_well`.
pub(in crate::mailboxes) fn unsettled(tx: &mut Write, mailbox: MailboxId, count: usize, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE source SET unsettled = $2, words = $3 WHERE mailbox = $1",
        &args![mailbox, i64::try_from(count).unwrap_or(i64::MAX), one_line(words, 400)],
    )?;
    Ok(())
}

/// The server gave all letters new numbers, which begin with this: what was remembered by the old ones is of no use.
/// No event: the watch over mailboxes tells the administrators.
pub(in crate::mailboxes) fn renumbered(tx: &mut Write, cx: &Context, mailbox: MailboxId, validity: i64) -> Result<()> {
    tx.exec(
        "UPDATE source SET renumbered_at = $2 WHERE mailbox = $1",
        &args![mailbox, cx.now],
    )?;
    let begin = format!("{validity}.%");
    for sql in [
        "DELETE FROM source_seen WHERE mailbox = $1 AND name NOT LIKE $2",
        "DELETE FROM source_missed WHERE mailbox = $1 AND name NOT LIKE $2",
        "DELETE FROM source_left WHERE mailbox = $1 AND name NOT LIKE $2",
    ] {
        tx.exec(sql, &args![mailbox, begin.as_str()])?;
    }
    Ok(())
}
