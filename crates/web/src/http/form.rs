//! A form with its files. Nothing of it is stored while it is read: files wait in memory until whoever sent them has
//! been let through, so that nobody fills the disk with forms that are refused. All forms that are being read share a
//! bounded piece of memory, and what finds no room in it is asked to come again.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use desk::files::{LARGEST, clean_name};
use desk::tickets::NewFile;
use desk::{Error, Refusal};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::state::State;

const MEBIBYTE: usize = 1024 * 1024;
/// What all forms of one kind may hold in memory at a time.
const ROOM: usize = 64 * MEBIBYTE;
/// How long a form waits for room.
const PATIENCE: Duration = Duration::from_secs(5);
/// The words of one form, however they are spread over its fields.
const WORDS: usize = 2 * MEBIBYTE;
/// Words of a form that need no room of their own.
const FEW_WORDS: usize = 64 * 1024;

/// A body that comes one piece at a time: the reader of forms would take all there is at once, before anybody could say
/// that there is no room for it.
pub(crate) struct Sips {
    body: Body,
    had_one: bool,
}

impl Sips {
    pub(crate) fn of(body: Body) -> Body {
        Body::new(Sips { body, had_one: false })
    }
}

impl HttpBody for Sips {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if std::mem::take(&mut self.had_one) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.had_one = matches!(frame, Poll::Ready(Some(Ok(_))));
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Who sends forms with files. Each kind has its own room: strangers never take the technicians'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    Desk,
    Portal,
}

impl Sender {
    /// More files than this belong in an archive.
    fn most_files(self) -> usize {
        match self {
            Sender::Desk => 20,
            Sender::Portal => 10,
        }
    }
}

/// The memory that forms share while they are read.
#[derive(Debug)]
pub(crate) struct Rooms {
    desk: Arc<Semaphore>,
    portal: Arc<Semaphore>,
}

impl Default for Rooms {
    fn default() -> Self {
        Rooms {
            desk: Arc::new(Semaphore::new(ROOM)),
            portal: Arc::new(Semaphore::new(ROOM)),
        }
    }
}

impl Rooms {
    async fn take(&self, from: Sender, bytes: usize) -> desk::Result<OwnedSemaphorePermit> {
        let room = match from {
            Sender::Desk => &self.desk,
            Sender::Portal => &self.portal,
        };
        let bytes = u32::try_from(bytes).map_err(Error::fault)?;
        let taken = tokio::time::timeout(PATIENCE, room.clone().acquire_many_owned(bytes)).await;
        taken.map_err(|_| Error::Busy)?.map_err(Error::fault)
    }
}

#[derive(Debug)]
pub(crate) struct Upload {
    name: String,
    mime: String,
    bytes: Vec<u8>,
    /// The room it takes, until it is kept.
    _room: Option<OwnedSemaphorePermit>,
}

impl Upload {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Of a file that is not kept as one.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) files: Vec<Upload>,
    /// What was wrong with the files.
    pub(crate) refusals: Vec<Refusal>,
    /// Files were chosen: a form that comes back cannot keep them.
    pub(crate) had_files: bool,
    words: usize,
    /// The room of its many words.
    room: Option<OwnedSemaphorePermit>,
}

impl Sent {
    pub(crate) fn text(&self, name: &str) -> &str {
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

    /// Larger than any form may be, or cut off: what was read until here comes back.
    fn cut(mut self) -> Sent {
        self.had_files = true;
        self.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
        self
    }

    fn put(&mut self, name: String, bytes: &[u8]) {
        // Lines end in one way, and U+0000 is no letter.
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\0', "");
        self.texts.insert(name, text);
    }
}

/// The whole form. `Busy` when there is no room for it.
pub(crate) async fn read(state: &State, from: Sender, mut form: Multipart) -> desk::Result<Sent> {
    let mut sent = Sent::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(sent),
            Err(_) => return Ok(sent.cut()),
        };
        let whole = if field.file_name().is_some() {
            take(state, from, field, &mut sent).await?;
            true
        } else {
            hear(state, from, field, &mut sent).await?
        };
        if !whole {
            return Ok(sent.cut());
        }
    }
}

/// A button may come without a form: then nothing was typed.
pub(crate) async fn read_any(state: &State, from: Sender, form: Option<Multipart>) -> desk::Result<Sent> {
    match form {
        Some(form) => read(state, from, form).await,
        None => Ok(Sent::default()),
    }
}

/// Only the words that stand before the first file, and few of them: for a form that is refused whatever it holds, so
/// that they come back.
pub(crate) async fn few_words(mut form: Multipart) -> Sent {
    let mut sent = Sent::default();
    while let Ok(Some(mut field)) = form.next_field().await {
        if field.file_name().is_some() {
            sent.had_files = true;
            break;
        }
        let (name, mut bytes) = (field.name().unwrap_or_default().to_string(), Vec::new());
        while let Ok(Some(chunk)) = field.chunk().await {
            sent.words += chunk.len();
            if sent.words > FEW_WORDS {
                return sent;
            }
            bytes.extend_from_slice(&chunk);
        }
        sent.put(name, &bytes);
    }
    sent
}

/// A field of words. False when there are more words than any form may have, or it was cut off.
async fn hear(state: &State, from: Sender, mut field: Field<'_>, sent: &mut Sent) -> desk::Result<bool> {
    let (name, mut bytes) = (field.name().unwrap_or_default().to_string(), Vec::new());
    loop {
        let chunk = match field.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(_) => return Ok(false),
        };
        sent.words += chunk.len();
        if sent.words > WORDS {
            return Ok(false);
        }
        if sent.words > FEW_WORDS {
            let more = state.rooms().take(from, chunk.len()).await?;
            join(&mut sent.room, more);
        }
        bytes.extend_from_slice(&chunk);
    }
    sent.put(name, &bytes);
    Ok(true)
}

async fn take(state: &State, from: Sender, mut field: Field<'_>, sent: &mut Sent) -> desk::Result<()> {
    let given = field.file_name().unwrap_or_default().to_string();
    let mime = field
        .content_type()
        .filter(|m| is_mime(m))
        .unwrap_or("application/octet-stream")
        .to_string();
    let (mut bytes, mut room) = (Vec::new(), None);
    let mut fits = true;
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => {
                fits = fits && bytes.len() + chunk.len() <= LARGEST && sent.files.len() < from.most_files();
                if fits {
                    join(&mut room, state.rooms().take(from, chunk.len()).await?);
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
    sent.had_files = true;
    if sent.files.len() == from.most_files() {
        sent.refuse("refused-too-many-files", from.most_files());
    } else if fits {
        sent.files.push(Upload {
            name: clean_name(&given),
            mime,
            bytes,
            _room: room,
        });
    } else {
        sent.refuse("refused-file-too-large", LARGEST / MEBIBYTE);
    }
    Ok(())
}

fn join(room: &mut Option<OwnedSemaphorePermit>, more: OwnedSemaphorePermit) {
    match room {
        Some(room) => room.merge(more),
        None => *room = Some(more),
    }
}

fn is_mime(text: &str) -> bool {
    text.len() <= 127 && text.contains('/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}

/// Keeps the files, durably, before the transaction that names them begins.
pub(crate) async fn keep(state: &State, files: Vec<Upload>) -> desk::Result<Vec<NewFile>> {
    let store = state.desk().files().clone();
    // Writing and syncing blocks, so it does not happen on a thread that serves others.
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
