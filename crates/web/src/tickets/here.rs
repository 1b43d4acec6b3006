//! `POST /tickets/{number}/here`: a page says that somebody looks at it, types a reply, or leaves; the answer is who
//! else does. Kept for seconds in the memory of this node, see `live::presence`.

use axum::Json;
use axum::extract::Form;
use axum::response::IntoResponse;
use desk::tickets;
use serde::Deserialize;

use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::live::Company;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    writes: bool,
    leaves: bool,
}

pub(crate) async fn say(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let (desk, live, me) = (visit.state.desk(), visit.state.live(), &visit.staff.seen.viewer);
    let found = desk.read(move |r| tickets::find_visible(r, &cx, number)).await;
    let ticket = found.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let now = desk.now();
    if fields.leaves {
        live.leaves(number, me.person);
    } else if ticket.requester != me.person {
        live.looks(number, me, fields.writes, now);
    }
    let company = Company::of(live, me.language, me.person, (number, ticket.requester), now);
    Ok(Json(company).into_response())
}
