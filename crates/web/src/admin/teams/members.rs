//! Who belongs to a team, and who leads it.

use axum::extract::{Form, Path, State as Extract};
use desk::teams;
use desk::{Context, Error, PersonId, TeamId, Write};
use serde::Deserialize;

use super::super::choice::number;
use super::super::door::{Admin, to};
use super::edit::{Asked, page};
use crate::http::{Nonce, Outcome};
use crate::state::State;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    person: String,
    #[serde(default)]
    leads: String,
}

impl Fields {
    fn person(&self) -> desk::Result<PersonId> {
        let key = "refused-no-such-person";
        let person = number(&self.person, "person", key)?;
        person.map(PersonId).ok_or(Error::refused("person", key))
    }
}

pub(in crate::admin) async fn join(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    act(&state, &admin, nonce, id, "saved=true".into(), move |tx, cx| {
        let person = fields.person()?;
        teams::join(tx, cx, TeamId(id), person)?;
        // Whoever led the team and was taken out by mistake leads it again.
        if fields.leads == "yes" {
            teams::lead(tx, cx, TeamId(id), person, true)?;
        }
        Ok(())
    })
    .await
}

pub(in crate::admin) async fn leave(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let person = fields.person().map_err(|e| admin.oops(e))?;
    let led = if fields.leads == "yes" { "&led=true" } else { "" };
    act(
        &state,
        &admin,
        nonce,
        id,
        format!("left={person}{led}"),
        move |tx, cx| teams::leave(tx, cx, TeamId(id), person).map(drop),
    )
    .await
}

pub(in crate::admin) async fn lead(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    act(&state, &admin, nonce, id, "saved=true".into(), move |tx, cx| {
        teams::lead(tx, cx, TeamId(id), fields.person()?, fields.leads == "yes").map(drop)
    })
    .await
}

/// Back to the team, which says what was done or refused.
async fn act(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: i64,
    said: String,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let cx = admin.cx.clone();
    match state.desk().write(move |tx| deed(tx, &cx)).await {
        Ok(()) => to(&format!("/admin/teams/{id}?{said}")),
        Err(error) => page(state, admin, nonce, TeamId(id), Asked::default(), Some((error, None))).await,
    }
}
