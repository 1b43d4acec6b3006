//! What reading found in a letter, as marks beside it: sealed, an invitation, a report, files, something wrong.

use desk::mailboxes::Findings;
use desk::mailboxes::ledger::Entry;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub icon: &'static str,
    pub key: &'static str,
    /// Somebody should look.
    pub warns: bool,
}

const fn mark(icon: &'static str, key: &'static str) -> Mark {
    Mark {
        icon,
        key,
        warns: false,
    }
}

pub(super) fn marks(entry: &Entry) -> Vec<Mark> {
    let found = Findings::read(&entry.findings);
    let mut marks = Vec::new();
    match &found.sealed {
        Some(sealed) if sealed.encrypted => marks.push(mark("lock", "mark-encrypted")),
        Some(_) => marks.push(mark("shield-check", "mark-signed")),
        None => {}
    }
    if found.invitation.is_some() {
        marks.push(mark("clock", "mark-invitation"));
    }
    if !found.returned.is_empty() || found.complaint.is_some() {
        marks.push(mark("info", "mark-report"));
    }
    if found.forwarded.is_some() {
        marks.push(mark("send", "mark-forwarded"));
    }
    if !entry.files().is_empty() {
        marks.push(mark("paperclip", "mark-files"));
    }
    if !found.defects.is_empty() || !entry.defects.is_empty() {
        marks.push(Mark {
            warns: true,
            ..mark("triangle-alert", "mark-defects")
        });
    }
    marks
}
