//! Making a backup beside a running desk. Under its final name there is never a half of one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::seal::{self, Hashing};
use super::{DATABASE, FORMAT, Holding, MANIFEST, Manifest, digest};
use crate::config::Place;
use crate::{cli, open};

/// Writes the backup beside its final name and renames it when it is whole and synced.
pub(crate) fn backup(place: &Place, target: &Path) -> Result<Holding> {
    if place.database.is_some() {
        bail!(
            "this desk is on PostgreSQL: copy the database with pg_dump, and the folder {} beside it",
            place.files().display()
        );
    }
    if target.exists() {
        bail!("{} is already there; a backup is never written over", target.display());
    }
    if !place.sqlite_file().exists() {
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
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()?;
    if let Err(e) = tell_desk(place) {
        // The backup is whole all the same.
        tracing::warn!(error = %e, "the desk could not be told that it has a backup");
    }
    Ok(holding)
}

/// So that the state of the system can say how old the last backup is.
fn tell_desk(place: &Place) -> Result<()> {
    let desk = open::desk_beside(place)?;
    let now = desk.now();
    Ok(desk.write_now(move |tx| desk::house::backup_made(tx, now))?)
}

pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn write(place: &Place, draft: &Path) -> Result<Holding> {
    let desk = open::desk_beside(place)?;
    let copy = with_ending(draft, "db");
    if copy.exists() {
        // Left by a backup that was cut short.
        fs::remove_file(&copy)?;
    }
    let made_at = desk.now().rfc3339();
    desk.db().backup_to(&copy).context("the database could not be copied")?;
    let result = names_in(&copy).and_then(|names| pack(place, draft, &copy, &names, made_at));
    // Only clutter by now: the copy, and what SQLite keeps beside an open file.
    for clutter in [copy.clone(), side(&copy, "-wal"), side(&copy, "-shm")] {
        let _ = fs::remove_file(clutter);
    }
    result
}

fn side(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The files the copied database speaks of: those of that instant, not of now.
fn names_in(copy: &Path) -> Result<Vec<String>> {
    let db = open::beside(copy)?;
    Ok(db.read_now(desk::files::in_use)?)
}

fn pack(place: &Place, draft: &Path, copy: &Path, names: &[String], made_at: String) -> Result<Holding> {
    let out = File::create(draft).with_context(|| format!("{} cannot be written", draft.display()))?;
    let out = Hashing::new(BufWriter::new(out));
    let mut tar = tar::Builder::new(GzEncoder::new(out, Compression::fast()));
    let mut digests = BTreeMap::new();
    add(&mut tar, &mut digests, DATABASE, copy)?;
    let bar = cli::progress_bar(names.len() as u64, "files");
    for name in names {
        let short = name
            .get(..2)
            .with_context(|| format!("{name} is no name of a file here"))?;
        let path = place.files().join(short).join(name);
        add(&mut tar, &mut digests, &format!("files/{short}/{name}"), &path)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_string(),
        made_at,
        digests,
    };
    let text = serde_json::to_vec_pretty(&manifest)?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, MANIFEST, text.as_slice())?;
    let Hashing { inner: mut out, hash } = tar.into_inner()?.finish()?;
    out.write_all(&seal::seal(hash)?)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(Holding {
        files: names.len(),
        bytes: file.metadata()?.len(),
        made_at: manifest.made_at,
    })
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
