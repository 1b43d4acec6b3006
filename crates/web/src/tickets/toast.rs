//! What was just done, with an Undo where there is one.

use desk::events::{Event, EventKind};

use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(crate) struct Toast {
    pub words: String,
    pub number: i64,
    pub event: i64,
    pub undoable: bool,
}

pub(crate) fn toast(shell: &Shell, event: &Event) -> Option<Toast> {
    let number = event.ticket?.0;
    let key = key_of(event)?;
    // Unlinking keeps the kind of the link; without it there is nothing to put back.
    let undoable = event.kind != EventKind::Unlinked || event.data.is_some();
    Some(Toast {
        words: shell.t1(key, "number", format!("#{number}")),
        number,
        event: event.id.0,
        undoable,
    })
}

fn key_of(event: &Event) -> Option<&'static str> {
    Some(match event.kind {
        EventKind::Replied => "toast-replied",
        EventKind::ReviewAsked => "toast-review-asked",
        EventKind::ReplyResent => "toast-resent",
        EventKind::ReplyPlanned => "toast-planned",
        EventKind::ReplyUnplanned => "toast-unplanned",
        EventKind::Noted => "toast-noted",
        EventKind::Called => "toast-called",
        EventKind::Visited => "toast-visited",
        EventKind::Assigned if event.subject.is_none() => "toast-released",
        EventKind::Assigned => "toast-assigned",
        EventKind::Pended => "toast-pended",
        EventKind::Held => "toast-held",
        EventKind::Resumed => "toast-resumed",
        EventKind::Snoozed => "toast-snoozed",
        EventKind::Woken => "toast-woken",
        EventKind::Solved => "toast-solved",
        EventKind::Reopened => "toast-reopened",
        EventKind::Closed => "toast-closed",
        EventKind::Merged => "toast-merged",
        EventKind::Split => "toast-split",
        EventKind::LetterMoved => "toast-letter-moved-off",
        EventKind::Unmerged => "toast-unmerged",
        EventKind::Linked | EventKind::ProblemLinked => "toast-linked",
        EventKind::Unlinked | EventKind::ProblemUnlinked => "toast-unlinked",
        EventKind::SuggestionUsed => "toast-suggestion-used",
        EventKind::SuggestionDismissed => "toast-suggestion-aside",
        EventKind::Watched => "toast-watched",
        EventKind::Unwatched => "toast-unwatched",
        EventKind::Edited | EventKind::Filled => "toast-edited",
        EventKind::Escalated | EventKind::EscalationAccepted | EventKind::EscalationReturned => "saved",
        EventKind::Tagged => "toast-tagged",
        EventKind::Untagged => "toast-untagged",
        EventKind::StepAdded => "toast-step-added",
        EventKind::StepChanged => "toast-step-changed",
        EventKind::StepTicked => "toast-step-ticked",
        EventKind::StepUnticked => "toast-step-unticked",
        EventKind::StepMoved => "toast-step-moved",
        EventKind::StepRemoved => "toast-step-removed",
        EventKind::TimeLogged => "toast-time-logged",
        EventKind::TimeChanged => "toast-time-changed",
        EventKind::TimeRemoved => "toast-time-removed",
        _ => return None,
    })
}
