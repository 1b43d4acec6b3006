//! Pictures and attached files of an article: added, taken away, and handed out. A file is never shown as if it were ours:
//! always a download; in a text a picture is a picture.

use axum::extract::{Multipart, Path};
use axum::http::header;
use axum::response::IntoResponse;
use desk::knowledge;
use desk::{ArticleFileId, ArticleId, Error};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::form::{self, Sender};
use crate::http::{Oops, Outcome};
use crate::tickets::{disposition, harmless};

pub(crate) async fn add(visit: Visit, Path(id): Path<i64>, form: Multipart) -> Outcome {
    let id = ArticleId(id);
    visit.read(move |r, cx| knowledge::find(r, cx, id)).await?;
    let sent = form::read(&visit.state, Sender::Desk, form).await;
    let sent = sent.map_err(|e| visit.oops(e))?;
    if !sent.refusals.is_empty() {
        return refused(&visit, id, Error::Refused(sent.refusals)).await;
    }
    let files = form::keep(&visit.state, sent.files).await.map_err(|e| visit.oops(e))?;
    let added = visit.write(move |tx, cx| {
        let mut last = None;
        for file in &files {
            last = Some(knowledge::attach(tx, cx, id, file)?.1);
        }
        Ok(last)
    });
    match added.await {
        Ok(Some(event)) => Ok(to(&format!("/kb/{id}/edit?done={event}#files"))),
        Ok(None) => Ok(to(&format!("/kb/{id}/edit#files"))),
        Err(error) => refused(&visit, id, error).await,
    }
}

async fn refused(visit: &Visit, id: ArticleId, error: Error) -> Outcome {
    let back: Back = visit.back(Typed::default(), error)?;
    super::edit::again(visit, id, back).await
}

pub(crate) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = ArticleFileId(id);
    let gone = visit.write(move |tx, cx| {
        let file = knowledge::find_file(tx, Some(&cx.viewer), id)?;
        Ok((file.article, knowledge::detach(tx, cx, id)?))
    });
    let (article, event) = gone.await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/kb/{article}/edit?done={event}#files")))
}

/// The words inside are looked for once more; what comes of it stands beside the file.
pub(crate) async fn read_again(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = ArticleFileId(id);
    let waits = visit.write(move |tx, cx| {
        let file = knowledge::find_file(tx, Some(&cx.viewer), id)?;
        match knowledge::read_again(tx, cx, id) {
            // Pressed twice: it waits, as was wanted.
            Ok(()) | Err(Error::Conflict(_)) => Ok(file.article),
            Err(error) => Err(error),
        }
    });
    let article = waits.await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/kb/{article}/edit#files")))
}

pub(crate) async fn download(visit: Visit, Path(id): Path<String>) -> Outcome {
    let id = id.parse().map(ArticleFileId).map_err(|_| Oops::nothing(visit.lang()))?;
    let file = visit
        .read(move |r, cx| knowledge::find_file(r, Some(&cx.viewer), id))
        .await?;
    let (store, name) = (visit.state.desk().files().clone(), file.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || store.get(&name))
        .await
        .map_err(Error::fault)?;
    let bytes = bytes.map_err(|e| visit.oops(e))?;
    let headers = [
        (header::CONTENT_TYPE, harmless(&file.mime).to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
    ];
    Ok((headers, bytes).into_response())
}
