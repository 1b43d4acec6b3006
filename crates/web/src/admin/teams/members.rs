//! Who belongs to a team, and who leads it.

use axum::extract::{Form, Path};
use desk::teams;
use desk::{Context, Error, PersonId, TeamId, Write};
use serde::Deserialize;

use super::super::choice::number;
use super::super::visit::Visit;
use super::edit::{Asked, page};
use crate::http::Outcome;

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

pub(in crate::admin) async fn join(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    act(&visit, TeamId(id), "saved=true".into(), move |tx, cx, team| {
        let person = fields.person()?;
        teams::join(tx, cx, team, person)?;
        // Whoever led the team and was taken out by mistake leads it again.
        if fields.leads == "yes" {
            teams::lead(tx, cx, team, person, true)?;
        }
        Ok(())
    })
    .await
}

pub(in crate::admin) async fn leave(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let person = fields.person().map_err(|e| visit.admin.oops(e))?;
    let led = if fields.leads == "yes" { "&led=true" } else { "" };
    act(
        &visit,
        TeamId(id),
        format!("left={person}{led}"),
        move |tx, cx, team| teams::leave(tx, cx, team, person).map(drop),
    )
    .await
}

pub(in crate::admin) async fn lead(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    act(&visit, TeamId(id), "saved=true".into(), move |tx, cx, team| {
        teams::lead(tx, cx, team, fields.person()?, fields.leads == "yes").map(drop)
    })
    .await
}

/// Back to the team, which says what was done or refused.
async fn act(
    visit: &Visit,
    id: TeamId,
    said: String,
    deed: impl FnOnce(&mut Write, &Context, TeamId) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    let again = |error| page(visit, id, Asked::default(), Some((error, None)));
    let next = |()| format!("/admin/teams/{id}?{said}");
    visit.act(move |tx, cx| deed(tx, cx, id), next, again).await
}
