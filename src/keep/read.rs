//! Reading a backup back: verifying it, and restoring it into an empty folder. Nothing is put in place before all of it
//! was read and compared.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

use super::seal::{self, Hashing};
use super::write::with_ending;
use super::{DATABASE, FORMAT, Holding, MANIFEST, Manifest, digest, hexadecimal};
use crate::config::Place;

/// A manifest longer than this is none.
const LONGEST_MANIFEST: u64 = 256 * 1024 * 1024;

/// Reads every part of the file and compares it with the manifest, and the whole with its seal.
pub(crate) fn verify(file: &Path) -> Result<Holding> {
    read(file, |_, part| Ok(digest(part)?))
}

/// Unpacks into a folder beside the wanted one, verifies, and only then puts it in place.
pub(crate) fn restore(file: &Path, place: &Place) -> Result<Holding> {
    if place.database.is_some() {
        bail!("a backup is restored into a folder: leave --database out");
    }
    let taken = place.folder.exists() && fs::read_dir(&place.folder)?.next().is_some();
    if taken {
        bail!(
            "{} is not empty; a backup is only restored into an empty folder",
            place.folder.display()
        );
    }
    let draft = with_ending(&place.folder, "restoring");
    if draft.exists() {
        fs::remove_dir_all(&draft)?;
    }
    let unpacked = read(file, |name, part| unpack(&draft.join(name), part)).and_then(|holding| {
        sync_folders(&draft)?;
        Ok(holding)
    });
    if unpacked.is_err() {
        // The first error is the one that matters; the draft is only clutter.
        let _ = fs::remove_dir_all(&draft);
    }
    let holding = unpacked?;
    if place.folder.exists() {
        fs::remove_dir(&place.folder)?;
    }
    fs::rename(&draft, &place.folder)?;
    let parent = place
        .folder
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()?;
    Ok(holding)
}

fn unpack(target: &Path, part: &mut dyn Read) -> Result<String> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = Hashing::new(File::create(target)?);
    io::copy(part, &mut out)?;
    out.inner.sync_all()?;
    Ok(hexadecimal(out.hash))
}

fn sync_folders(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    Ok(File::open(folder)?.sync_all()?)
}

/// Walks the parts; `take` keeps or only reads one and answers its digest.
fn read(file: &Path, take: impl FnMut(&str, &mut dyn Read) -> Result<String>) -> Result<Holding> {
    let mut opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let bytes = opened.metadata()?.len();
    let sealed = bytes
        .checked_sub(seal::length()?)
        .with_context(|| format!("{} is no backup", file.display()))?;
    let mut body = Hashing::new(BufReader::new((&mut opened).take(sealed)));
    let walked = walk(&mut body, take);
    // The seal is over all bytes, read by the walk or not.
    io::copy(&mut body, &mut io::sink())?;
    let expected = seal::seal(body.hash)?;
    let mut found = Vec::new();
    opened.read_to_end(&mut found)?;
    let whole = found == expected;
    let manifest = match walked {
        Ok(manifest) if whole => manifest,
        Ok(_) => bail!("{} is damaged or not whole: its seal does not fit", file.display()),
        Err(e) => return Err(e.context(format!("{} is damaged or no backup", file.display()))),
    };
    Ok(Holding {
        files: manifest.digests.len().saturating_sub(1),
        bytes,
        made_at: manifest.made_at,
    })
}

fn walk(body: &mut impl Read, mut take: impl FnMut(&str, &mut dyn Read) -> Result<String>) -> Result<Manifest> {
    let mut tar = tar::Archive::new(GzDecoder::new(body));
    let (mut found, mut manifest) = (BTreeMap::new(), None);
    for entry in tar.entries()? {
        let mut entry = entry?;
        let name = own_name(&entry.path()?)?;
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.take(LONGEST_MANIFEST).read_to_end(&mut text)?;
            manifest = Some(serde_json::from_slice::<Manifest>(&text)?);
        } else {
            let digest = take(&name, &mut entry)?;
            found.insert(name, digest);
        }
    }
    let manifest = manifest.context("its list of parts is missing")?;
    if manifest.format != FORMAT {
        bail!("it was written by another version of Firstline ({})", manifest.version);
    }
    if let Some((name, _)) = manifest
        .digests
        .iter()
        .find(|(name, digest)| found.get(*name) != Some(*digest))
    {
        bail!("{name} is missing or changed");
    }
    if found.len() != manifest.digests.len() || !found.contains_key(DATABASE) {
        bail!("its parts are not those of its list");
    }
    Ok(manifest)
}

/// Only the names a backup has: a path that climbs out of the folder is refused.
fn own_name(path: &Path) -> Result<String> {
    let plain = path.components().all(|c| matches!(c, Component::Normal(_)));
    let name = path
        .to_str()
        .filter(|_| plain)
        .context("it holds a name that is not ours")?;
    let ours = name == MANIFEST || name == DATABASE || name.starts_with("files/");
    if ours {
        Ok(name.to_string())
    } else {
        bail!("it holds a name that is not ours: {name}")
    }
}
