//! `/en/help/files/12`: a picture or an attached file of an article that everybody may read. A browser never shows it as
//! a page of ours: it leaves as a download under a sandbox policy, with a harmless type or none.

use axum::extract::{Path, State as Extract};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use desk::{ArticleFileId, Error, knowledge};

use crate::http::Outcome;
use crate::portal::etag;
use crate::portal::visitor::Visitor;
use crate::state::State;
use crate::tickets::{disposition, harmless};

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    asked: HeaderMap,
    Path(id): Path<String>,
) -> Outcome {
    let id = id.parse().map(ArticleFileId).map_err(|_| visitor.nothing())?;
    let file = state.desk().read(move |r| knowledge::find_file(r, None, id)).await;
    let file = file.map_err(|e| visitor.oops(e))?;
    let tag = format!("\"{}\"", &file.sha256);
    // It is asked for again each time, for the article may be taken out of use.
    let kept = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "private, no-cache".into()),
    ];
    if etag::is_known(&asked, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let (store, name) = (state.desk().files().clone(), file.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || store.get(&name)).await;
    let bytes = bytes
        .map_err(Error::fault)
        .and_then(|read| read)
        .map_err(|e| visitor.oops(e))?;
    let headers = [
        (header::CONTENT_TYPE, harmless(&file.mime).to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
    ];
    Ok((kept, headers, bytes).into_response())
}
