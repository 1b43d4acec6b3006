//! One organization, and a new one.

use askama::Template;
use axum::extract::{Form, Path};
use desk::organizations::{self, EditOrganization, NewOrganization, Organization};
use desk::people::Person;
use desk::{Error, OrganizationId};
use serde::Deserialize;

use super::super::door::Frame;
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const LIST: &str = "/admin/organizations";

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

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    page(&visit, None, Some(Fields::default()), None).await
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let new = NewOrganization {
        name: fields.name.clone(),
        domain: fields.domain(),
        shares_requests: fields.shares_requests.is_some(),
        note: fields.note.clone(),
    };
    let again = |error| page(&visit, None, Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| organizations::add(tx, cx, &new), again)
        .await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, Some(OrganizationId(id)), None, None).await
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let id = OrganizationId(id);
    let edit = EditOrganization {
        name: Some(fields.name.clone()),
        domain: Some(fields.domain()),
        shares_requests: Some(fields.shares_requests.is_some()),
        note: Some(fields.note.clone()),
    };
    let again = |error| page(&visit, Some(id), Some(fields), Some(error));
    visit
        .save(LIST, move |tx, cx| organizations::edit(tx, cx, id, &edit), again)
        .await
}

async fn page(visit: &Visit, id: Option<OrganizationId>, typed: Option<Fields>, error: Option<Error>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let Some(id) = id else { return Ok(None) };
        let one = organizations::find(r, cx, id)?;
        Ok(Some((one, organizations::people_of(r, cx, id, None)?)))
    });
    let found = read.await?;
    let (mut shell, frame) = visit.open("organization-add", LIST, error).await?;
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
