//! The files of the checkout as the rules see them: what git keeps or would keep, never what it
//! ignores. Rules ask here whose room a file is in and whether it is a test.

use std::cell::OnceCell;
use std::process::Command;

use anyhow::Result;

use crate::place::Place;
use crate::rust_text::{RustText, line_of};
use crate::shell;

/// Endings of the files that rules read.
const TEXT: [&str; 15] = [
    "rs", "toml", "lock", "md", "html", "css", "js", "mjs", "ftl", "sql", "json", "sh", "txt", "yml", "jsonl",
];

#[derive(Debug)]
pub struct Tree {
    files: Vec<Source>,
}

impl Tree {
    pub fn of(files: Vec<Source>) -> Self {
        Self { files }
    }

    pub fn read(place: &Place) -> Result<Self> {
        let mut list = Command::new("git");
        list.current_dir(place.root())
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let names = shell::read(&mut list)?;
        let mut names: Vec<_> = names.split('\0').filter(|name| is_text(name)).collect();
        names.sort_unstable();
        names.dedup();
        // A file git knows and somebody has just removed is not there to be judged.
        let read = |name: &str| Some(Source::new(name, &std::fs::read_to_string(place.at(name)).ok()?));
        Ok(Self::of(names.into_iter().filter_map(read).collect()))
    }

    pub fn files(&self) -> &[Source] {
        &self.files
    }

    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.ending("rs")
    }

    pub fn ending(&self, end: &str) -> impl Iterator<Item = &Source> {
        let end = format!(".{end}");
        self.files.iter().filter(move |file| file.path.ends_with(&end))
    }
}

fn is_text(name: &str) -> bool {
    let vendored = name.contains("/vendor/");
    let known = name.rsplit_once('.').is_some_and(|(_, end)| TEXT.contains(&end)) || name == ".ci/run";
    known && !vendored
}

#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    rust: OnceCell<RustText>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            rust: OnceCell::new(),
        }
    }

    pub fn rust(&self) -> &RustText {
        self.rust.get_or_init(|| RustText::read(&self.text))
    }

    /// The crate it belongs to: `desk`, `xtask`, or `firstline` for the program itself.
    pub fn house(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or_default(),
            Some(first @ ("xtask" | "fuzz")) => first,
            _ => "firstline",
        }
    }

    /// `tickets` for `crates/desk/src/tickets/open.rs`; nothing at the top of a crate.
    pub fn room(&self) -> Option<&str> {
        let inside = self.path.split_once("/src/")?.1;
        inside.split_once('/').map(|(room, _)| room)
    }

    /// A file that only tests compile. The test harness is test code too.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let folder =
            |name: &str| self.path.starts_with(&format!("{name}/")) || self.path.contains(&format!("/{name}/"));
        folder("tests") || folder("benches") || name == "tests.rs" || name.ends_with("_tests.rs") || self.is_harness()
    }

    pub fn is_harness(&self) -> bool {
        ["testkit", "testpg", "testmail", "fuzz"].contains(&self.house())
    }

    /// Is this place of the file compiled for tests only?
    pub fn is_test_at(&self, at: usize) -> bool {
        self.is_test() || self.rust().is_test(at)
    }

    pub fn line_at(&self, at: usize) -> usize {
        line_of(&self.text, at)
    }

    /// Each line with its number.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_know_their_house_and_room() {
        let of = |path: &str| {
            let file = Source::new(path, "");
            (file.house().to_owned(), file.room().map(str::to_owned), file.is_test())
        };
        assert_eq!(
            of("crates/desk/src/tickets/open.rs"),
            ("desk".into(), Some("tickets".into()), false)
        );
        assert_eq!(of("crates/desk/src/lib.rs"), ("desk".into(), None, false));
        assert_eq!(of("crates/web/tests/http/main.rs"), ("web".into(), None, true));
        assert_eq!(of("src/cli/serve.rs"), ("firstline".into(), None, false));
        assert_eq!(of("crates/testkit/src/lib.rs"), ("testkit".into(), None, true));
    }

    #[test]
    fn the_tree_is_what_git_keeps() {
        let tree = Tree::read(&Place::find().unwrap()).unwrap();
        assert!(tree.files().iter().any(|file| file.path == "Cargo.toml"));
        assert!(
            tree.files()
                .iter()
                .all(|file| !file.path.starts_with("target/") && !file.path.contains("/vendor/"))
        );
    }
}
