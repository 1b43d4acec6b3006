//! Articles as files: one as Markdown, all in one archive, and files brought in again, each by itself: what is wrong with
//! one is said beside its name and stops no other.

use std::io::{Cursor, Read as _, Write as _};

use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use desk::knowledge::{self, Imported, LARGEST_PAPER};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, Read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::changes::{Back, Typed, Visit};
use crate::http::form::{self, Sender, Upload};
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond_with};
use crate::tickets::disposition;

/// Of one archive.
const MOST_FILES: usize = 2_000;
/// Bytes of everything that is brought in at once, unpacked.
const MOST_BYTES: usize = 64 << 20;

pub(crate) async fn export(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let (name, text) = visit.read(move |r, cx| written(r, cx, ArticleId(id))).await?;
    Ok(file("text/markdown; charset=utf-8", &name, text.into_bytes()))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> axum::response::Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_string()),
        (header::CONTENT_DISPOSITION, disposition(name)),
    ];
    (headers, bytes).into_response()
}

/// The name of the file and what is in it.
fn written(r: &mut Read, cx: &Context, id: ArticleId) -> desk::Result<(String, String)> {
    let paper = knowledge::paper(r, cx, id)?;
    let titles = [Lang::En, Lang::Fr].map(|lang| knowledge::slug(paper.title.of(lang)));
    let slug = titles.into_iter().find(|slug| !slug.is_empty()).unwrap_or_default();
    let name = format!("{}-{slug}", knowledge::shown(id));
    Ok((format!("{}.md", name.trim_end_matches('-')), paper.write()))
}

pub(crate) async fn export_all(visit: Visit) -> Outcome {
    let read = visit.read(move |r, cx| {
        let all = knowledge::all_numbers(r, cx)?;
        all.into_iter()
            .map(|id| written(r, cx, id))
            .collect::<desk::Result<Vec<_>>>()
    });
    let all = read.await?;
    let packed = tokio::task::spawn_blocking(move || packed(&all))
        .await
        .map_err(Error::fault)?;
    let bytes = packed.map_err(|e| visit.oops(Error::fault(e)))?;
    Ok(file("application/zip", "knowledge.zip", bytes))
}

