//! Backups: one file that holds the whole desk of one instant, the database and every attached file, each with its
//! digest. Made while the desk runs; read back before it is believed.
//!
//! The file is a gzip-compressed tar: `firstline.db`, `files/..`, and at the end `manifest.json` with the SHA-256 of
//! each. Files are named by their content and never deleted, so the database is copied first and every file it speaks
//! of is there to be copied after.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Place;
use crate::{cli, open};

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "firstline.db";

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    version: String,
    made_at: String,
    /// SHA-256 in hexadecimal, by name.
    digests: BTreeMap<String, String>,
}

/// What a backup holds.
#[derive(Debug)]
pub struct Holding {
    pub files: usize,
    pub bytes: u64,
    pub made_at: String,
}

/// Writes the backup beside its final name and renames it when it is whole and synced.
pub fn backup(place: &Place, target: &Path) -> Result<Holding> {
    if target.exists() {
        bail!("{} is already there; a backup is never written over", target.display());
    }
    if place.database.is_none() && !place.sqlite_file().exists() {
        bail!("{} holds no desk", place.folder.display());
    }
    let draft = with_ending(target, "draft");
    let written = write(place, &draft);
    if written.is_err() {
        // The first error is the one that matters; the draft is only clutter.
        let _ = fs::remove_file(&draft);
    }
    let holding = written?;
    fs::rename(&draft, target)?;
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    Ok(holding)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn write(place: &Place, draft: &Path) -> Result<Holding> {
    let desk = open::desk_beside(place)?;
    let copy = with_ending(draft, "db");
    let made_at = desk.now().rfc3339();
    desk.db().backup_to(&copy).context("the database could not be copied")?;
    let copied = desk_files_of(&copy);
    let result = copied.and_then(|names| pack(place, draft, &copy, &names, made_at));
    let _ = fs::remove_file(&copy);
    result
}

/// The files the copied database speaks of: those of that instant, not of now.
fn desk_files_of(copy: &Path) -> Result<Vec<String>> {
    let options = db::SqliteOptions { alone: false, readers: 1, ..db::SqliteOptions::default() };
    let db = db::Db::sqlite(copy, options)?;
    Ok(db.read_now(desk::tickets::file_hashes)?)
}

fn pack(place: &Place, draft: &Path, copy: &Path, names: &[String], made_at: String) -> Result<Holding> {
    let out = BufWriter::new(File::create(draft).with_context(|| format!("{} cannot be written", draft.display()))?);
    let mut tar = tar::Builder::new(GzEncoder::new(out, Compression::fast()));
    let mut digests = BTreeMap::new();
    add(&mut tar, &mut digests, DATABASE, copy)?;
    let bar = cli::progress_bar(names.len() as u64, "files");
    for name in names {
        let path = place.files().join(&name[..2]).join(name);
        add(&mut tar, &mut digests, &format!("files/{}/{name}", &name[..2]), &path)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let manifest = Manifest { format: 1, version: env!("CARGO_PKG_VERSION").to_string(), made_at, digests };
    let text = serde_json::to_vec_pretty(&manifest)?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, MANIFEST, text.as_slice())?;
    let file = tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(Holding { files: names.len(), bytes: file.metadata()?.len(), made_at: manifest.made_at })
}

fn add<W: Write>(
    tar: &mut tar::Builder<W>,
    digests: &mut BTreeMap<String, String>,
    name: &str,
    path: &Path,
) -> Result<()> {
    let mut file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    digests.insert(name.to_string(), digest(&mut file)?);
    tar.append_path_with_name(path, name)?;
    Ok(())
}

fn digest(from: &mut impl Read) -> Result<String> {
    let (mut hash, mut block) = (Sha256::new(), vec![0; 128 * 1024]);
    loop {
        let read = from.read(&mut block)?;
        if read == 0 {
            return Ok(hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")));
        }
        hash.update(&block[..read]);
    }
}

/// Reads every part of the file and compares it with the manifest.
pub fn verify(file: &Path) -> Result<Holding> {
    read(file, |_, part| digest(part))
}

/// Unpacks into a folder beside the wanted one, verifies, and only then puts it in place.
pub fn restore(file: &Path, place: &Place) -> Result<Holding> {
    if place.database.is_some() {
        bail!("a backup is restored into a folder; move it to PostgreSQL afterwards");
    }
    let taken = place.folder.exists() && fs::read_dir(&place.folder)?.next().is_some();
    if taken {
        bail!("{} is not empty; a backup is only restored into an empty folder", place.folder.display());
    }
    let draft = with_ending(&place.folder, "restoring");
    if draft.exists() {
        fs::remove_dir_all(&draft)?;
    }
    let unpacked = read(file, |name, part| {
        let target = draft.join(name);
        fs::create_dir_all(target.parent().unwrap_or(&draft))?;
        let mut out = Hashing { inner: File::create(&target)?, hash: Sha256::new() };
        io::copy(part, &mut out)?;
        out.inner.sync_all()?;
        Ok(out.hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
    });
    if unpacked.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    let holding = unpacked?;
    if place.folder.exists() {
        fs::remove_dir(&place.folder)?;
    }
    fs::rename(&draft, &place.folder)?;
    Ok(holding)
}

struct Hashing {
    inner: File,
    hash: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Walks the parts; `take` keeps or only reads one and answers its digest.
fn read(file: &Path, mut take: impl FnMut(&str, &mut dyn Read) -> Result<String>) -> Result<Holding> {
    let opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let bytes = opened.metadata()?.len();
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(opened)));
    let (mut found, mut manifest) = (BTreeMap::new(), None);
    let damaged = || format!("{} is damaged; nothing was put in place", file.display());
    for entry in tar.entries().with_context(damaged)? {
        let mut entry = entry.with_context(damaged)?;
        let name = own_name(&entry.path().with_context(damaged)?)?;
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.take(256 * 1024 * 1024).read_to_end(&mut text).with_context(damaged)?;
            manifest = Some(serde_json::from_slice::<Manifest>(&text).with_context(damaged)?);
        } else {
            let digest = take(&name, &mut entry).with_context(damaged)?;
            found.insert(name, digest);
        }
    }
    let manifest = manifest.with_context(|| format!("{} is no backup, or its end is missing", file.display()))?;
    if manifest.format != 1 {
        bail!("{} was written by a newer version of Firstline", file.display());
    }
    for (name, digest) in &manifest.digests {
        if found.get(name) != Some(digest) {
            bail!("{}: {name} is missing or changed", file.display());
        }
    }
    if found.len() != manifest.digests.len() {
        bail!("{}: it holds parts its list does not name", file.display());
    }
    Ok(Holding { files: found.len().saturating_sub(1), bytes, made_at: manifest.made_at })
}

/// Only the names a backup has: a path that climbs out of the folder is refused.
fn own_name(path: &Path) -> Result<String> {
    let plain = path.components().all(|c| matches!(c, Component::Normal(_)));
    let name = path.to_str().filter(|_| plain).context("the backup holds a name that is not ours")?;
    let ours = name == MANIFEST || name == DATABASE || name.starts_with("files/");
    if ours { Ok(name.to_string()) } else { bail!("the backup holds a name that is not ours: {name}") }
}
