//! The parent, beside children that are not ours: whatever a child does, it is over in time and its pages are kept.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use manuals::{Fault, Kind, MOST_PAGES, Manual, Reader};
use tempfile::TempDir;

/// Short enough to wait for, long enough for a shell to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);

fn child(folder: &TempDir, script: &str) -> PathBuf {
    let path = folder.path().join("child");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

fn empty(folder: &Path) -> File {
    let path = folder.join("file");
    fs::write(&path, "the file").unwrap();
    File::open(path).unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn ask(script: &str, patience: Duration) -> std::io::Result<Manual> {
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::patient(child(&folder, script), patience);
    reader.read(Kind::Pdf, empty(folder.path())).await
}

const ONE: &str = r#"echo '{"page":"one"}'"#;

#[test]
fn the_pages_and_the_end_of_a_child_are_heard() {
    let heard = ask(
        &format!("{ONE}\necho '{{\"page\":\"'$1 $2 $(cat)'\"}}'\necho '{{\"end\":\"broken\"}}'"),
        PATIENCE * 10,
    );
    let manual = heard.unwrap();
    assert_eq!(manual.pages, ["one", "read-manual pdf the file"]);
    assert_eq!(manual.fault, Some(Fault::Broken));
    let whole = ask(&format!("{ONE}\necho '{{\"end\":null}}'"), PATIENCE * 10).unwrap();
    assert_eq!((whole.pages.len(), whole.fault), (1, None));
}

#[test]
fn a_child_that_does_not_end_is_killed_and_its_pages_are_kept() {
    let begun = Instant::now();
    let manual = ask(&format!("{ONE}\nwhile :; do :; done"), PATIENCE).unwrap();
    assert_eq!((manual.pages.len(), manual.fault), (1, Some(Fault::TooSlow)));
    assert!(
        (PATIENCE..PATIENCE * 5).contains(&begun.elapsed()),
        "{:?}",
        begun.elapsed()
    );
    let begun = Instant::now();
    let said = ask(
        &format!("{ONE}\necho '{{\"end\":null}}'\nwhile :; do :; done"),
        PATIENCE * 10,
    )
    .unwrap();
    assert_eq!(
        (said.pages.len(), said.fault),
        (1, None),
        "one that stays when it has said its end is killed too"
    );
    assert!(begun.elapsed() < PATIENCE * 5, "{:?}", begun.elapsed());
}

#[test]
fn a_child_that_talks_without_end_is_cut_short() {
    let long = ask("yes '{\"page\":\"a\"}'", PATIENCE * 10).unwrap();
    assert_eq!((long.pages.len(), long.fault), (MOST_PAGES, Some(Fault::TooLarge)));
    let wide = ask("printf '{\"page\":\"'; yes | tr -d '\\n'", PATIENCE * 10).unwrap();
    assert_eq!(wide.fault, Some(Fault::TooLarge));
}

#[test]
fn what_a_child_died_of_is_told_apart() {
    let died = |script: &str| ask(&format!("{ONE}\n{script}"), PATIENCE * 10).unwrap();
    let large = died("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$");
    assert_eq!((large.pages.len(), large.fault), (1, Some(Fault::TooLarge)));
    assert_eq!(
        died("echo 'has overflowed its stack' >&2; kill -ABRT $$").fault,
        Some(Fault::Broken)
    );
    assert_eq!(died("kill -SEGV $$").fault, Some(Fault::Broken));
    assert_eq!(died("kill -XCPU $$").fault, Some(Fault::TooSlow));
    assert_eq!(died("kill -KILL $$").fault, Some(Fault::TooLarge));
}

#[test]
fn a_child_that_is_none_is_an_error_of_ours() {
    let error = ask("echo 'what is read-manual' >&2; exit 2", PATIENCE * 10).unwrap_err();
    assert!(error.to_string().contains("what is read-manual"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::new(folder.path().join("nobody"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    assert!(runtime.block_on(reader.read(Kind::Pdf, empty(folder.path()))).is_err());
}

#[test]
fn a_child_knows_nothing_of_its_parents_world() {
    let manual = ask(
        "echo '{\"page\":\"'$HOME$FIRSTLINE_DATABASE'\"}'\necho '{\"end\":null}'",
        PATIENCE * 10,
    )
    .unwrap();
    assert!(
        std::env::var_os("HOME").is_some(),
        "the control: there is something to know"
    );
    assert_eq!(manual.pages, [""]);
}

#[tokio::test(flavor = "current_thread")]
async fn one_child_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir \"${0%/*}/busy\" || { echo '{\"page\":\"two at once\"}'; }\ni=0; while [ $i -lt 200000 ]; do i=$((i+1)); done\nrmdir \"${0%/*}/busy\"\necho '{\"end\":null}'";
    let reader = Reader::patient(child(&folder, script), PATIENCE * 10);
    let other = reader.clone();
    let (one, two) = tokio::join!(
        reader.read(Kind::Pdf, empty(folder.path())),
        other.read(Kind::Pdf, empty(folder.path())),
    );
    assert_eq!((one.unwrap().pages.len(), two.unwrap().pages.len()), (0, 0));
}
