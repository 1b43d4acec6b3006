//! `POST /tickets/{number}/paste`: a page that was copied, as the Markdown somebody would have typed; nothing when its
//! words alone say as much. It is read here and not in the browser, where strangers' markup has no business. Nothing is
//! kept.

use axum::response::IntoResponse;
use desk::{mailboxes, tickets};

use super::visit::Visit;
use crate::http::{Oops, Outcome};

pub(crate) async fn read(visit: Visit, page: String) -> Outcome {
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let seen = visit.state.desk().read(move |r| tickets::find_visible(r, &cx, number));
    seen.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let words = tokio::task::spawn_blocking(move || mailboxes::markdown_of_page(&page)).await;
    Ok(words.unwrap_or_default().unwrap_or_default().into_response())
}
