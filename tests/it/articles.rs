//! Articles as files: out of one desk, into another, and what cannot be read is named.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::{done, place, refused};

const VPN: &str = "---\nid: \"KB-118\"\ndesk: \"Another desk\"\ntitle-en: \"Connect to the VPN\"\ntitle-fr: \"Se connecter au RPV\"\n\
audience: public\nstate: published\nreview: 2027-05-01T04:00:00Z\nnote: \"driver 23.40, EN\"\n---\n\n\
<!-- passage 3 en -->\nWait for the **green** dot.\n\n\
<!-- passage 3 fr behind 2026-11-16T15:00:00Z -->\nAttendez le point vert.\n\n\
<!-- passage 7 en -->\nStill dropping?\n";

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let read = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("a text"))
    });
    read.collect()
}

#[test]
fn articles_go_out_as_they_came_in_and_come_in_once() {
    let at = place();
    let (inside, out, split) = (
        at.folder.path().join("in"),
        at.folder.path().join("out"),
        at.folder.path().join("split"),
    );
    std::fs::create_dir_all(&inside).expect("a folder");
    std::fs::write(inside.join("vpn.md"), VPN).expect("written");
    std::fs::write(inside.join("note.txt"), "not an article").expect("written");
    let path = |p: &Path| p.display().to_string();
    let import = |from: &Path| done(&at.data, &["articles", "import", &path(from), "--publish"]);
    assert_eq!(import(&inside), "1 new, 0 changed, 0 as they were");
    assert_eq!(import(&inside), "0 new, 0 changed, 1 as they were");
    assert_eq!(
        done(&at.data, &["articles", "export", &path(&out)]),
        "1 articles in 1 files"
    );
    assert_eq!(files(&out), [("KB-1.md".to_string(), VPN.to_string())].into());
    done(&at.data, &["articles", "export", &path(&split), "--split"]);
    let names: Vec<String> = files(&split).into_keys().collect();
    assert_eq!(names, ["KB-1.en.md", "KB-1.fr.md"]);
    assert_eq!(
        import(&split),
        "0 new, 0 changed, 1 as they were",
        "two files are one article"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_in() {
    let at = place();
    let inside = at.folder.path().join("in");
    std::fs::create_dir_all(&inside).expect("a folder");
    std::fs::write(inside.join("good.md"), "# Good\n\nWords.\n").expect("written");
    std::fs::write(inside.join("bad.md"), "---\ntitle: &a [x]\n---\n").expect("written");
    std::fs::write(inside.join("bytes.md"), b"\xff\xfe\x00").expect("written");
    let ran = testkit::run(
        crate::common::exe(),
        &at.data,
        &["articles", "import", &inside.display().to_string()],
    );
    assert!(!ran.ok && ran.err.contains("2 files were refused"), "{}", ran.err);
    assert!(
        ran.out.contains("1 new") && ran.out.contains("bad.md: refused. file: Line 2"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("bytes.md: refused. file: This file is not a text in UTF-8"),
        "{}",
        ran.out
    );
    let nowhere = refused(&at.data, &["articles", "import", "/nowhere/at/all"]);
    assert!(nowhere.contains("cannot be read"), "{nowhere}");
}
