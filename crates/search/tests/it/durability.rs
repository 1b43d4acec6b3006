//! What is on disk: reopening, crashes, damage, other people's files.

use crate::{ask, en};
use search::{Index, SearchError};
use std::fs;
use std::path::Path;

fn filled(dir: &Path) -> Index {
    let index = Index::open(dir).unwrap();
    index.put((0..50).map(|n| en(n, "Toner", "low"))).unwrap();
    index.commit("cursor 50").unwrap();
    index
}

#[test]
fn an_index_comes_back_with_its_cursor() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(
        Index::open(dir.path()).unwrap().cursor(),
        None,
        "a new index has come nowhere"
    );
    drop(filled(dir.path()));
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(index.cursor().as_deref(), Some("cursor 50"));
    assert!(!index.needs_rebuild());
    assert_eq!(ask(&index, "toner").total, 50);
    index.put([en(50, "Paper", "")]).unwrap();
    index.commit("cursor 51").unwrap();
    assert_eq!((ask(&index, "paper").total, index.len()), (1, 51));
}

#[test]
fn what_was_not_committed_is_gone_and_the_cursor_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    index.put((0..30).map(|n| en(n, "Paper", ""))).unwrap();
    index.remove("note", 40).unwrap();
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(index.cursor().as_deref(), Some("cursor 50"));
    assert_eq!((ask(&index, "toner").total, ask(&index, "paper").total), (50, 0));
}

#[test]
fn compacting_changes_nothing_but_the_size() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    for n in 0..4 {
        index.put((0..20).map(|id| en(id, "Paper", "out"))).unwrap();
        index.commit(&format!("round {n}")).unwrap();
    }
    index.compact().unwrap();
    assert_eq!((ask(&index, "toner").total, ask(&index, "paper").total), (30, 20));
    assert_eq!(index.cursor().as_deref(), Some("round 3"));
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(
        (ask(&index, "toner").total, index.cursor().as_deref()),
        (30, Some("round 3"))
    );
}

#[test]
fn clearing_forgets_documents_and_cursor() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(dir.path());
    index.clear().unwrap();
    assert_eq!((index.len(), index.cursor()), (0, None));
    drop(index);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.len(), index.cursor()), (0, None));
    index.put([en(1, "Toner", "")]).unwrap();
    index.commit("again").unwrap();
    assert_eq!(
        (ask(&index, "toner").total, index.cursor().as_deref()),
        (1, Some("again"))
    );
}

#[test]
fn a_second_writer_is_refused_in_plain_words() {
    let dir = tempfile::tempdir().unwrap();
    let first = filled(dir.path());
    let refusal = Index::open(dir.path()).err().unwrap();
    assert!(matches!(refusal, SearchError::Locked(_)), "{refusal}");
    assert!(refusal.to_string().contains("in use"), "{refusal}");
    drop(first);
    assert_eq!(Index::open(dir.path()).unwrap().len(), 50, "and nothing was harmed");
}

/// Damages one file at a time in each way, and expects an empty index that says so, or one that
/// still answers; never a refusal and never a panic.
#[test]
fn a_damaged_index_is_emptied_and_says_so() {
    let mut emptied = 0;
    let ways: [fn(&Path); 4] = [
        |file| fs::remove_file(file).unwrap(),
        |file| fs::write(file, b"").unwrap(),
        |file| fs::write(file, b"damage").unwrap(),
        |file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        },
    ];
    let sound = tempfile::tempdir().unwrap();
    drop(filled(sound.path()));
    let entries = fs::read_dir(sound.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    for way in ways {
        for name in names.iter().filter(|name| !name.ends_with("lock")) {
            let dir = tempfile::tempdir().unwrap();
            for name in &names {
                fs::copy(sound.path().join(name), dir.path().join(name)).unwrap();
            }
            way(&dir.path().join(name));
            let index = Index::open(dir.path()).unwrap();
            if index.needs_rebuild() {
                emptied += 1;
                assert_eq!((index.len(), index.cursor()), (0, None), "{name}");
            }
            index.put([en(1, "Paper", "")]).unwrap();
            index.commit("rebuilt").unwrap();
            assert_eq!(ask(&index, "paper").total, 1, "{name}");
        }
    }
    assert!(emptied >= 10, "the damage was real: {emptied}");
}

#[test]
fn an_index_of_another_version_is_emptied_and_other_files_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(filled(dir.path()));
    let precious = dir.path().join("desk.sqlite");
    fs::write(&precious, "not ours").unwrap();
    let meta = dir.path().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    assert!(text.contains("key.v"), "the version stands in the schema");
    fs::write(&meta, text.replace("key.v", "key.w")).unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert!(index.needs_rebuild());
    assert_eq!((index.len(), index.cursor()), (0, None));
    assert_eq!(fs::read_to_string(&precious).unwrap(), "not ours");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let refusal = Index::open(&file.join("index")).err().unwrap();
    assert!(refusal.to_string().contains("file/index"), "{refusal}");
}

/// The disk fails under the index (its folder is gone): errors, then work again once it is back.
#[test]
fn a_failed_commit_is_an_error_and_the_next_one_may_succeed() {
    let dir = tempfile::tempdir().unwrap();
    let (here, away) = (dir.path().join("index"), dir.path().join("away"));
    let index = filled(&here);
    fs::rename(&here, &away).unwrap();
    let failed = index
        .put([en(60, "Paper", "")])
        .and_then(|()| index.commit("cursor 60"));
    assert!(failed.is_err(), "nothing can be written");
    assert_eq!(ask(&index, "toner").total, 50, "reading goes on");
    fs::rename(&away, &here).unwrap();
    assert_eq!(index.cursor().as_deref(), Some("cursor 50"), "begin again from here");
    index.put([en(60, "Paper", "")]).unwrap();
    index.commit("cursor 60").unwrap();
    assert_eq!(ask(&index, "paper").total, 1);
}
