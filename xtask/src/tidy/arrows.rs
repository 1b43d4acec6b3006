//! The arrows between rooms: who may know whom. Read from the manifests, and from the one way round
//! them, a crate handed on whole by another.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "arrows",
    why: "The trade knows no HTTP, the web knows no SQL, instruments know nothing of ours (ARCHITECTURE.md, Arrows).",
    check,
};

/// Each house and whom it may use. Instruments use nobody.
const ALLOWED: [(&str, &[&str]); 15] = [
    (
        "firstline",
        &[
            "web", "import", "desk", "mail", "manuals", "meaning", "outside", "search", "db",
        ],
    ),
    ("web", &["desk"]),
    ("import", &["desk"]),
    (
        "desk",
        &["db", "mail", "manuals", "meaning", "outside", "search", "worktime"],
    ),
    ("db", &[]),
    ("mail", &[]),
    ("manuals", &[]),
    ("meaning", &[]),
    ("outside", &[]),
    ("search", &[]),
    ("worktime", &[]),
    ("testpg", &["db"]),
    ("testmail", &[]),
    (
        "testkit",
        &[
            "web", "import", "desk", "mail", "search", "db", "worktime", "testpg", "testmail",
        ],
    ),
    ("xtask", &[]),
];

/// What only tests may use.
const HARNESS: [&str; 3] = ["testkit", "testpg", "testmail"];

/// Servers that a test starts: they know nothing of the trade.
const SERVERS: [&str; 2] = ["testpg", "testmail"];

fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree
        .files()
        .iter()
        .filter(|file| file.path.ends_with("Cargo.toml"))
        .flat_map(in_manifest);
    let tunnels = tree.rust().filter(|file| !file.is_test()).flat_map(handed_on);
    manifests.chain(tunnels).collect()
}

fn in_manifest(file: &Source) -> Vec<Finding> {
    let Ok(manifest) = file.text.parse::<toml::Table>() else {
        return vec![Finding::refused(&file.path, 1, "not TOML", "mend the manifest")];
    };
    let Some(allowed) = allowed(file.house()) else {
        let todo = "name it and its arrows in ARCHITECTURE.md and in xtask/src/tidy/arrows.rs";
        let known = file.house() == "fuzz";
        return if known {
            vec![]
        } else {
            vec![Finding::refused(&file.path, 1, "a house nobody knows", todo)]
        };
    };
    let ours = |section: &str| {
        let names = manifest
            .get(section)
            .and_then(toml::Value::as_table)
            .into_iter()
            .flat_map(toml::Table::keys);
        names
            .filter(|name| ALLOWED.iter().any(|(house, _)| house == name))
            .cloned()
            .collect::<Vec<_>>()
    };
    let instrument = allowed.is_empty();
    let built = ours("dependencies")
        .into_iter()
        .filter(|name| !allowed.contains(&name.as_str()));
    // A test may look further than the code it tests; an instrument's test still sees no trade.
    let tested = ours("dev-dependencies")
        .into_iter()
        .filter(|name| instrument && !SERVERS.contains(&name.as_str()));
    let line = |name: &str| {
        file.lines()
            .find(|(_, line)| line.trim_start().starts_with(name))
            .map_or(1, |(line, _)| line)
    };
    built
        .chain(tested)
        .map(|name| forbidden(file, line(&name), &name))
        .collect()
}

fn forbidden(file: &Source, line: usize, name: &str) -> Finding {
    let todo = if HARNESS.contains(&name) {
        format!("move `{name}` to [dev-dependencies]")
    } else {
        format!("ask the neighbour that may use `{name}`, or move the code to its room")
    };
    Finding::refused(&file.path, line, format!("{} may not use {name}", file.house()), todo)
}

fn allowed(house: &str) -> Option<&'static [&'static str]> {
    ALLOWED
        .iter()
        .find(|(name, _)| *name == house)
        .map(|(_, allowed)| *allowed)
}

static TUNNEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"pub\s+(?:use|extern\s+crate)\s+(?:::)?(\w+)\s*(?:;|::\s*\*|as\s)")
        .expect("the pattern is fixed and valid")
});
static THROUGH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bdesk\s*::\s*(db|mail|outside|search|worktime)\s*::").expect("the pattern is fixed and valid")
});

/// A whole crate handed on, or used through a neighbour's door.
fn handed_on(file: &Source) -> Vec<Finding> {
    let code = &file.rust().code;
    let whole = TUNNEL.captures_iter(code).filter_map(|hit| {
        let (at, name) = (hit.get(0)?.start(), hit.get(1)?.as_str());
        let ours = ALLOWED.iter().any(|(house, _)| *house == name) && allowed(file.house())?.contains(&name);
        let todo = "re-export the names your neighbours need, one by one";
        ours.then(|| Finding::refused(&file.path, file.line_at(at), format!("hands on all of `{name}`"), todo))
    });
    let through = THROUGH.find_iter(code).filter(|_| file.house() != "desk").map(|hit| {
        let todo = "ask desk for the thing itself";
        Finding::refused(
            &file.path,
            file.line_at(hit.start()),
            format!("reaches through desk: `{}`", hit.as_str()),
            todo,
        )
    });
    whole.chain(through).collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn the_web_may_not_know_sql() {
        assert_eq!(
            refused(
                &RULE,
                &[("crates/web/Cargo.toml", "[dependencies]\ndesk.path='../desk'\naxum='1'")]
            ),
            0
        );
        assert_eq!(
            refused(
                &RULE,
                &[("crates/web/Cargo.toml", "[dependencies]\ndb = { path = '../db' }")]
            ),
            1
        );
    }

    #[test]
    fn an_instrument_knows_nothing_of_ours_even_in_tests() {
        assert_eq!(
            refused(
                &RULE,
                &[("crates/mail/Cargo.toml", "[dependencies]\ndesk.path='../desk'")]
            ),
            1
        );
        assert_eq!(
            refused(
                &RULE,
                &[("crates/mail/Cargo.toml", "[dev-dependencies]\ndesk.path='../desk'")]
            ),
            1
        );
        assert_eq!(
            refused(
                &RULE,
                &[("crates/db/Cargo.toml", "[dev-dependencies]\ntestpg.path='../testpg'")]
            ),
            0
        );
        assert_eq!(
            refused(
                &RULE,
                &[(
                    "crates/mail/Cargo.toml",
                    "[dev-dependencies]\ntestmail.path='../testmail'\ntestkit.path='../testkit'"
                )]
            ),
            1
        );
    }

    #[test]
    fn the_harness_is_for_tests() {
        assert_eq!(
            refused(
                &RULE,
                &[("crates/desk/Cargo.toml", "[dependencies]\ntestkit.path='../testkit'")]
            ),
            1
        );
        assert_eq!(
            refused(
                &RULE,
                &[(
                    "crates/desk/Cargo.toml",
                    "[dev-dependencies]\ntestkit.path='../testkit'"
                )]
            ),
            0
        );
    }

    #[test]
    fn a_house_without_arrows_is_refused() {
        assert_eq!(refused(&RULE, &[("crates/newcomer/Cargo.toml", "[dependencies]")]), 1);
    }

    #[test]
    fn no_crate_goes_through_a_neighbours_door() {
        assert_eq!(refused(&RULE, &[("crates/desk/src/lib.rs", "pub use db;")]), 1);
        assert_eq!(refused(&RULE, &[("crates/desk/src/lib.rs", "pub use db::Engine;")]), 0);
        assert_eq!(refused(&RULE, &[("crates/web/src/lib.rs", "use desk::db::Read;")]), 1);
    }
}
