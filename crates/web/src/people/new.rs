//! A new person.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::access::Role;
use desk::people::{self, NewPerson};
use desk::words::Lang;
use desk::{Error, Refusal};
use serde::Deserialize;

use super::edit::plain_field;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    pub name: String,
    pub address: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub job: String,
    #[serde(default)]
    pub site: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub role: String,
}

/// Serves the page of a new person and of one that is changed.
#[derive(Template)]
#[template(path = "people/form.html")]
pub struct Page {
    pub shell: Shell,
    pub fields: Fields,
    pub refusals: Vec<Refusal>,
    /// What cannot be done as things stand.
    pub conflict: Option<&'static str>,
    /// What was typed into the form that merges.
    pub into: String,
    /// The person that is changed; `None` for a new one.
    pub id: Option<i64>,
    pub suspended: bool,
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    let fields = Fields {
        language: staff.seen.viewer.language.to_string(),
        ..Fields::default()
    };
    page(&state, &staff, nonce, fields, Vec::new()).await
}

async fn page(state: &State, staff: &Staff, nonce: Nonce, fields: Fields, refusals: Vec<Refusal>) -> Outcome {
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "people-add", "people").with_counts(counts);
    let status = if refusals.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    respond_with(
        status,
        &Page {
            shell,
            fields,
            refusals,
            conflict: None,
            into: String::new(),
            id: None,
            suspended: false,
        },
    )
}

pub async fn submit(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Form(fields): Form<Fields>) -> Outcome {
    let role = Role::parse(&fields.role).unwrap_or(Role::Requester);
    let mut new = NewPerson::new(&fields.name, &fields.address, role);
    new.language = Lang::parse(&fields.language);
    new.job.clone_from(&fields.job);
    new.site.clone_from(&fields.site);
    new.note.clone_from(&fields.note);
    new.phones = numbers(&fields.phone);
    let cx = staff.cx.clone();
    match state.desk().write(move |tx| people::add(tx, &cx, &new)).await {
        Ok(id) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(Error::Refused(refusals)) => {
            let refusals = refusals.iter().map(plain_field).collect();
            page(&state, &staff, nonce, fields, refusals).await
        }
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

impl Page {
    /// The sentences of the summary, each with the field it leads to; a field that has no place here leads nowhere.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        let here = [
            "name", "address", "phone", "job", "site", "note", "language", "role", "into",
        ];
        let sentence = |r: &Refusal| {
            let field = Some(r.field).filter(|f| here.contains(f)).unwrap_or_default();
            Some((field, self.shell.refusal(std::slice::from_ref(r), r.field)?))
        };
        let refused = self.refusals.iter().filter_map(sentence);
        refused
            .chain(self.conflict.map(|key| ("", self.shell.t(key))))
            .collect()
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }
}

/// Several numbers in one field are separated by commas.
pub fn numbers(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .map(str::to_string)
        .collect()
}
