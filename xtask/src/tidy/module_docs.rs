//! Each module begins with what it is for.

use super::{Finding, Rule, Tree};

pub const RULE: Rule = Rule {
    name: "module-docs",
    why: "A reader who opens a file is told first what it is for and what it must never do.",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let silent = tree.rust().filter(|file| !file.text.starts_with("//! "));
    let todo = "begin the file with `//! What this is for.`";
    silent
        .map(|file| Finding::refused(&file.path, 1, "does not say what it is for", todo))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn a_silent_module_is_refused() {
        assert_eq!(
            refused(&RULE, &[("src/main.rs", "//! Starts the program.\nfn main() {}")]),
            0
        );
        assert_eq!(refused(&RULE, &[("src/main.rs", "fn main() {}")]), 1);
        assert_eq!(refused(&RULE, &[("src/main.rs", "//!\nfn main() {}")]), 1);
    }
}
