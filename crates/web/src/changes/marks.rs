//! How a change is marked on every page: its state, its risk, when, and the names of what it touches.

use std::collections::BTreeMap;

use desk::changes::{Change, Risk, State, Touch};
use desk::words::Lang;
use desk::{Context, PersonId, Read, ServiceId, services, tickets};

use crate::layout::Shell;

/// The names these pages need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) services: BTreeMap<ServiceId, String>,
    pub(crate) people: BTreeMap<PersonId, String>,
}

impl Names {
    pub(crate) fn of<'c>(
        r: &mut Read,
        cx: &Context,
        lang: Lang,
        changes: impl IntoIterator<Item = &'c Change>,
    ) -> desk::Result<Names> {
        let all = services::list(r, cx, lang, true)?;
        let services = all
            .into_iter()
            .map(|line| (line.service.id, line.service.name.of(lang).to_string()));
        let people = changes.into_iter().flat_map(|change| {
            [
                Some(change.owner),
                change.asked_by,
                change.decided_by,
                Some(change.opened_by),
            ]
        });
        let people = tickets::contacts(r, people.flatten())?;
        Ok(Names {
            services: services.collect(),
            people: people.into_iter().map(|(id, contact)| (id, contact.name)).collect(),
        })
    }

    pub(crate) fn person(&self, shell: &Shell, id: &PersonId) -> String {
        self.people.get(id).cloned().unwrap_or_else(|| shell.desk_name.clone())
    }

    /// Services, devices and site, in one line.
    pub(crate) fn touched(&self, change: &Change) -> String {
        let services = change.services.iter().filter_map(|id| self.services.get(id).cloned());
        let site = Some(change.site.clone()).filter(|site| !site.is_empty());
        let all: Vec<String> = services.chain(change.devices.iter().cloned()).chain(site).collect();
        all.join(", ")
    }
}

/// The class, the icon and the words of a state.
pub(crate) fn state(shell: &Shell, state: State) -> (&'static str, &'static str, String) {
    let (class, icon) = match state {
        State::Draft => ("", "pencil"),
        State::Asked => ("is-soon", "hand"),
        State::Approved => ("is-open", "shield-check"),
        State::Refused => ("is-late", "x"),
        State::InProgress => ("is-open", "wrench"),
        State::Done => ("is-ok", "check"),
        State::Failed => ("is-late", "triangle-alert"),
        State::BackedOut => ("is-wait", "undo-2"),
    };
    (class, icon, shell.t(&format!("change-state-{state}")))
}

pub(crate) fn risk(shell: &Shell, risk: Risk) -> String {
    shell.t(&format!("change-risk-{risk}"))
}

/// From when to when, as it was or as planned.
pub(crate) fn when(shell: &Shell, change: &Change) -> String {
    let (from, to) = (change.from_at(), change.to_at());
    if from == to {
        return shell.date_time(&from);
    }
    shell.t2(
        "change-from-to",
        "from",
        shell.date_time(&from),
        "to",
        shell.date_time(&to),
    )
}

pub(crate) fn touches(shell: &Shell, touches: &[Touch]) -> String {
    let words: Vec<String> = touches
        .iter()
        .map(|touch| shell.t(&format!("change-touch-{touch}")))
        .collect();
    words.join(", ")
}
