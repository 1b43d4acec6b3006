//! A panic in a request is a fault nobody asked for.

use super::{Finding, Rule, Tree};

pub const RULE: Rule = Rule {
    name: "unwrap",
    why: "Outside tests, `expect` states the invariant that makes it safe, or `?` hands the error on.",
    check,
};

fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !file.is_test()) {
        let rust = file.rust();
        for (at, _) in rust
            .code
            .match_indices(".unwrap()")
            .filter(|(at, _)| !rust.is_test(*at))
        {
            let todo = "use `?`, or `expect(\"why this cannot fail\")`";
            found.push(Finding::refused(
                &file.path,
                rust.line_at(at),
                "unwrap outside a test",
                todo,
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn unwrap_is_for_tests() {
        let text = "fn f() { g().unwrap() }\n#[cfg(test)]\nmod tests { fn h() { g().unwrap() } }\n// .unwrap()";
        assert_eq!(refused(&RULE, &[("crates/desk/src/lib.rs", text)]), 1);
        assert_eq!(refused(&RULE, &[("crates/desk/tests/it/main.rs", text)]), 0);
    }
}
