//! What happened with a problem, one sentence a line.

use std::collections::BTreeMap;

use desk::events::{Event, EventKind};
use desk::words::Arg;
use desk::{Context, Error, PersonId, Read, Result, Time, people};

use crate::layout::Shell;
use crate::words;

pub(crate) struct LineView {
    pub words: String,
    pub at: Time,
}

/// The names of those who did it; the desk itself acts under no person's number.
pub(super) fn names(r: &mut Read, cx: &Context, events: &[Event]) -> Result<BTreeMap<PersonId, String>> {
    let mut names = BTreeMap::new();
    for id in events.iter().filter_map(|event| event.actor) {
        if names.contains_key(&id) {
            continue;
        }
        match people::find_visible(r, cx, id) {
            Ok(person) => drop(names.insert(id, person.name)),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(names)
}

pub(super) fn lines(shell: &Shell, events: &[Event], names: &BTreeMap<PersonId, String>) -> Vec<LineView> {
    let line = |event: &Event| {
        let key = key_of(event.kind)?;
        let name = match event.actor {
            Some(id) if id.0 == shell.me() => shell.t("you-subject"),
            Some(id) => names.get(&id).cloned().unwrap_or_else(|| shell.desk_name.clone()),
            None => shell.desk_name.clone(),
        };
        let number = event.ticket.map(|n| format!("#{n}")).unwrap_or_default();
        let args = [("name", Arg::Owned(name)), ("number", Arg::Owned(number))];
        Some(LineView {
            words: words::text(shell.lang, key, &args),
            at: event.at,
        })
    };
    events.iter().filter_map(line).collect()
}

fn key_of(kind: EventKind) -> Option<&'static str> {
    Some(match kind {
        EventKind::ProblemOpened => "problem-line-opened",
        EventKind::ProblemEdited => "problem-line-edited",
        EventKind::ProblemKnown => "problem-line-known",
        EventKind::ProblemFixFound => "problem-line-fix",
        EventKind::ProblemSolved => "problem-line-solved",
        EventKind::ProblemReopened => "problem-line-reopened",
        EventKind::ProblemClosed => "problem-line-closed",
        EventKind::ProblemLinked => "problem-line-linked",
        EventKind::ProblemUnlinked => "problem-line-unlinked",
        EventKind::ProblemUndone => "problem-line-undone",
        _ => return None,
    })
}

/// What the toast says of it.
pub(super) fn toast_of(kind: EventKind) -> Option<&'static str> {
    Some(match kind {
        EventKind::ProblemEdited => "toast-problem-edited",
        EventKind::ProblemKnown => "toast-problem-known",
        EventKind::ProblemFixFound => "toast-problem-fix",
        EventKind::ProblemSolved => "toast-problem-solved",
        EventKind::ProblemReopened => "toast-problem-reopened",
        EventKind::ProblemClosed => "toast-problem-closed",
        EventKind::ProblemLinked => "toast-problem-linked",
        EventKind::ProblemUnlinked => "toast-problem-unlinked",
        _ => return None,
    })
}
