//! Bringing in a table of wages in the place of the one in use: first as a dry run, then whole, or not at all while a
//! line of it is wrong; and bringing back the one before.

use db::{Read, Write};

use super::compare::{Compared, compare};
use super::file::{self, Reject};
use super::wage::in_use;
use super::{store, wage::WageTable};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, WageEditionId};

/// What an import would do.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// The table it was compared with.
    pub against: Option<WageEditionId>,
    pub lines: Vec<Compared>,
    pub rejects: Vec<Reject>,
}

impl DryRun {
    /// Every line was read, and something changes.
    pub fn can_be_kept(&self) -> bool {
        let changes = |line: &Compared| !matches!(line, Compared::Same(_));
        self.rejects.is_empty() && self.lines.iter().any(changes)
    }
}

pub fn dry_run(r: &mut Read, cx: &Context, text: &str) -> Result<DryRun> {
    access::require(&cx.viewer, Place::Admin)?;
    let (now, sheet) = (in_use(r)?, file::read(text));
    Ok(DryRun {
        against: now.edition,
        lines: compare(&now.wages, &sheet.wages),
        rejects: sheet.rejects,
    })
}

/// The file takes the place of the table it was compared with, unless that is no longer the one in use.
pub fn import(tx: &mut Write, cx: &Context, text: &str, against: Option<WageEditionId>) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let now = held(tx, against)?;
    let sheet = file::read(text);
    if !sheet.rejects.is_empty() {
        let wrong = i64::try_from(sheet.rejects.len()).map_err(Error::fault)?;
        return Err(Error::refused_at("csv", "refused-wage-lines", wrong));
    }
    if now.wages == sheet.wages {
        return Err(Error::Conflict("conflict-wages-same"));
    }
    let edition = store::keep(tx, cx, &sheet.wages)?;
    told(tx, cx, EventKind::WagesImported, "wages-import", edition)
}

/// The table before the one in use is in use again.
pub fn bring_back(tx: &mut Write, cx: &Context, edition: Option<WageEditionId>) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let Some(edition) = held(tx, edition)?.edition else {
        return Err(Error::Conflict("conflict-wages-first"));
    };
    store::take_back(tx, edition)?;
    told(tx, cx, EventKind::WagesBroughtBack, "wages-back", edition)
}

/// The table in use, when it is the one that is meant.
fn held(tx: &mut Write, meant: Option<WageEditionId>) -> Result<WageTable> {
    tx.hold_name("wages")?;
    let now = in_use(tx)?;
    if now.edition != meant {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    Ok(now)
}

fn told(
    tx: &mut Write,
    cx: &Context,
    kind: EventKind,
    action: &'static str,
    edition: WageEditionId,
) -> Result<EventId> {
    let subject = format!("wages {edition}");
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, "")?;
    events::record(tx, cx, Fact::new(kind).about(edition.0))
}
