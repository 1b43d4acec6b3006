//! Pictures and attached files of an article. The bytes are in the desk's store of files before the row is here. What is
//! taken away stays, for earlier versions show it; the words inside are kept page by page.

use std::borrow::Cow;

use db::{Read, Text, Write, args, packed};
use manuals::{Fault, Kind};
use serde_json::json;

use super::tell::say;
use super::{show, store};
use crate::access::{self, Viewer};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::files;
use crate::ids::{ArticleFileId, ArticleId, EventId};
use crate::jobs::{self, JobKind};
use crate::tickets::NewFile;
use crate::words::Lang;

/// Of one article, those taken away not counted.
pub const MOST_FILES: i64 = 100;
/// Pages of one file whose words are kept, and bytes of one page.
pub const MOST_PAGES: usize = 5_000;
const MOST_PAGE: usize = 200_000;

db::text_enum! {
    /// How far the words inside a file are known.
    pub enum FileRead { Waiting => "waiting", Read => "read", Failed => "failed" }
}

db::text_enum! {
    /// Why the words inside a file are not known, or not all of them.
    pub enum FileFault {
        Encrypted => "encrypted",
        Broken => "broken",
        TooLarge => "too-large",
        TooSlow => "too-slow",
        OnlyPictures => "only-pictures",
        UnknownKind => "unknown-kind",
        /// Its bytes are not where the desk keeps them.
        Missing => "missing",
        /// What reads manuals cannot be started on this machine, time and again.
        NoReader => "no-reader",
    }
}

impl From<Fault> for FileFault {
    fn from(fault: Fault) -> FileFault {
        match fault {
            Fault::Encrypted => FileFault::Encrypted,
            Fault::Broken => FileFault::Broken,
            Fault::TooLarge => FileFault::TooLarge,
            Fault::TooSlow => FileFault::TooSlow,
            Fault::OnlyPictures => FileFault::OnlyPictures,
            Fault::UnknownKind => FileFault::UnknownKind,
        }
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ArticleFile {
        pub id: ArticleFileId,
        pub article: ArticleId,
        pub name: String,
        pub mime: String,
        pub bytes: i64,
        pub sha256: String,
        pub at: Time,
        pub gone_at: Option<Time>,
        pub read: FileRead,
        /// The name of a [`FileFault`]; empty without one.
        pub fault: String,
        /// Pages with words that are searched.
        pub pages: i64,
    }
}

impl ArticleFile {
    pub fn fault(&self) -> Option<FileFault> {
        FileFault::parse(&self.fault)
    }

    /// Whether its words may be looked for again: it is of a kind that is read, and does not wait already.
    pub fn can_be_read_again(&self) -> bool {
        self.read != FileRead::Waiting && Kind::of(&self.name, &self.mime).is_some()
    }

    /// What is known of the words inside, in a sentence or two: that they are searched, that it waits, or why not.
    pub fn words(&self, lang: Lang) -> String {
        let searched = || say(lang, "file-read", &[("pages", self.pages.into())]);
        let fault = self.fault().map(|fault| say(lang, &format!("file-{fault}"), &[]));
        match (self.read, fault) {
            (FileRead::Waiting, _) => say(lang, "file-waiting", &[]),
            (FileRead::Read, Some(fault)) => format!("{} {fault}", searched()),
            (_, Some(fault)) => fault,
            (_, None) => searched(),
        }
    }
}

pub(super) fn load(r: &mut Read, id: ArticleFileId) -> Result<ArticleFile> {
    Ok(r.one(
        "SELECT f.id, f.article, f.name, f.mime, f.bytes, f.sha256, f.at, f.gone_at, f.read, f.fault,
                (SELECT count(*) FROM article_page p WHERE p.article_file = f.id AND length(p.text) > 0) AS pages
         FROM article_file f WHERE f.id = $1",
        &args![id],
    )?)
}

fn writable(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<()> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    store::load(tx, id).map(drop)
}

/// The file is in the store already (`files::Store::put`). Its words are looked for in the background.
pub fn attach(tx: &mut Write, cx: &Context, id: ArticleId, file: &NewFile) -> Result<(ArticleFileId, EventId)> {
    writable(tx, cx, id)?;
    let there: i64 = tx.one(
        "SELECT count(*) FROM article_file WHERE article = $1 AND gone_at IS NULL",
        &args![id],
    )?;
    let mut checks = Checks::default();
    if there >= MOST_FILES {
        checks.refuse("files", "refused-too-many-files", MOST_FILES);
    }
    checks.done()?;
    let name = files::clean_name(&file.name);
    // A picture is not looked into, and says so at once.
    let (read, fault) = match Kind::of(&name, &file.mime) {
        Some(_) => (FileRead::Waiting, ""),
        None => (FileRead::Failed, FileFault::UnknownKind.as_str()),
    };
    let file = tx.insert(
        "INSERT INTO article_file (article, name, mime, bytes, sha256, at, added_by, read, fault)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        &args![
            id,
            name.as_str(),
            file.mime.as_str(),
            file.bytes,
            file.sha256.as_str(),
            cx.now,
            cx.viewer.person,
            read,
            fault
        ],
    )?;
    if read == FileRead::Waiting {
        jobs::enqueue(tx, JobKind::ReadManual, file, cx.now)?;
    }
    let event = told(tx, cx, EventKind::ArticleFileAdded, id, ArticleFileId(file), &name)?;
    Ok((ArticleFileId(file), event))
}

