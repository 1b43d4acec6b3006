//! What was just done with a letter, with its Undo.

use desk::mailboxes::ledger::{self, Told};
use desk::{Context, EventId, LetterId, Read};

use super::place::Place;
use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(super) struct Toast {
    pub words: String,
    pub event: EventId,
    /// On the page of this letter; without one, above the list.
    pub letter: Option<LetterId>,
}

/// An event that is none of the viewer's has nothing to say.
pub(super) fn told(r: &mut Read, cx: &Context, place: &Place) -> desk::Result<Option<Told>> {
    let Some(event) = place.done() else { return Ok(None) };
    match ledger::told(r, cx, event) {
        Ok(told) => Ok(Some(told)),
        Err(desk::Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(super) fn toast(shell: &Shell, told: Option<Told>, place: &Place, letter: Option<LetterId>) -> Option<Toast> {
    let words = match told? {
        Told::Released(_) => shell.t("toast-letter-released"),
        Told::ReleasedAll(count) => shell.t1("toast-letters-released", "count", count),
        Told::Dismissed(_) => shell.t1("toast-letters-dismissed", "count", 1_usize),
        Told::DismissedAll(count) => shell.t1("toast-letters-dismissed", "count", count),
        Told::Moved(to) => shell.t1("toast-letter-moved", "number", format!("#{to}")),
    };
    let left = place.left.filter(|left| *left > 0);
    let words = match left {
        Some(left) => format!("{words} {}", shell.t1("toast-letters-left", "count", left)),
        None => words,
    };
    Some(Toast {
        words,
        event: place.done()?,
        letter,
    })
}