fn packed(all: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in all {
        archive.start_file(name.as_str(), SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A file as it came, or why it cannot be read.
type Came = (String, desk::Result<Vec<u8>>);

/// The files of a form, those of archives one by one.
fn unpacked(uploads: Vec<(String, Vec<u8>)>) -> Vec<Came> {
    let (mut all, mut left) = (Vec::new(), MOST_BYTES);
    for (name, bytes) in uploads {
        if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
            all.push((name, Ok(bytes)));
            continue;
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(mut archive) => from_archive(&mut archive, &mut left, &mut all),
            Err(_) => all.push((name, Err(Error::refused("file", "refused-paper-archive")))),
        }
    }
    all
}

fn from_archive(archive: &mut ZipArchive<Cursor<Vec<u8>>>, left: &mut usize, all: &mut Vec<Came>) {
    for at in 0..archive.len().min(MOST_FILES) {
        let name = archive.name_for_index(at).and_then(Result::ok);
        let name = name.map(|name| name.into_owned()).unwrap_or_default();
        let Ok(entry) = archive.by_index(at) else {
            all.push((name, Err(Error::refused("file", "refused-paper-archive"))));
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        // What an entry says of its size is not believed.
        let most = (*left).min(LARGEST_PAPER + 1);
        let read = entry.take(most as u64).read_to_end(&mut bytes);
        *left -= bytes.len();
        all.push(match read {
            Ok(_) if *left == 0 => (name, Err(Error::refused("file", "refused-paper-archive"))),
            Ok(_) => (name, Ok(bytes)),
            Err(_) => (name, Err(Error::refused("file", "refused-paper-archive"))),
        });
        if *left == 0 {
            return;
        }
    }
}

/// What became of a file.
#[derive(Debug)]
struct Line {
    name: String,
    done: Result<Imported, String>,
}

#[derive(Template)]
#[template(path = "kb/import.html")]
struct Page {
    shell: Shell,
    back: Back,
    lines: Vec<Line>,
}

pub(crate) async fn ask(visit: Visit) -> Outcome {
    page(&visit, Back::default(), Vec::new()).await
}

pub(crate) async fn import(visit: Visit, form: Multipart) -> Outcome {
    let sent = form::read(&visit.state, Sender::Desk, form).await;
    let sent = sent.map_err(|e| visit.oops(e))?;
    let publishes = sent.text("publishes") == "yes";
    let refusals = if sent.refusals.is_empty() && sent.files.is_empty() {
        Error::refused("files", "refused-no-file")
    } else {
        Error::Refused(sent.refusals)
    };
    if sent.files.is_empty() {
        let back = visit.back(Typed::default(), refusals)?;
        return page(&visit, back, Vec::new()).await;
    }
    let uploads = sent.files.into_iter();
    let uploads: Vec<(String, Vec<u8>)> = uploads
        .map(|one| (one.name().to_string(), Upload::into_bytes(one)))
        .collect();
    let files = tokio::task::spawn_blocking(move || unpacked(uploads))
        .await
        .map_err(Error::fault)?;
    let shell = visit.bare("kb-import", "kb");
    let mut lines = Vec::new();
    for (name, bytes) in files {
        let done = match bring_in(&visit, &name, bytes, publishes).await {
            Ok(done) => Ok(done),
            Err(error) => Err(why(&visit, &shell, error)?),
        };
        lines.push(Line { name, done });
    }
    page(&visit, Back::default(), lines).await
}

async fn bring_in(visit: &Visit, name: &str, bytes: desk::Result<Vec<u8>>, publishes: bool) -> desk::Result<Imported> {
    let (bytes, name) = (bytes?, name.to_string());
    let read = tokio::task::spawn_blocking(move || knowledge::read_paper(&bytes, &name));
    let paper = read.await.map_err(Error::fault)??;
    visit
        .write(move |tx, cx| knowledge::import(tx, cx, &paper, publishes))
        .await
}

/// In words; what is nobody's mistake goes on to the page of faults.
fn why(visit: &Visit, shell: &Shell, error: Error) -> Result<String, Oops> {
    let back = visit.back(Typed::default(), error)?;
    let words: Vec<String> = back.wrong(shell).into_iter().map(|(_, words)| words).collect();
    Ok(words.join(" "))
}

async fn page(visit: &Visit, back: Back, lines: Vec<Line>) -> Outcome {
    let shell = visit.shell("kb-import", "kb").await?;
    let none = !lines.is_empty() && lines.iter().all(|line| line.done.is_err());
    let status = if none {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        back.status()
    };
    respond_with(status, &Page { shell, back, lines })
}

impl Page {
    fn number(&self, done: &Imported) -> String {
        knowledge::shown(done.article)
    }

    fn words(&self, done: &Imported) -> String {
        self.shell.t(match (done.new, done.changed) {
            (true, _) => "kb-imported-new",
            (_, true) => "kb-imported-changed",
            _ => "kb-imported-same",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[Came]) -> Vec<(&str, bool)> {
        all.iter().map(|(name, bytes)| (name.as_str(), bytes.is_ok())).collect()
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let all = [
            ("KB-1-a.md".to_string(), "one".to_string()),
            ("KB-2.md".into(), "two".into()),
        ];
        let bytes = packed(&all).unwrap();
        let out = unpacked(vec![("all.zip".into(), bytes), ("c.md".into(), b"three".to_vec())]);
        assert_eq!(names(&out), [("KB-1-a.md", true), ("KB-2.md", true), ("c.md", true)]);
        assert_eq!(out[1].1.as_ref().unwrap(), b"two");
    }

    #[test]
    fn a_broken_archive_is_refused_by_name() {
        let mut bytes = packed(&[("a.md".to_string(), "x".repeat(5_000))]).unwrap();
        bytes.truncate(40);
        assert_eq!(names(&unpacked(vec![("all.zip".into(), bytes)])), [("all.zip", false)]);
    }

    #[test]
    fn an_archive_that_grows_without_end_is_read_no_further_than_the_bound() {
        let huge = [("a.md".to_string(), "x".repeat(LARGEST_PAPER * 2))];
        let out = unpacked(vec![("all.zip".into(), packed(&huge).unwrap())]);
        let bytes = out[0].1.as_ref().unwrap();
        assert_eq!(bytes.len(), LARGEST_PAPER + 1, "enough to be refused as too large");
        assert!(knowledge::read_paper(bytes, "a.md").is_err());
    }
}
