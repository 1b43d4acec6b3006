//! A page that says which test shows a promise names tests that are there.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "shown-by",
    why: "A promise is worth the test that shows it; a page that names a test nobody runs promises nothing.",
    check,
};

/// Where promises and their tests stand side by side.
const PAGE: &str = "docs/mail-promises.md";

static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"`([a-z0-9_]+)::([a-z0-9_]+)`").expect("the pattern is fixed and valid"));
static FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"`([a-z0-9_/.-]+\.(?:js|rs))`").expect("the pattern is fixed and valid"));
static TEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"#\[(?:tokio::)?test[^\]]*\]\s+(?:async )?fn ([a-z0-9_]+)|(?m:^\s+fn ([a-z0-9_]+)\(\w+ in)")
        .expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.files().iter().find(|file| file.path == PAGE) else {
        return Vec::new();
    };
    let tests: HashSet<(&str, &str)> = tree.rust().flat_map(tests).collect();
    let paths: HashSet<&str> = tree.files().iter().map(|file| file.path.as_str()).collect();
    let mut found = Vec::new();
    for (number, line) in page.lines() {
        let lost = NAMED
            .captures_iter(line)
            .map(|named| named.extract())
            .filter(|(_, [file, name])| !tests.contains(&(*file, *name)));
        let gone = FILE
            .captures_iter(line)
            .map(|file| file.extract())
            .filter(|(_, [path])| !paths.contains(path));
        let names = lost.map(|(whole, _)| whole).chain(gone.map(|(whole, _)| whole));
        found.extend(names.map(|name| {
            Finding::refused(
                PAGE,
                number,
                format!("{name} is not there"),
                "name the test that shows it now, or build it",
            )
        }));
    }
    found
}

/// The tests of a file, each with the file's name.
fn tests(file: &Source) -> impl Iterator<Item = (&str, &str)> {
    let stem = file
        .path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".rs"))
        .unwrap_or_default();
    let names = TEST
        .captures_iter(&file.text)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)));
    names.map(move |name| (stem, name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn a_page_that_names_a_test_which_is_not_there_is_refused() {
        let of = |page: &str| {
            let files = [
                (PAGE, page),
                (
                    "crates/mail/tests/it/filing.rs",
                    "#[test]\nfn it_is_filed() {}\nfn helper() {}\n#[tokio::test]\nasync fn it_waits() {}",
                ),
            ];
            refused(&RULE, &files)
        };
        assert_eq!(
            of("| filed | `filing::it_is_filed`, `filing::it_waits`, `crates/mail/tests/it/filing.rs` |"),
            0
        );
        assert_eq!(of("| filed | `filing::it_was_filed` |"), 1);
        assert_eq!(of("| filed | `other::it_is_filed` |"), 1, "in another file");
        assert_eq!(of("| filed | `filing::helper` |"), 1, "no test");
        assert_eq!(of("| filed | `filing::one`, `filing::two`, `gone.test.js` |"), 3);
        assert_eq!(refused(&RULE, &[("docs/other.md", "`filing::one`")]), 0);
    }
}
