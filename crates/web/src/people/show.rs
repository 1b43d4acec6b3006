//! One person: how to reach them, what they asked for, who they are here.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::PersonId;
use desk::access::{self, Role};
use desk::people::{self, AddressRow, Person, PhoneRow, RecentTicket};
use desk::tickets::Status;
use desk::titles::{self, Titled};
use serde::Deserialize;

use super::level::{self, Known};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

#[derive(Template)]
#[template(path = "people/show.html")]
struct Page {
    shell: Shell,
    person: Person,
    addresses: Vec<AddressRow>,
    phones: Vec<PhoneRow>,
    tickets: Vec<RecentTicket>,
    /// Records that were merged into this one.
    merged: Vec<Person>,
    /// The one just merged: its Undo is offered.
    just_merged: Option<PersonId>,
    /// What the field calls his work.
    title: Option<Titled>,
    /// A title was just given or taken away: it can be had back.
    titled: Option<i64>,
    /// How far he works alone, for those who may know it.
    level: Option<Known>,
    /// The event that just set it: its Undo is offered.
    level_set: Option<i64>,
}

#[derive(Deserialize)]
pub struct Asked {
    merged: Option<i64>,
    titled: Option<i64>,
    level: Option<i64>,
}

pub async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Outcome {
    let (cx, id) = (staff.cx.clone(), PersonId(id));
    let found = state
        .desk()
        .read(move |r| {
            let person = people::find_visible(r, &cx, id)?;
            let addresses = people::addresses_of(r, &cx, id)?;
            let phones = people::phones_of(r, &cx, id)?;
            let merged = people::merged_into(r, &cx, id)?;
            let tickets = people::recent_tickets(r, &cx, id, 50)?;
            let title = titles::of(r, &cx, id)?;
            let level = level::known(r, &cx, &person)?;
            Ok((person, addresses, phones, tickets, merged, title, level))
        })
        .await;
    let (person, addresses, phones, tickets, merged, title, level) =
        found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    if let Some(kept) = person.merged_into {
        return Ok(Redirect::to(&format!("/people/{kept}")).into_response());
    }
    let counts = counts(state.desk(), &staff.cx).await?;
    let name = person.name.clone();
    let shell = Shell::desk(&state, &staff.seen, nonce, "people-title", "people")
        .with_counts(counts)
        .titled(name);
    respond(&Page {
        shell,
        person,
        addresses,
        phones,
        tickets,
        just_merged: asked
            .merged
            .map(PersonId)
            .filter(|id| merged.iter().any(|m| m.id == *id)),
        merged,
        title,
        titled: asked.titled,
        level_set: asked.level.filter(|_| level.is_some_and(|known| known.may_set)),
        level,
    })
}

impl Page {
    /// Whose work has a title, and who gives it.
    fn may_title(&self) -> bool {
        let leads = self
            .shell
            .seen
            .as_ref()
            .is_some_and(|seen| access::may_lead(&seen.viewer));
        leads && self.person.role > Role::Requester
    }

    /// The words of a title, and the language they are in.
    fn title_words(&self, title: &Titled) -> (String, &'static str) {
        let (words, lang) = title.said(self.shell.lang);
        (words, lang.tag())
    }

    fn may_change(&self) -> bool {
        self.person.role == Role::Requester || self.shell.is_admin()
    }
}

/// The key of a role's word.
pub fn role_key(role: &Role) -> String {
    format!("role-{role}")
}

/// The key of a status's word.
pub fn status_key(status: &Status) -> String {
    format!("status-{status}")
}
