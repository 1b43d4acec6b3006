//! Reading attached files in the background, one at a time: never in the hand of a request, and never in the desk's own
//! process, for a file may be made to hurt its reader (`manuals::Reader`). A file that waits is a row and a job; whoever
//! is stopped in between is followed by the next.

use std::fs::File;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::time::Duration;

use db::{Text, Write};
use manuals::{Kind, Reader};

use super::files::{self, ArticleFile, FileFault, FileRead};
use crate::access::Viewer;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{ArticleFileId, PersonId};
use crate::jobs::{self, Job, JobKind};

/// So often a file is taken up, some five minutes in all: what cannot be started by then must be mended by a person.
/// A reading that ends the desk itself counts too.
const TRIES: i64 = 6;

/// Runs until `stop` resolves. What is being read then is let go, and read when the desk starts again.
pub async fn read_files(desk: Desk, reader: Reader, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut bell = desk.db().subscribe();
    loop {
        let turn = async {
            bell.mark_unchanged();
            if let Err(e) = read_waiting(&desk, &reader).await {
                tracing::error!(error = %e, "attached files could not be read; they are tried again");
            }
            let _ = tokio::time::timeout(Duration::from_secs(10), bell.changed()).await;
            // A burst of news is one look.
            tokio::time::sleep(Duration::from_millis(300)).await;
        };
        tokio::select! {
            () = &mut stop => break,
            () = turn => {}
        }
    }
}

/// Reads what waits and is due, one file after the other, and says how many. Two nodes never read the same one.
pub async fn read_waiting(desk: &Desk, reader: &Reader) -> Result<usize> {
    let mut count = 0;
    loop {
        let now = desk.now();
        let claim = move |tx: &mut Write| jobs::claim(tx, JobKind::ReadManual, now, 1);
        let Some(job) = desk.write(claim).await?.pop() else {
            return Ok(count);
        };
        read_one(desk, reader, job).await?;
        count += 1;
    }
}

async fn read_one(desk: &Desk, reader: &Reader, job: Job) -> Result<()> {
    let id = ArticleFileId(job.subject);
    let file = match desk.read(move |r| files::load(r, id)).await {
        Ok(file) if file.read == FileRead::Waiting => file,
        // Read already, by a node that was taken for dead.
        Ok(_) | Err(Error::NotFound) => return desk.write(move |tx| jobs::done(tx, job.id)).await,
        Err(other) => return Err(other),
    };
    let found = match job.attempts > TRIES {
        true => Found::only(FileFault::NoReader),
        false => match words_of(desk, reader, &file).await {
            Ok(found) => found,
            Err(e) => {
                tracing::warn!(error = %e, file = job.subject, "what reads attached files failed");
                if job.attempts < TRIES {
                    let now = desk.now();
                    return desk.write(move |tx| jobs::retry(tx, &job, now, &e.to_string())).await;
                }
                Found::only(FileFault::NoReader)
            }
        },
    };
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    desk.write(move |tx| {
        files::keep_text(tx, &cx, id, &found.pages, found.fault)?;
        jobs::done(tx, job.id)
    })
    .await
}

struct Found {
    pages: Vec<Text>,
    fault: Option<FileFault>,
}

impl Found {
    fn only(fault: FileFault) -> Found {
        Found {
            pages: Vec::new(),
            fault: Some(fault),
        }
    }
}

/// An error is the machine's, never the file's.
async fn words_of(desk: &Desk, reader: &Reader, file: &ArticleFile) -> io::Result<Found> {
    let Some(kind) = Kind::of(&file.name, &file.mime) else {
        return Ok(Found::only(FileFault::UnknownKind));
    };
    let Some(path) = desk.files().path(&file.sha256) else {
        return Ok(Found::only(FileFault::Missing));
    };
    let opened = match tokio::task::spawn_blocking(move || File::open(path)).await? {
        Ok(opened) => opened,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Found::only(FileFault::Missing)),
        Err(e) => return Err(e),
    };
    let manual = reader.read(kind, opened).await?;
    // Packed here, where there is time, and not on the one thread that writes.
    let ready = move || {
        manual
            .pages
            .iter()
            .map(|page| Text::ready(&files::clean_page(page)))
            .collect()
    };
    Ok(Found {
        pages: tokio::task::spawn_blocking(ready).await?,
        fault: manual.fault.map(FileFault::from),
    })
}
