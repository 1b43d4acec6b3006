//! `GET /tickets/new/people?q=`: who may be calling, while the name is typed. Each choice carries the caller's open
//! tickets, so that the same trouble is not opened twice.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::people::{self, Person, RecentTicket};
use desk::tickets::Stage;
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, respond};
use crate::state::State;

const MOST: i64 = 8;
/// Of each caller's newest tickets, those still open are shown.
const RECENT: i64 = 6;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

struct Caller {
    person: Person,
    open: Vec<RecentTicket>,
}

#[derive(Template)]
#[template(path = "tickets/callers.html")]
struct Page {
    shell: Shell,
    callers: Vec<Caller>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let cx = staff.cx.clone();
    let callers = state.desk().read(move |r| {
        let mut callers = Vec::new();
        for person in people::search(r, &cx, &asked.q, MOST)? {
            let mut open = people::recent_tickets(r, &cx, person.id, RECENT)?;
            open.retain(|t| t.status.stage() != Stage::Done);
            callers.push(Caller { person, open });
        }
        Ok(callers)
    });
    let callers = callers
        .await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "nav-new", "new");
    respond(&Page { shell, callers })
}
