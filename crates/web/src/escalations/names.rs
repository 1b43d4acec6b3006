//! The names these pages need, and how an escalation is marked.

use std::collections::BTreeMap;

use desk::escalations::{Escalation, Group, State, To};
use desk::words::Lang;
use desk::{Context, PersonId, Read, TeamId, teams, tickets};

use crate::layout::Shell;

#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    teams: BTreeMap<TeamId, String>,
    people: BTreeMap<PersonId, String>,
}

impl Names {
    pub(crate) fn of(
        r: &mut Read,
        cx: &Context,
        lang: Lang,
        people: impl IntoIterator<Item = PersonId>,
    ) -> desk::Result<Names> {
        let all = teams::list(r, cx)?;
        let people = tickets::contacts(r, people)?;
        Ok(Names {
            teams: all
                .into_iter()
                .map(|team| (team.id, team.name(lang).to_string()))
                .collect(),
            people: people.into_iter().map(|(id, contact)| (id, contact.name)).collect(),
        })
    }

    pub(crate) fn person(&self, shell: &Shell, id: &PersonId) -> String {
        self.people.get(id).cloned().unwrap_or_else(|| shell.desk_name.clone())
    }

    pub(crate) fn team(&self, id: &TeamId) -> String {
        self.teams.get(id).cloned().unwrap_or_default()
    }

    pub(crate) fn to(&self, shell: &Shell, to: Option<To>) -> String {
        match to {
            Some(To::Team(team)) => self.team(&team),
            Some(To::Group(group)) => group_name(shell, group),
            Some(To::Supervisor(person)) => self.person(shell, &person),
            None => String::new(),
        }
    }
}

pub(crate) fn group_name(shell: &Shell, group: Group) -> String {
    group.name(shell.lang)
}

/// Everybody an escalation names.
pub(crate) fn people_of(escalation: &Escalation) -> Vec<PersonId> {
    let named = [escalation.to_person, escalation.contact, escalation.taken_by];
    named.into_iter().flatten().chain([escalation.sent_by]).collect()
}

/// The class, the icon and the words of a state.
pub(crate) fn state(shell: &Shell, state: State) -> (&'static str, &'static str, String) {
    let (class, icon) = match state {
        State::Waiting => ("is-soon", "hourglass"),
        State::Accepted => ("is-open", "hand"),
        State::Returned => ("is-late", "undo-2"),
        State::Withdrawn => ("", "rotate-ccw"),
    };
    (class, icon, shell.t(&format!("escalation-state-{state}")))
}
