//! Which versions in `Cargo.lock` their makers have withdrawn, read from cargo's own copy of the
//! index. Nothing is downloaded but what cargo itself fetches for the lock file.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::place::Place;
use crate::shell;

/// `name version` of each withdrawn crate in the lock file.
pub fn in_lock_file(place: &Place) -> Result<Vec<String>> {
    // Refreshes cargo's copy of the index for the crates of the lock file; changes nothing.
    if !shell::works(shell::cargo(place.root()).args(["update", "--dry-run", "--quiet"])) {
        println!("The package index did not answer: yanked versions are judged by the copy of it on this machine.");
    }
    let lock = fs::read_to_string(place.at("Cargo.lock")).context("could not read Cargo.lock")?;
    let caches = caches()?;
    let mut yanked = Vec::new();
    let mut known = 0;
    for (name, version) in foreign(&lock)? {
        let Some(entry) = caches
            .iter()
            .find_map(|cache| fs::read(cache.join(index_path(&name))).ok())
        else {
            continue;
        };
        let releases = releases(&entry);
        known += usize::from(releases.contains_key(&version));
        if releases.get(&version) == Some(&true) {
            yanked.push(format!("{name} {version}"));
        }
    }
    if known == 0 {
        bail!("cargo's copy of the package index tells nothing about the crates in Cargo.lock; run `cargo fetch` once");
    }
    println!("yanked: {} of {known} versions the index knows", yanked.len());
    Ok(yanked)
}

fn foreign(lock: &str) -> Result<Vec<(String, String)>> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not TOML")?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .context("Cargo.lock lists no packages")?;
    let text = |package: &toml::Value, key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let foreign = packages.iter().filter(|package| package.get("source").is_some());
    Ok(foreign
        .filter_map(|package| Some((text(package, "name")?, text(package, "version")?)))
        .collect())
}

fn caches() -> Result<Vec<PathBuf>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let index = home
        .context("neither CARGO_HOME nor HOME is set")?
        .join("registry/index");
    let entries = fs::read_dir(&index).with_context(|| format!("cargo keeps no index at {}", index.display()))?;
    Ok(entries.flatten().map(|entry| entry.path().join(".cache")).collect())
}

/// The index files a crate by its first letters.
fn index_path(name: &str) -> PathBuf {
    let name = name.to_lowercase();
    match name.len() {
        1 => Path::new("1").join(&name),
        2 => Path::new("2").join(&name),
        3 => Path::new("3").join(&name[..1]).join(&name),
        _ => Path::new(&name[..2]).join(&name[2..4]).join(&name),
    }
}

/// Version and whether it is withdrawn. Cargo's file is JSON lines between NUL bytes.
fn releases(entry: &[u8]) -> BTreeMap<String, bool> {
    let items = entry
        .split(|byte| *byte == 0)
        .filter_map(|item| serde_json::from_slice::<Value>(item).ok());
    items
        .filter_map(|item| Some((item.get("vers")?.as_str()?.to_owned(), item.get("yanked")?.as_bool()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawn_version_is_seen_among_good_ones() {
        let entry = b"\x03\x02\0\0\0etag\x001.0.0\0{\"vers\":\"1.0.0\",\"yanked\":true}\x001.0.1\0{\"vers\":\"1.0.1\",\"yanked\":false}\0";
        assert_eq!(
            releases(entry),
            BTreeMap::from([("1.0.0".into(), true), ("1.0.1".into(), false)])
        );
    }

    #[test]
    fn crates_are_filed_by_their_first_letters() {
        let paths = ["a", "ab", "abc", "serde"].map(|name| index_path(name).display().to_string());
        assert_eq!(paths, ["1/a", "2/ab", "3/a/abc", "se/rd/serde"]);
    }

    #[test]
    fn our_own_crates_are_not_asked_about() {
        let lock =
            "[[package]]\nname='desk'\nversion='0.1.0'\n[[package]]\nname='jiff'\nversion='0.2.0'\nsource='registry'";
        assert_eq!(foreign(lock).unwrap(), [("jiff".to_owned(), "0.2.0".to_owned())]);
    }
}
