//! Approval: somebody asks, another person says yes or no. A change of high risk is approved by a supervisor, an
//! administrator, or whoever answers for a service it touches; one of less by any colleague. Nobody approves what he has
//! a part in.

use db::{Read, Write};

use super::change::{Change, Risk, State};
use super::edit::{Recorded, alter};
use super::open::not_now;
use crate::access::{self, Role, Viewer};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::EventKind;
use crate::ids::{ChangeNumber, ServiceId};
use crate::services;

/// Of a change that carries a risk, the way back and the time are said before anybody is asked.
pub fn ask(tx: &mut Write, cx: &Context, number: ChangeNumber) -> Result<Recorded> {
    alter(tx, cx, number, EventKind::ChangeMoved, |_, change| {
        if change.state != State::Draft {
            return not_now();
        }
        let risky = change.risk >= Risk::Medium;
        Checks::default()
            .check(
                !risky || !change.back_out.trim().is_empty(),
                "back_out",
                "refused-back-out",
            )
            .check(!risky || change.begins_at.is_some(), "begins_at", "refused-moment")
            .done()?;
        change.state = State::Asked;
        change.asked_by = Some(cx.viewer.person);
        Ok(())
    })
}

pub fn approve(tx: &mut Write, cx: &Context, number: ChangeNumber, words: &str) -> Result<Recorded> {
    decide(tx, cx, number, State::Approved, words)
}

/// With words: whoever asked must know what to do otherwise.
pub fn refuse(tx: &mut Write, cx: &Context, number: ChangeNumber, words: &str) -> Result<Recorded> {
    Checks::default().text(words, 5000, "decision").done()?;
    decide(tx, cx, number, State::Refused, words)
}

fn decide(tx: &mut Write, cx: &Context, number: ChangeNumber, to: State, words: &str) -> Result<Recorded> {
    Checks::default().at_most(words, 5000, "decision").done()?;
    let recorded = alter(tx, cx, number, EventKind::ChangeMoved, |tx, change| {
        if change.state != State::Asked {
            return not_now();
        }
        let answered = services_of(tx, cx)?;
        may_decide(&cx.viewer, change, &answered)?;
        change.state = to;
        (change.decided_by, change.decided_at) = (Some(cx.viewer.person), Some(cx.now));
        change.decision = words.trim().to_string();
        Ok(())
    })?;
    let action = if to == State::Approved {
        "change-approve"
    } else {
        "change-refuse"
    };
    let subject = format!("change {}", number.shown());
    access::audit(tx, cx.now, Some(cx.viewer.person), action, &subject, words.trim())?;
    Ok(recorded)
}

/// The services the viewer answers for.
pub(super) fn services_of(r: &mut Read, cx: &Context) -> Result<Vec<ServiceId>> {
    let lines = services::list(r, cx, cx.viewer.language, true)?;
    let own = lines
        .into_iter()
        .filter(|line| line.service.owner == Some(cx.viewer.person));
    Ok(own.map(|line| line.service.id).collect())
}

/// Whether this viewer may say yes or no; `answered` are the services he answers for.
pub(super) fn may_decide(viewer: &Viewer, change: &Change, answered: &[ServiceId]) -> Result<()> {
    if change.is_party(viewer.person) {
        return Err(Error::Conflict("conflict-own-change"));
    }
    let answers = change.services.iter().any(|service| answered.contains(service));
    if change.risk == Risk::High && viewer.role < Role::Supervisor && !answers {
        return Err(Error::Conflict("conflict-change-senior"));
    }
    Ok(())
}
