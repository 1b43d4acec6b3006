//! Telling people that a promise is near its end or broken: a letter with the way to the ticket.

use std::sync::LazyLock;

use db::{Read, Write, args};

use crate::access::{Action, Via, may};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId};
use crate::mailboxes::outbox::{self, Notice};
use crate::sign_in;
use crate::tickets::Ticket;
use crate::words::{Catalog, Lang, date_time};

use super::clock::{Moment, Says};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/sla.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/sla.ftl")),
    ])
});

/// Who leads the team of a ticket; nobody where it has none.
pub(crate) fn leads_of(r: &mut Read, team: Option<TeamId>) -> Result<Vec<PersonId>> {
    Ok(r.query(
        "SELECT m.person FROM membership m JOIN person p ON p.id = m.person
         WHERE m.team = $1 AND m.leads AND NOT p.suspended ORDER BY m.person",
        &args![team],
    )?)
}

/// Writes to each of them who may see the ticket.
pub(crate) fn tell(tx: &mut Write, cx: &Context, ticket: &Ticket, moment: &Moment, whom: &[PersonId]) -> Result<()> {
    for person in whom {
        let Some(lang) = reads(tx, *person, ticket)? else {
            continue;
        };
        let about = [
            ("number", ticket.number.to_string().into()),
            ("subject", ticket.subject.as_str().into()),
            ("target", CATALOG.text(lang, target_key(moment), &[]).into()),
            ("due", date_time(lang, moment.due, &cx.house.zone).into()),
        ];
        let late = cx.now > moment.due || moment.says == Says::Breach;
        let (subject, text) = if late {
            ("late-subject", "late-text")
        } else {
            ("near-subject", "near-text")
        };
        let notice = Notice {
            switch_off: None,
            subject: CATALOG.text(lang, subject, &about),
            text: CATALOG.text(lang, text, &about),
            footer: CATALOG.text(lang, "promise-footer", &[]),
            path: format!("/tickets/{}", ticket.number),
        };
        outbox::notice(tx, &cx.house, cx.now, *person, &notice)?;
    }
    Ok(())
}

fn target_key(moment: &Moment) -> &'static str {
    use super::targets::Target;
    match moment.target {
        Target::Reply => "promise-reply",
        Target::Answer => "promise-answer",
        Target::Solve => "promise-solve",
    }
}

/// The language of whoever may see it; a private team's ticket is told to nobody else.
fn reads(r: &mut Read, person: PersonId, ticket: &Ticket) -> Result<Option<Lang>> {
    match sign_in::load_viewer(r, person, Via::Session) {
        Ok(viewer) => Ok(may(&viewer, Action::Inside, ticket).then_some(viewer.language)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