pub fn detach(tx: &mut Write, cx: &Context, id: ArticleFileId) -> Result<EventId> {
    let file = load(tx, id)?;
    writable(tx, cx, file.article)?;
    let gone = tx.exec(
        "UPDATE article_file SET gone_at = $2 WHERE id = $1 AND gone_at IS NULL",
        &args![id, cx.now],
    )?;
    if gone == 0 {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    told(tx, cx, EventKind::ArticleFileRemoved, file.article, id, &file.name)
}

/// The inverse.
pub(super) fn have_back(tx: &mut Write, cx: &Context, id: ArticleFileId) -> Result<EventId> {
    let file = load(tx, id)?;
    writable(tx, cx, file.article)?;
    let back = tx.exec(
        "UPDATE article_file SET gone_at = NULL WHERE id = $1 AND gone_at IS NOT NULL",
        &args![id],
    )?;
    if back == 0 {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    told(tx, cx, EventKind::ArticleFileAdded, file.article, id, &file.name)
}

fn told(
    tx: &mut Write,
    cx: &Context,
    kind: EventKind,
    id: ArticleId,
    file: ArticleFileId,
    name: &str,
) -> Result<EventId> {
    let data = json!({ "file": file.0, "name": name }).to_string();
    events::record(tx, cx, Fact::new(kind).about(id.0).with(Some(data)))
}

/// Those of an article whose reader this is; those taken away are left out.
pub fn files_of(r: &mut Read, viewer: Option<&Viewer>, id: ArticleId) -> Result<Vec<ArticleFile>> {
    readable(r, viewer, id)?;
    Ok(r.query(
        "SELECT f.id, f.article, f.name, f.mime, f.bytes, f.sha256, f.at, f.gone_at, f.read, f.fault,
                (SELECT count(*) FROM article_page p WHERE p.article_file = f.id AND length(p.text) > 0) AS pages
         FROM article_file f WHERE f.article = $1 AND f.gone_at IS NULL ORDER BY f.id",
        &args![id],
    )?)
}

/// One file, for whoever may read its article. One that was taken away is for staff alone, who look at old versions.
pub fn find_file(r: &mut Read, viewer: Option<&Viewer>, id: ArticleFileId) -> Result<ArticleFile> {
    let file = load(r, id)?;
    readable(r, viewer, file.article)?;
    let staff = viewer.is_some_and(access::may_see_drafts);
    if file.gone_at.is_some() && !staff {
        return Err(Error::NotFound);
    }
    Ok(file)
}

fn readable(r: &mut Read, viewer: Option<&Viewer>, id: ArticleId) -> Result<()> {
    if viewer.is_some_and(access::may_see_drafts) {
        return store::load(r, id).map(drop);
    }
    show::read(r, viewer, id).map(drop)
}

/// Has the words inside looked for once more: after a fault of the machine, or of a reader that has learnt since. One
/// that waits already is not asked for twice, and what was read before is searched until it was read anew.
///
/// No event: nothing is known that was not known before. There is one when it was read.
pub fn read_again(tx: &mut Write, cx: &Context, id: ArticleFileId) -> Result<()> {
    let file = load(tx, id)?;
    writable(tx, cx, file.article)?;
    if file.gone_at.is_some() {
        return Err(Error::NotFound);
    }
    if Kind::of(&file.name, &file.mime).is_none() {
        return Err(Error::refused("files", "refused-file-kind"));
    }
    let waits = tx.exec(
        "UPDATE article_file SET read = 'waiting' WHERE id = $1 AND read <> 'waiting'",
        &args![id],
    )?;
    if waits == 0 {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    jobs::enqueue(tx, JobKind::ReadManual, id.0, cx.now)
}

/// No engine keeps a NUL in a text, and none is a word.
pub(super) fn clean_page(text: &str) -> Cow<'_, str> {
    let text = &text[..text.floor_char_boundary(MOST_PAGE)];
    if text.contains('\0') {
        text.replace('\0', " ").into()
    } else {
        text.into()
    }
}

/// Keeps the words inside a file, page by page, in place of those known before. A `fault` says why there are none, or
/// not all.
pub fn keep_text(
    tx: &mut Write,
    cx: &Context,
    id: ArticleFileId,
    pages: &[Text],
    fault: Option<FileFault>,
) -> Result<EventId> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let file = load(tx, id)?;
    // A page keeps its row, and with it its name in the index, which must hear that it has no words any more.
    tx.exec(
        "UPDATE article_page SET text = $2 WHERE article_file = $1",
        &args![id, packed("")],
    )?;
    let mut words = false;
    for (page, text) in (1_i64..).zip(pages.iter().take(MOST_PAGES)) {
        if !text.trim().is_empty() {
            words = true;
            keep_page(tx, id, page, text)?;
        }
    }
    let read = match fault {
        Some(_) if !words => FileRead::Failed,
        _ => FileRead::Read,
    };
    tx.exec(
        "UPDATE article_file SET read = $2, fault = $3 WHERE id = $1",
        &args![id, read, fault.map_or("", FileFault::as_str)],
    )?;
    told(tx, cx, EventKind::ArticleFileRead, file.article, id, &file.name)
}

fn keep_page(tx: &mut Write, id: ArticleFileId, page: i64, text: &Text) -> Result<()> {
    let clean = clean_page(text);
    let value = if *clean == **text { text.value() } else { packed(&clean) };
    tx.exec(
        "INSERT INTO article_page (article_file, page, text) VALUES ($1, $2, $3)
         ON CONFLICT (article_file, page) DO UPDATE SET text = excluded.text",
        &args![id, page, value],
    )?;
    Ok(())
}

/// The content of every file there ever was on an article, once each: for backups and checks.
pub fn file_hashes(r: &mut Read) -> Result<Vec<String>> {
    Ok(r.query("SELECT DISTINCT sha256 FROM article_file ORDER BY 1", &args![])?)
}
