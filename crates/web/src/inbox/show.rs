//! `GET /inbox/{view}`: one of the four standard views, fifty rows a page. The same page answers a live refresh.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::Redirect;
use desk::Error;
use desk::tickets::{self, ListQuery, Order};
use desk::views::Standard;
use serde::Deserialize;

use super::rows::ListView;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::state::State;

const ROWS: i64 = 50;

#[derive(Deserialize)]
pub(crate) struct Asked {
    order: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "inbox/show.html")]
struct Page {
    shell: Shell,
    list: ListView,
}

pub(crate) async fn first(_: Staff) -> Redirect {
    Redirect::to("/inbox/mine")
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(view): Path<String>,
    Query(asked): Query<Asked>,
) -> Outcome {
    let lang = staff.seen.viewer.language;
    let view = Standard::parse(&view).ok_or_else(|| Oops::nothing(lang))?;
    let order = asked.order.as_deref().and_then(Order::parse).unwrap_or(Order::Due);
    let query = ListQuery {
        condition: view.condition(),
        order,
        limit: ROWS,
        after: asked.after,
    };
    let paged = query.after.is_some();
    let cx = staff.cx.clone();
    let list = state.desk().read(move |r| tickets::list(r, &cx, &query));
    let (list, counts) = tokio::join!(list, counts(state.desk(), &staff.cx));
    // A cursor somebody made up is no page of this list.
    let list = list.map_err(|e| {
        if matches!(e, Error::Refused(_)) {
            Error::NotFound
        } else {
            e
        }
    });
    let (list, counts) = (list.map_err(|e| Oops::from(e).in_language(lang))?, counts?);
    let shell = Shell::desk(&state, &staff.seen, nonce, &format!("view-{view}"), view.as_str());
    let shell = shell.with_counts(counts).following(format!("view:{view}"));
    let mut list = ListView::new(&shell, view, order, list, None);
    list.paged = paged;
    let page = Page { shell, list };
    respond(&page)
}
