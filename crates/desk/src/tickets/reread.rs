//! A letter that stands on a ticket, read again by a better reader: its words, its look and its files become what is
//! read today. The ticket, its state and its clock stay as they are.

use db::{Write, args};

use super::store;
use super::write::{self, NewFile};
use crate::context::Context;
use crate::error::Result;
use crate::events::{self, EventKind, Fact};
use crate::ids::{LetterId, MessageId, TeamId, TicketNumber};

/// What is read in it today.
#[derive(Clone, Debug)]
pub struct Reread {
    pub letter: LetterId,
    pub body: String,
    pub quoted: String,
    pub html: Option<String>,
    pub files: Vec<NewFile>,
}

/// Files that are there already stay as they are; those that were not seen before are added, and none is taken away.
pub fn reread(tx: &mut Write, cx: &Context, message: MessageId, read: &Reread) -> Result<()> {
    let found: Option<TicketNumber> = tx.maybe(
        "SELECT ticket FROM message WHERE id = $1 AND letter = $2",
        &args![message, read.letter],
    )?;
    // A technician's own reply stands as he wrote it: it left long ago.
    let Some(number) = found else { return Ok(()) };
    let root = store::hold_root(tx, number)?;
    tx.exec(
        "UPDATE message SET body = $3, quoted = $4, html = $5 WHERE id = $1 AND letter = $2",
        &args![
            message,
            read.letter,
            db::packed(&read.body),
            db::packed(&read.quoted),
            read.html.as_deref().map(db::packed)
        ],
    )?;
    let there: Vec<String> = tx.query("SELECT sha256 FROM file WHERE message = $1", &args![message])?;
    let new: Vec<NewFile> = read
        .files
        .iter()
        .filter(|f| !there.contains(&f.sha256))
        .cloned()
        .collect();
    write::attach(tx, number, message, cx.now, &new)?;
    let team: Option<TeamId> = tx.one("SELECT team FROM ticket WHERE number = $1", &args![root])?;
    events::record(
        tx,
        cx,
        Fact::new(EventKind::LetterRead).on(number, team).about(read.letter.0),
    )?;
    Ok(())
}
