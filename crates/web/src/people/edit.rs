//! Changing a person; two records of one human into one; coming and going.

use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::access::Role;
use desk::people::{self, EditPerson, Person};
use desk::words::Lang;
use desk::{Context, Error, PersonId, Refusal, Write};
use serde::Deserialize;

use super::new::{Fields, Page, numbers};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    let (person, fields) = load(&state, &staff, PersonId(id)).await?;
    page(&state, &staff, nonce, &person, fields, Vec::new()).await
}

async fn load(state: &State, staff: &Staff, id: PersonId) -> Result<(Person, Fields), Oops> {
    let cx = staff.cx.clone();
    let found = state
        .desk()
        .read(move |r| {
            let person = people::find_visible(r, &cx, id)?;
            let addresses = people::addresses_of(r, &cx, id)?;
            Ok((person, addresses, people::phones_of(r, &cx, id)?))
        })
        .await;
    let (person, addresses, phones) = found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let joined = |list: Vec<String>| list.join(", ");
    let fields = Fields {
        name: person.name.clone(),
        address: joined(addresses.into_iter().map(|a| a.address).collect()),
        phone: joined(phones.into_iter().map(|p| p.number).collect()),
        job: person.job.clone(),
        site: person.site.clone(),
        note: person.note.clone(),
        language: person.language.to_string(),
        role: person.role.to_string(),
    };
    Ok((person, fields))
}

async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    person: &Person,
    fields: Fields,
    refusals: Vec<Refusal>,
) -> Outcome {
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "people-title", "people")
        .with_counts(counts)
        .titled(person.name.clone());
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
            id: Some(person.id.0),
            suspended: person.suspended,
        },
    )
}

pub async fn submit(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let edit = EditPerson {
        name: Some(fields.name.clone()),
        language: Lang::parse(&fields.language),
        job: Some(fields.job.clone()),
        site: Some(fields.site.clone()),
        note: Some(fields.note.clone()),
        addresses: Some(numbers(&fields.address)),
        phones: Some(numbers(&fields.phone)),
        ..EditPerson::default()
    };
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| people::edit(tx, &cx, PersonId(id), &edit))
        .await;
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(Error::Refused(refusals)) => {
            let refusals = refusals.iter().map(plain_field).collect();
            let (person, _) = load(&state, &staff, PersonId(id)).await?;
            page(&state, &staff, nonce, &person, fields, refusals).await
        }
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

/// The verb speaks of all addresses and numbers, the form of one field each.
fn plain_field(refusal: &Refusal) -> Refusal {
    let field = match refusal.field {
        "addresses" => "address",
        "phones" => "phone",
        other => other,
    };
    Refusal {
        field,
        ..refusal.clone()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeFields {
    into: String,
}

pub async fn merge(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<MergeFields>,
) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| {
            let into = people::by_address(tx, &fields.into)?.ok_or(Error::refused("into", "refused-no-such-person"))?;
            people::merge(tx, &cx, PersonId(id), into)?;
            Ok(into)
        })
        .await;
    match done {
        Ok(into) => Ok(Redirect::to(&format!("/people/{into}")).into_response()),
        Err(Error::Refused(refusals)) => {
            let (person, kept) = load(&state, &staff, PersonId(id)).await?;
            page(&state, &staff, nonce, &person, kept, refusals).await
        }
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

pub async fn unmerge(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    act(&state, &staff, id, move |tx, cx| {
        people::unmerge(tx, cx, PersonId(id)).map(|_| ())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleField {
    role: String,
}

pub async fn role(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(field): Form<RoleField>,
) -> Outcome {
    act(&state, &staff, id, move |tx, cx| {
        let role = Role::parse(&field.role).ok_or(Error::refused("role", "refused-role"))?;
        people::change_role(tx, cx, PersonId(id), role).map(|_| ())
    })
    .await
}

pub async fn suspend(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    act(&state, &staff, id, move |tx, cx| {
        people::suspend(tx, cx, PersonId(id)).map(|_| ())
    })
    .await
}

pub async fn unsuspend(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    act(&state, &staff, id, move |tx, cx| {
        people::unsuspend(tx, cx, PersonId(id)).map(|_| ())
    })
    .await
}

async fn act(
    state: &State,
    staff: &Staff,
    id: i64,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let cx = staff.cx.clone();
    let done = state.desk().write(move |tx| deed(tx, &cx)).await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}
