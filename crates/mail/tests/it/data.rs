//! The corpora, found through `FIRSTLINE_TEST_DATA`.

use std::path::PathBuf;

/// The folder of a corpus, or a loud line and nothing.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    match std::env::var_os("FIRSTLINE_TEST_DATA") {
        Some(root) => Some(PathBuf::from(root).join(name)),
        None => {
            let required = std::env::var_os("FIRSTLINE_TEST_REQUIRE").is_some();
            assert!(
                !required,
                "FIRSTLINE_TEST_DATA is not set, and FIRSTLINE_TEST_REQUIRE is"
            );
            eprintln!("SKIPPED: FIRSTLINE_TEST_DATA is not set");
            None
        }
    }
}

/// One line of `index.tsv`.
pub(crate) struct Entry {
    pub(crate) file: String,
    pub(crate) category: String,
    pub(crate) expect: Vec<String>,
    /// Letters that are variants of one another share it.
    pub(crate) family: String,
    pub(crate) raw: Vec<u8>,
}

pub(crate) fn letters() -> Option<Vec<Entry>> {
    let root = folder("mail-dev")?;
    let index = std::fs::read_to_string(root.join("index.tsv")).unwrap();
    let entries = index.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        Entry {
            file: columns[0].to_owned(),
            category: columns[1].to_owned(),
            expect: columns[2].split(',').map(str::to_owned).collect(),
            family: columns[6].to_owned(),
            raw: std::fs::read(root.join(columns[0])).unwrap(),
        }
    });
    Some(entries.collect())
}
