//! What the facts of a ticket say of its escalations: fetched with what changed before it broke.

use desk::escalations::{self, Escalation, State};
use desk::{Context, Read, TicketNumber};

use super::names::{self, Names, people_of};
use crate::layout::Shell;

/// The last escalation of a ticket, and who stays its requester's contact.
#[derive(Clone, Debug, Default)]
pub(crate) struct Handed {
    last: Option<Escalation>,
    names: Names,
    pub(crate) contact: Option<String>,
}

pub(crate) fn handed(r: &mut Read, cx: &Context, number: TicketNumber) -> desk::Result<Handed> {
    let last = escalations::of_ticket(r, cx, number)?.into_iter().next();
    Ok(Handed {
        names: Names::of(r, cx, cx.viewer.language, last.iter().flat_map(people_of))?,
        contact: escalations::contact_of(r, cx, number)?,
        last,
    })
}

/// One line of them, as the template writes it.
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) shown: String,
    pub(crate) to: String,
    pub(crate) class: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) state: String,
}

impl Handed {
    pub(crate) fn told(&self, shell: &Shell) -> Option<Told> {
        let last = self.last.as_ref()?;
        let (class, icon, state) = names::state(shell, last.state);
        Some(Told {
            id: last.id.to_string(),
            shown: last.id.shown(),
            to: self.names.to(shell, last.to()),
            class,
            icon,
            state,
        })
    }

    /// Nobody is to answer one that was handed over already.
    pub(crate) fn is_free(&self) -> bool {
        self.last.as_ref().is_none_or(|last| last.state != State::Waiting)
    }
}
