//! What was looked for is counted, so that the desk learns what is missing: searches that found nothing, and those that
//! led to an article. Written behind the answer; nobody waits for it, and nothing breaks when it cannot be written.

use axum::http::HeaderMap;
use desk::access::Viewer;
use desk::{ArticleId, PersonId, knowledge};

use crate::portal::visitor::Visitor;
use crate::state::State;

/// `article` is where the search led, `None` when it found nothing.
pub(super) fn looked_for(
    state: &State,
    visitor: &Visitor,
    asked: &HeaderMap,
    article: Option<ArticleId>,
    words: String,
) {
    if from_elsewhere(asked) || state.throttle().counted(visitor.peer).is_err() {
        return;
    }
    let (desk, lang) = (state.desk().clone(), visitor.lang);
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    tokio::spawn(async move {
        let write = desk.write(move |tx| match article {
            Some(id) => knowledge::ended(tx, &cx, id, lang, &words),
            None => knowledge::missed(tx, &cx, lang, &words),
        });
        if let Err(error) = write.await {
            tracing::warn!(%error, "a search was not counted");
        }
    });
}

/// A page of another site may send its readers here, but puts no words into our lists.
fn from_elsewhere(asked: &HeaderMap) -> bool {
    let site = asked.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    site.is_some_and(|site| site == "cross-site")
}
