//! The letter to somebody who was named and has not looked since. It says who, where and the way there; the words
//! themselves stay on the desk: a note never leaves it.

use std::sync::LazyLock;

use db::{Read, Write, args};

use super::MentionId;
use crate::access::{Action, Via};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::mailboxes::outbox::{self, Notice};
use crate::sign_in;
use crate::tickets::store;
use crate::tickets::ticket::Ticket;
use crate::words::{Catalog, Lang};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../../locales/en-CA/mention.ftl")),
        (Lang::Fr, include_str!("../../../locales/fr-CA/mention.ftl")),
    ])
});

db::table! {
    struct Row { person: PersonId, by: String, ticket: TicketNumber }
}

/// The job of its moment: writes the letter if it still has something to say. Safe to run twice.
///
/// No event: the letter is a row of the outbox, and naming him was part of the words.
pub fn tell_when_due(tx: &mut Write, cx: &Context, id: MentionId) -> Result<()> {
    let row: Option<Row> = tx.maybe(
        "SELECT n.person, a.name AS by, m.ticket FROM mention n JOIN message m ON m.id = n.message
         JOIN person a ON a.id = m.author JOIN person p ON p.id = n.person
         WHERE n.id = $1 AND n.told AND NOT n.lettered AND n.seen_at IS NULL AND m.state = 'sent' AND p.letter_when_named",
        &args![id],
    )?;
    let Some(row) = row else { return Ok(()) };
    let Some((ticket, lang)) = still_seen(tx, &row)? else {
        return Ok(());
    };
    if has_letter(tx, id, &row)? {
        return Ok(());
    }
    tx.exec("UPDATE mention SET lettered = TRUE WHERE id = $1", &args![id])?;
    let args = [
        ("name", row.by.as_str().into()),
        ("number", ticket.number.to_string().into()),
        ("subject", ticket.subject.as_str().into()),
    ];
    let notice = Notice {
        switch_off: Some("/me".to_string()),
        subject: CATALOG.text(lang, "named-subject", &args),
        text: CATALOG.text(lang, "named-text", &args),
        footer: CATALOG.text(lang, "named-footer", &[]),
        path: format!("/tickets/{}", ticket.number),
    };
    outbox::notice(tx, &cx.house, cx.now, row.person, &notice).map(drop)
}

/// The ticket as he may see it now, and the language he reads.
fn still_seen(r: &mut Read, row: &Row) -> Result<Option<(Ticket, Lang)>> {
    let seen = sign_in::load_viewer(r, row.person, Via::Session).and_then(|viewer| {
        let root = store::root(r, row.ticket)?;
        let ticket = store::load(r, root)?.admit(&viewer, Action::Inside)?;
        Ok((ticket, viewer.language))
    });
    match seen {
        Ok(seen) => Ok(Some(seen)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// One letter is enough until he looks.
fn has_letter(r: &mut Read, id: MentionId, row: &Row) -> Result<bool> {
    let other: Option<MentionId> = r.maybe(
        "SELECT n.id FROM mention n JOIN message m ON m.id = n.message
         WHERE n.person = $1 AND n.id <> $2 AND n.lettered AND n.seen_at IS NULL AND m.ticket = $3 LIMIT 1",
        &args![row.person, id, row.ticket],
    )?;
    Ok(other.is_some())
}
