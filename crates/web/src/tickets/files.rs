//! `GET /files/{id}`: a file, for whoever may read the message it hangs on. It is never shown by the browser as if it
//! were ours: always a download, under a sandbox policy, with the type it came with only where that is harmless.

use axum::extract::{Path, State as Extract};
use axum::http::header;
use axum::response::IntoResponse;
use desk::words::Lang;
use desk::{Context, Error, FileId, tickets};

use crate::http::{Oops, Outcome, SignedIn};
use crate::state::State;

/// Types that mean the same to every browser. The rest leave as plain bytes.
const HARMLESS: [&str; 7] = [
    "application/pdf",
    "application/zip",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/plain",
];

pub(crate) async fn show(Extract(state): Extract<State>, person: SignedIn, Path(id): Path<String>) -> Outcome {
    let lang = person.seen.viewer.language;
    download(&state, &person.cx, lang, &id).await
}

/// The same for whoever a keyed link let in.
pub(crate) async fn download(state: &State, cx: &Context, lang: Lang, id: &str) -> Outcome {
    let id = id.parse().map(FileId).map_err(|_| Oops::nothing(lang))?;
    let asked = cx.clone();
    let file = state.desk().read(move |r| tickets::find_file(r, &asked, id)).await;
    let file = file.map_err(|e| Oops::from(e).in_language(lang))?;
    tickets::look(state.desk(), cx, file.ticket)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let (store, name) = (state.desk().files().clone(), file.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || store.get(&name))
        .await
        .map_err(Error::fault)?;
    let bytes = bytes.map_err(|e| Oops::from(e).in_language(lang))?;
    let headers = [
        (header::CONTENT_TYPE, harmless(&file.mime).to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
    ];
    Ok((headers, bytes).into_response())
}

/// The type a file leaves with.
pub(crate) fn harmless(mime: &str) -> &'static str {
    let known = HARMLESS.iter().find(|m| **m == mime);
    known.copied().unwrap_or("application/octet-stream")
}

/// RFC 6266: a name in plain ASCII for old programs, and the name as it is in UTF-8 (RFC 8187).
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " .-_()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let header = disposition("relevé \"1\"\r\nX: y.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"relev_ _1___X_ y.pdf\"; filename*=UTF-8''relev%C3%A9%20%221%22%0D%0AX%3A%20y.pdf"
        );
    }
}
