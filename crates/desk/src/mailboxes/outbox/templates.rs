//! Keeping the words of letters, where an administrator wants others than the usual ones: of all mailboxes, or of one.

use db::{Read, Write, args};

use super::template::{self, Template, TemplateKind};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::MailboxId;
use crate::mailboxes::boxes;
use crate::words::Lang;

/// Which words: of what kind, in which language, of which mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    pub kind: TemplateKind,
    pub language: Lang,
    /// Without one: of all mailboxes that have none of their own.
    pub mailbox: Option<MailboxId>,
}

db::table! {
    struct Kept { subject: String, body: String }
}
db::table! {
    /// Words that are not the usual ones.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Changed { pub kind: TemplateKind, pub language: Lang, pub mailbox: Option<MailboxId> }
}

/// Where the words are not the usual ones.
pub fn changed(r: &mut Read, cx: &Context) -> Result<Vec<Changed>> {
    access::require(&cx.viewer, Place::Admin)?;
    Ok(r.query("SELECT kind, language, mailbox FROM letter_template ORDER BY id", &[])?)
}

/// The words as a letter would have them, and whether they were kept for just this.
pub fn template(r: &mut Read, cx: &Context, which: Which) -> Result<(Template, bool)> {
    access::require(&cx.viewer, Place::Admin)?;
    if let Some(mailbox) = which.mailbox {
        boxes::find(r, mailbox)?;
    }
    let own = kept(r, which)?.is_some();
    Ok((current(r, which)?, own))
}

/// Of the mailbox, else of all mailboxes, else the usual ones.
pub(super) fn current(r: &mut Read, which: Which) -> Result<Template> {
    let everywhere = Which { mailbox: None, ..which };
    let found = match kept(r, which)? {
        None if which.mailbox.is_some() => kept(r, everywhere)?,
        found => found,
    };
    Ok(found.unwrap_or_else(|| template::usual(which.language, which.kind)))
}

fn kept(r: &mut Read, which: Which) -> Result<Option<Template>> {
    let found: Option<Kept> = r.maybe(
        "SELECT subject, body FROM letter_template WHERE kind = $1 AND language = $2 AND COALESCE(mailbox, 0) = $3",
        &args![which.kind, which.language, which.mailbox.map_or(0, |m| m.0)],
    )?;
    Ok(found.map(|Kept { subject, body }| Template { subject, body }))
}

/// Keeps other words. Their fields are values; nothing in them is ever run.
pub fn save_template(tx: &mut Write, cx: &Context, which: Which, new: &Template) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    if let Some(mailbox) = which.mailbox {
        boxes::find(tx, mailbox)?;
    }
    template::check(which.kind, new)?;
    tx.exec(
        "INSERT INTO letter_template (kind, mailbox, language, subject, body) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (kind, language, COALESCE(mailbox, 0))
         DO UPDATE SET subject = excluded.subject, body = excluded.body",
        &args![
            which.kind,
            which.mailbox,
            which.language,
            new.subject.trim(),
            new.body.trim().replace("\r\n", "\n")
        ],
    )?;
    told(tx, cx, "letter words changed", which)
}

/// Back to the words of all mailboxes, or to the usual ones.
pub fn restore_template(tx: &mut Write, cx: &Context, which: Which) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let gone = tx.exec(
        "DELETE FROM letter_template WHERE kind = $1 AND language = $2 AND COALESCE(mailbox, 0) = $3",
        &args![which.kind, which.language, which.mailbox.map_or(0, |m| m.0)],
    )?;
    match gone {
        0 => Err(Error::NotFound),
        _ => told(tx, cx, "letter words restored", which),
    }
}

fn told(tx: &mut Write, cx: &Context, action: &'static str, which: Which) -> Result<()> {
    let subject = format!("{} {}", which.kind, which.language);
    let data = which
        .mailbox
        .map_or("all mailboxes".to_string(), |m| format!("mailbox {m}"));
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, &data)
}
