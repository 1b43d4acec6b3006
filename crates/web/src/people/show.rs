//! One person: how to reach them, what they asked for, who they are here.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::PersonId;
use desk::access::Role;
use desk::people::{self, AddressRow, Person, PhoneRow, RecentTicket};
use desk::tickets::Status;

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
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    let (cx, id) = (staff.cx.clone(), PersonId(id));
    let found = state
        .desk()
        .read(move |r| {
            let person = people::find_visible(r, &cx, id)?;
            let addresses = people::addresses_of(r, &cx, id)?;
            let phones = people::phones_of(r, &cx, id)?;
            Ok((person, addresses, phones, people::recent_tickets(r, &cx, id, 50)?))
        })
        .await;
    let (person, addresses, phones, tickets) =
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
    })
}

impl Page {
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
