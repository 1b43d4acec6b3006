//! One organization, and a new one.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use desk::organizations::{self, EditOrganization, NewOrganization, Organization};
use desk::people::Person;
use desk::{Error, OrganizationId};
use serde::Deserialize;

use super::super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    name: String,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    shares_requests: Option<String>,
}

impl Fields {
    fn of(one: Organization) -> Fields {
        Fields {
            name: one.name,
            domain: one.domain.unwrap_or_default(),
            note: one.note,
            shares_requests: one.shares_requests.then(String::new),
        }
    }

    fn domain(&self) -> Option<String> {
        Some(self.domain.trim().to_string()).filter(|domain| !domain.is_empty())
    }
}

#[derive(Template)]
#[template(path = "admin/organizations/form.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    /// The organization that is changed; `None` for a new one.
    id: Option<OrganizationId>,
    /// The first of its people, by name.
    people: Vec<Person>,
    more: bool,
}

pub(in crate::admin) async fn blank(Extract(state): Extract<State>, admin: Admin, nonce: Nonce) -> Outcome {
    page(&state, &admin, nonce, None, Some(Fields::default()), None).await
}

pub(in crate::admin) async fn add(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let cx = admin.cx.clone();
    let new = NewOrganization {
        name: fields.name.clone(),
        domain: fields.domain(),
        shares_requests: fields.shares_requests.is_some(),
        note: fields.note.clone(),
    };
    match state.desk().write(move |tx| organizations::add(tx, &cx, &new)).await {
        Ok(_) => to("/admin/organizations?saved=true"),
        Err(error) => page(&state, &admin, nonce, None, Some(fields), Some(error)).await,
    }
}

pub(in crate::admin) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    page(&state, &admin, nonce, Some(OrganizationId(id)), None, None).await
}

pub(in crate::admin) async fn edit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, id) = (admin.cx.clone(), OrganizationId(id));
    let edit = EditOrganization {
        name: Some(fields.name.clone()),
        domain: Some(fields.domain()),
        shares_requests: Some(fields.shares_requests.is_some()),
        note: Some(fields.note.clone()),
    };
    let done = state
        .desk()
        .write(move |tx| organizations::edit(tx, &cx, id, &edit))
        .await;
    match done {
        Ok(_) => to("/admin/organizations?saved=true"),
        Err(error) => page(&state, &admin, nonce, Some(id), Some(fields), Some(error)).await,
    }
}

async fn page(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: Option<OrganizationId>,
    typed: Option<Fields>,
    error: Option<Error>,
) -> Outcome {
    let cx = admin.cx.clone();
    let read = state.desk().read(move |r| {
        let Some(id) = id else { return Ok(None) };
        let one = organizations::find(r, &cx, id)?;
        Ok(Some((one, organizations::people_of(r, &cx, id, None)?)))
    });
    let found = read.await.map_err(|e| admin.oops(e))?;
    let (mut shell, mut frame) = admin
        .open(state, nonce, "organization-add", "/admin/organizations")
        .await?;
    if let Some(error) = error {
        frame.refuse(&shell, error)?;
    }
    let (mut fields, mut people, mut more) = (Fields::default(), Vec::new(), false);
    if let Some((one, members)) = found {
        shell = shell.titled(one.name.clone());
        fields = Fields::of(one);
        (people, more) = (members.people, members.next.is_some());
    }
    let page = Page {
        shell,
        frame,
        fields: typed.unwrap_or(fields),
        id,
        people,
        more,
    };
    respond_with(page.frame.status, &page)
}
