//! A model of meaning from the command line: put in, named, taken away, and refused in plain words.

#[path = "../../crates/meaning/tests/it/tiny.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "the maker serves other tests too")]
mod tiny;

use crate::common::{done, place, refused};

#[test]
fn a_model_is_added_named_and_removed() {
    let at = place();
    let model = tiny::model();
    let path = model.path().display().to_string();
    assert_eq!(
        done(&at.data, &["model", "status"]),
        "no model; suggestions go by words"
    );
    let added = done(&at.data, &["model", "add", &path, "--name", "tiny"]);
    assert!(added.starts_with("tiny, 8 numbers a text, sha256 "), "{added}");
    let status = done(&at.data, &["model", "status"]);
    assert!(added.starts_with(&status), "{status}");
    assert_eq!(done(&at.data, &["model", "remove"]), "removed; suggestions go by words");
    assert_eq!(done(&at.data, &["model", "remove"]), "there was no model");
}

#[test]
fn what_is_no_model_is_refused_by_file_and_what_is_missing() {
    let at = place();
    let model = tiny::model();
    let path = model.path().display().to_string();
    std::fs::remove_file(model.path().join("model.safetensors")).expect("removed");
    let said = refused(&at.data, &["model", "add", &path]);
    assert!(
        said.contains("The file model.safetensors is missing") && said.contains("Nothing has changed"),
        "{said}"
    );
    let said = refused(&at.data, &["model", "add", "/nowhere"]);
    assert!(said.contains("/nowhere is not a folder"), "{said}");
    assert_eq!(
        done(&at.data, &["model", "status"]),
        "no model; suggestions go by words"
    );
}
