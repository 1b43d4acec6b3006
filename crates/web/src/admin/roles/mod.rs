//! `/admin/roles`: what each role may do, in plain words; who has it; and giving somebody another one.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use desk::access::Role;
use desk::people::{self, ListPeople, Person};
use desk::{Error, PersonId};
use serde::Deserialize;

use super::door::{Admin, Frame, Undo, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::people::role_key;
use crate::state::State;

/// Of one role, on this page; the list of people has them all.
const SHOWN: i64 = 200;

#[derive(Template)]
#[template(path = "admin/roles/roles.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    /// The roles of staff, with who has them.
    roles: Vec<(Role, Vec<Person>)>,
    /// Whose new role was refused, and which one that was.
    refused: Option<(PersonId, String)>,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// Who has just been given another role, and which one he had.
    person: Option<i64>,
    #[serde(default)]
    was: String,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    page(&state, &admin, nonce, asked, None).await
}

async fn page(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    asked: Asked,
    refused: Option<(PersonId, String, Error)>,
) -> Outcome {
    let cx = admin.cx.clone();
    let changed = asked.person.map(PersonId);
    let read = state.desk().read(move |r| {
        let mut of = |role: &Role| {
            let wanted = ListPeople {
                role: Some(*role),
                limit: SHOWN,
                ..ListPeople::default()
            };
            Ok((*role, people::list(r, &cx, &wanted)?.people))
        };
        let staff = [Role::Technician, Role::Supervisor, Role::Admin];
        let roles: desk::Result<Vec<_>> = staff.iter().map(&mut of).collect();
        let changed = changed.map(|id| people::find_visible(r, &cx, id)).transpose();
        Ok((roles?, changed.unwrap_or_default()))
    });
    let (roles, changed) = read.await?;
    let (shell, mut frame) = admin.open(state, nonce, "admin-nav-roles", "/admin/roles").await?;
    frame.undo = changed.and_then(|person| undo(&shell, &person, &asked.was));
    let mut kept = None;
    if let Some((id, role, error)) = refused {
        frame.refuse(&shell, error)?;
        kept = Some((id, role));
    }
    let page = Page {
        shell,
        frame,
        roles,
        refused: kept,
    };
    respond_with(page.frame.status, &page)
}

fn undo(shell: &Shell, person: &Person, was: &str) -> Option<Undo> {
    let was = Role::parse(was)?;
    let now = shell.t(&role_key(&person.role));
    Some(Undo {
        words: shell.t2("role-changed", "name", person.name.as_str(), "role", now),
        action: format!("/admin/roles/{}", person.id),
        fields: vec![("role", was.to_string())],
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    role: String,
}

pub(super) async fn change(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, wanted, id) = (admin.cx.clone(), fields.role.clone(), PersonId(id));
    let done = state.desk().write(move |tx| {
        let role = Role::parse(&wanted).ok_or(Error::refused("role", "refused-role"))?;
        let was = people::find_visible(tx, &cx, id)?.role;
        people::change_role(tx, &cx, id, role)?;
        Ok(was)
    });
    match done.await {
        Ok(was) => to(&format!("/admin/roles?person={id}&was={was}")),
        Err(error) => {
            let refused = Some((id, fields.role, at_role(error)));
            page(&state, &admin, nonce, Asked::default(), refused).await
        }
    }
}

/// An address is what is missing, but the choice of the role is where one stands.
fn at_role(error: Error) -> Error {
    match error {
        Error::Refused(mut all) => {
            for refusal in all.iter_mut().filter(|r| r.field == "address") {
                (refusal.field, refusal.key) = ("role", "refused-role-address");
            }
            Error::Refused(all)
        }
        other => other,
    }
}

impl Page {
    fn role(&self, role: &Role) -> String {
        self.shell.t(&role_key(role))
    }

    fn may(&self, role: &Role) -> String {
        self.shell.t(&format!("may-{role}"))
    }

    fn was_refused(&self, person: &Person) -> bool {
        self.refused.as_ref().is_some_and(|(id, _)| *id == person.id)
    }

    /// What the list shows as chosen: what was asked for, when that was refused.
    fn chosen(&self, person: &Person, role: &Role) -> bool {
        match &self.refused {
            Some((id, asked)) if *id == person.id => role.as_str() == asked,
            _ => person.role == *role,
        }
    }
}
