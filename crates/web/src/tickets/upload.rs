//! A form with files. Each file is kept, durably, before the transaction that names it begins; a file too large is
//! refused by name while the words typed beside it come back.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use desk::files::{LARGEST, clean_name};
use desk::tickets::NewFile;
use desk::{Error, Refusal};

use super::fields::Fields;
use crate::state::State;

/// More files than this belong in an archive.
const MOST_FILES: usize = 20;
const MEBIBYTE: usize = 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub fields: Fields,
    pub files: Vec<NewFile>,
    pub refusals: Vec<Refusal>,
}

impl Sent {
    /// What was wrong with the files, before the verb is asked.
    pub(crate) fn check(&self) -> desk::Result<()> {
        if self.refusals.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(self.refusals.clone()))
        }
    }

    fn refuse(&mut self, key: &'static str, number: usize) {
        self.refusals.push(Refusal {
            field: "files",
            key,
            number: i64::try_from(number).ok(),
        });
    }
}

pub(crate) async fn read(state: &State, mut form: Multipart) -> desk::Result<Sent> {
    let mut sent = Sent::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(sent),
            // The form is larger than any form may be: what was read until here comes back.
            Err(_) => {
                sent.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
                return Ok(sent);
            }
        };
        let name = field.name().unwrap_or_default().to_string();
        if field.file_name().is_some() {
            keep(state, field, &mut sent).await?;
        } else if let Ok(text) = field.text().await {
            sent.fields.put(name, &text);
        }
    }
}

async fn keep(state: &State, mut field: Field<'_>, sent: &mut Sent) -> desk::Result<()> {
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
            // Cut off in the middle: half a file is no file.
            Err(_) => {
                fits = false;
                break;
            }
        }
    }
    if given.is_empty() && bytes.is_empty() {
        // A file field nobody used.
        return Ok(());
    }
    if !fits {
        sent.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
        return Ok(());
    }
    if sent.files.len() == MOST_FILES {
        sent.refuse("refused-too-many-files", MOST_FILES);
        return Ok(());
    }
    let store = state.desk().files().clone();
    let size = i64::try_from(bytes.len()).map_err(Error::fault)?;
    // Writing and syncing blocks, so it does not happen on a thread that serves others.
    let sha256 = tokio::task::spawn_blocking(move || store.put(&bytes))
        .await
        .map_err(Error::fault)??;
    sent.files.push(NewFile {
        name: clean_name(&given),
        mime,
        bytes: size,
        sha256,
        content_id: None,
    });
    Ok(())
}

fn is_mime(text: &str) -> bool {
    text.len() <= 127 && text.contains('/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}
