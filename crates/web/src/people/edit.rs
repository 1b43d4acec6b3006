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
    page(&state, &staff, nonce, &person, fields, Back::default()).await
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

/// What comes back with a form that was not taken.
#[derive(Default)]
struct Back {
    refusals: Vec<Refusal>,
    /// What cannot be done as things stand.
    conflict: Option<&'static str>,
    /// The address typed into the form that merges.
    into: String,
}

/// The page again: what was wrong at its field, and nothing that was typed is cleared.
async fn again(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    id: PersonId,
    error: Error,
    typed: impl FnOnce(&mut Fields, &mut Back),
) -> Outcome {
    let mut back = match error {
        Error::Refused(refusals) => Back {
            refusals: refusals.iter().map(plain_field).collect(),
            ..Back::default()
        },
        Error::Conflict(key) => Back {
            conflict: Some(key),
            ..Back::default()
        },
        other => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let (person, mut fields) = load(state, staff, id).await?;
    typed(&mut fields, &mut back);
    page(state, staff, nonce, &person, fields, back).await
}

async fn page(state: &State, staff: &Staff, nonce: Nonce, person: &Person, fields: Fields, back: Back) -> Outcome {
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "people-title", "people")
        .with_counts(counts)
        .titled(person.name.clone());
    let status = match (back.conflict, back.refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    respond_with(
        status,
        &Page {
            shell,
            fields,
            refusals: back.refusals,
            conflict: back.conflict,
            into: back.into,
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
        Err(refused) => {
            // The role has a form of its own.
            let typed = |now: &mut Fields, _: &mut Back| {
                *now = Fields {
                    role: std::mem::take(&mut now.role),
                    ..fields
                }
            };
            again(&state, &staff, nonce, PersonId(id), refused, typed).await
        }
    }
}

/// The verb speaks of all addresses and numbers, the form of one field each.
pub(super) fn plain_field(refusal: &Refusal) -> Refusal {
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
    let (cx, typed) = (staff.cx.clone(), fields.into.clone());
    let done = state
        .desk()
        .write(move |tx| {
            let into = people::by_address(tx, &fields.into)?.ok_or(Error::refused("into", "refused-no-such-person"))?;
            people::merge(tx, &cx, PersonId(id), into)?;
            Ok(into)
        })
        .await;
    match done {
        Ok(into) => Ok(Redirect::to(&format!("/people/{into}?merged={id}")).into_response()),
        Err(refused) => {
            let keep = |_: &mut Fields, back: &mut Back| {
                back.into = typed;
                // Whose addresses may not be moved is said where the other one is named.
                for refusal in back.refusals.iter_mut().filter(|r| r.field == "address") {
                    refusal.field = "into";
                }
            };
            again(&state, &staff, nonce, PersonId(id), refused, keep).await
        }
    }
}

/// Undoes a merge: the record stands by itself again.
pub async fn unmerge(Extract(state): Extract<State>, staff: Staff, Path(id): Path<i64>) -> Outcome {
    let cx = staff.cx.clone();
    let done = state
        .desk()
        .write(move |tx| people::unmerge(tx, &cx, PersonId(id)))
        .await;
    done.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleField {
    role: String,
}

pub async fn role(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(field): Form<RoleField>,
) -> Outcome {
    let (cx, wanted) = (staff.cx.clone(), field.role.clone());
    let write = state.desk().write(move |tx| {
        let role = Role::parse(&wanted).ok_or(Error::refused("role", "refused-role"))?;
        people::change_role(tx, &cx, PersonId(id), role)
    });
    match write.await {
        Ok(_) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(refused) => {
            let typed = |now: &mut Fields, back: &mut Back| {
                now.role = field.role;
                // An address is what is missing, but the form of the role is where one stands.
                for refusal in back.refusals.iter_mut().filter(|r| r.field == "address") {
                    (refusal.field, refusal.key) = ("role", "refused-role-address");
                }
            };
            again(&state, &staff, nonce, PersonId(id), refused, typed).await
        }
    }
}

pub async fn suspend(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    act(&state, &staff, nonce, id, move |tx, cx| {
        people::suspend(tx, cx, PersonId(id)).map(|_| ())
    })
    .await
}

pub async fn unsuspend(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    act(&state, &staff, nonce, id, move |tx, cx| {
        people::unsuspend(tx, cx, PersonId(id)).map(|_| ())
    })
    .await
}

async fn act(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    id: i64,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let cx = staff.cx.clone();
    match state.desk().write(move |tx| deed(tx, &cx)).await {
        Ok(()) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(refused) => again(state, staff, nonce, PersonId(id), refused, |_, _| {}).await,
    }
}
