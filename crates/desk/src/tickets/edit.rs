//! Changing what a ticket is about: subject, impact and urgency, priority by hand, topic, team, language, requester.

use db::{Write, args};
use serde::Deserialize;

use super::change::{Changed, change};
use super::priority::{Impact, Priority, Urgency};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::{OrganizationId, PersonId, TeamId, TicketNumber, TopicId};
use crate::words::Lang;

/// Fields left out stay as they are; `Some(None)` empties one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub subject: Option<String>,
    pub impact: Option<Impact>,
    pub urgency: Option<Urgency>,
    /// `Some(Some(p))` overrides the table; `Some(None)` goes back to it.
    #[serde(default)]
    pub priority: Option<Option<Priority>>,
    #[serde(default)]
    pub topic: Option<Option<TopicId>>,
    #[serde(default)]
    pub team: Option<Option<TeamId>>,
    pub language: Option<Lang>,
    pub requester: Option<PersonId>,
}

pub fn edit(tx: &mut Write, cx: &Context, number: TicketNumber, edit: &Edit) -> Result<Changed> {
    if let Some(subject) = &edit.subject {
        Checks::default().text(subject, 250, "subject").done()?;
    }
    change(tx, cx, number, EventKind::Edited, |tx, ticket| {
        if let Some(subject) = &edit.subject {
            ticket.subject = subject.trim().to_string();
        }
        ticket.impact = edit.impact.unwrap_or(ticket.impact);
        ticket.urgency = edit.urgency.unwrap_or(ticket.urgency);
        ticket.language = edit.language.unwrap_or(ticket.language);
        if let Some(priority) = edit.priority {
            ticket.priority_set = priority.is_some();
            ticket.priority = priority.unwrap_or(ticket.priority);
        }
        if let Some(topic) = edit.topic {
            ticket.topic = known_topic(tx, topic)?;
        }
        if let Some(team) = edit.team {
            let team = known_team(tx, team)?;
            if ticket.team != team {
                // Another team gets it to work on it, not to find it put away.
                ticket.snoozed_until = None;
            }
            ticket.team = team;
        }
        if let Some(requester) = edit.requester {
            let organization = tx.maybe::<Option<OrganizationId>>(
                "SELECT organization FROM person WHERE id = $1 AND merged_into IS NULL",
                &args![requester],
            )?;
            ticket.organization = organization.ok_or(Error::refused("requester", "refused-no-such-person"))?;
            ticket.requester = requester;
        }
        Ok(None)
    })
}

fn known_topic(tx: &mut Write, topic: Option<TopicId>) -> Result<Option<TopicId>> {
    let Some(id) = topic else { return Ok(None) };
    let found: Option<TopicId> = tx.maybe("SELECT id FROM topic WHERE id = $1 AND NOT retired", &args![id])?;
    found.map(Some).ok_or(Error::refused("topic", "refused-no-such-topic"))
}

/// A team the viewer may not look into may still be given work: that is how things reach a private team.
fn known_team(tx: &mut Write, team: Option<TeamId>) -> Result<Option<TeamId>> {
    let Some(id) = team else { return Ok(None) };
    let found: Option<TeamId> = tx.maybe("SELECT id FROM team WHERE id = $1", &args![id])?;
    found.map(Some).ok_or(Error::refused("team", "refused-no-such-team"))
}
