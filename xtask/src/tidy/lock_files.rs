//! Lock files name packages and their hashes, never where one machine fetched them.

use super::{Finding, Rule, Tree};

pub const RULE: Rule = Rule {
    name: "lock-files",
    why: "A download address in a lock file ties the checkout to one machine's mirror.",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let locks = tree
        .files()
        .iter()
        .filter(|file| file.path.ends_with("package-lock.json") || file.path.ends_with("Cargo.lock"));
    for file in locks {
        let addresses = file.lines().filter(|(_, line)| {
            let mirror = line.contains("source = ") && !line.contains("\"registry+https://github.com/rust-lang/");
            line.contains("\"resolved\":") || mirror
        });
        let todo = "set `omit-lockfile-registry-resolved=true` in .npmrc, or take the crate from the usual registry, and lock again";
        found.extend(addresses.map(|(line, _)| Finding::refused(&file.path, line, "a download address", todo)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn addresses_are_caught_in_both_kinds_of_lock() {
        let npm = |line: &str| refused(&RULE, &[("crates/web/tests/browser/package-lock.json", line)]);
        assert_eq!(
            (
                npm("\"resolved\": \"http://mirror/x.tgz\","),
                npm("\"integrity\": \"sha512-x\",")
            ),
            (1, 0)
        );
        let cargo = |line: &str| refused(&RULE, &[("Cargo.lock", line)]);
        assert_eq!(cargo("source = \"git+https://mirror/x\""), 1);
        assert_eq!(
            cargo(concat!(
                "source = \"registry+https://github.com/rust-lang/crates",
                ".io-index\""
            )),
            0
        );
    }
}
