//! A form of the portal with its files. Nothing of it is stored here: a stranger's files wait in memory until he has
//! been let through, so that nobody fills the disk with forms that are refused.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use desk::files::{LARGEST, clean_name};
use desk::tickets::NewFile;
use desk::{Error, Refusal};

use crate::state::State;

const MOST_FILES: usize = 10;
const MEBIBYTE: usize = 1024 * 1024;

#[derive(Debug)]
pub(super) struct Upload {
    name: String,
    mime: String,
    bytes: Vec<u8>,
}

#[derive(Debug, Default)]
pub(super) struct Sent {
    texts: BTreeMap<String, String>,
    pub(super) files: Vec<Upload>,
    /// What was wrong with the files.
    pub(super) refusals: Vec<Refusal>,
    /// Files were chosen: a form that comes back cannot keep them.
    pub(super) had_files: bool,
}

impl Sent {
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    fn refuse(&mut self, key: &'static str, number: usize) {
        if !self.refusals.iter().any(|r| r.key == key) {
            self.refusals.push(Refusal {
                field: "files",
                key,
                number: i64::try_from(number).ok(),
            });
        }
    }
}

pub(super) async fn read(mut form: Multipart) -> Sent {
    let mut sent = Sent::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return sent,
            // Larger than any form may be: what was read until here comes back.
            Err(_) => {
                sent.had_files = true;
                sent.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
                return sent;
            }
        };
        let name = field.name().unwrap_or_default().to_string();
        if field.file_name().is_some() {
            take(field, &mut sent).await;
        } else if let Ok(text) = field.text().await {
            // Lines end in one way, and U+0000 is no letter.
            sent.texts.insert(name, text.replace("\r\n", "\n").replace('\0', ""));
        }
    }
}

async fn take(mut field: Field<'_>, sent: &mut Sent) {
    let given = field.file_name().unwrap_or_default().to_string();
    let mime = field
        .content_type()
        .filter(|m| is_mime(m))
        .unwrap_or("application/octet-stream")
        .to_string();
    let mut bytes = Vec::new();
    let mut fits = true;
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => {
                fits = fits && bytes.len() + chunk.len() <= LARGEST;
                if fits {
                    bytes.extend_from_slice(&chunk);
                }
            }
            Ok(None) => break,
            Err(_) => {
                fits = false;
                break;
            }
        }
    }
    if given.is_empty() && bytes.is_empty() {
        // A file field nobody used.
        return;
    }
    sent.had_files = true;
    if !fits {
        sent.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
    } else if sent.files.len() == MOST_FILES {
        sent.refuse("refused-too-many-files", MOST_FILES);
    } else {
        sent.files.push(Upload {
            name: clean_name(&given),
            mime,
            bytes,
        });
    }
}

fn is_mime(text: &str) -> bool {
    text.len() <= 127 && text.contains('/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}

/// Keeps the files, durably, before the transaction that names them begins.
pub(super) async fn keep(state: &State, files: Vec<Upload>) -> desk::Result<Vec<NewFile>> {
    let store = state.desk().files().clone();
    let kept = tokio::task::spawn_blocking(move || {
        let keep = |file: Upload| {
            let bytes = i64::try_from(file.bytes.len()).map_err(Error::fault)?;
            let sha256 = store.put(&file.bytes)?;
            Ok(NewFile {
                name: file.name,
                mime: file.mime,
                bytes,
                sha256,
                content_id: None,
            })
        };
        files.into_iter().map(keep).collect::<desk::Result<Vec<NewFile>>>()
    });
    kept.await.map_err(Error::fault)?
}
