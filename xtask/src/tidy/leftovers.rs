//! What was left for later: notes to self, debugging prints, tests switched off or asleep.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "leftovers",
    why: "What is not done is an issue, not a comment; a test that is off or asleep proves nothing.",
    check,
};

// Written with brackets, so that these lines do not find themselves.
static NOTES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(TO[D]O|FIX[M]E|XX[X])\b").expect("the pattern is fixed and valid"));
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:db[g]|tod[o]|unimplemente[d])!\s*[(\[{]|#\[\s*ignor[e]\b")
        .expect("the pattern is fixed and valid")
});
static SLEEP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bsleep(?:_until)?\s*\(").expect("the pattern is fixed and valid"));
static SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:test|it|describe)\.(?:only|skip|todo)\s*\(|(?m:^\s*debugger\b)|\bwaitForTimeout\s*\(")
        .expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    let notes = tree
        .files()
        .iter()
        .filter(|file| !file.path.ends_with(".lock"))
        .flat_map(notes);
    let rust = tree.rust().flat_map(in_rust);
    let scripts = ["js", "mjs"]
        .into_iter()
        .flat_map(|end| tree.ending(end))
        .flat_map(in_script);
    notes.chain(rust).chain(scripts).collect()
}

fn notes(file: &Source) -> Vec<Finding> {
    let todo = "do it now, or open an issue and take the note out";
    let hits = NOTES.find_iter(&file.text);
    hits.map(|hit| {
        Finding::refused(
            &file.path,
            file.line_at(hit.start()),
            format!("{} left behind", hit.as_str()),
            todo,
        )
    })
    .collect()
}

fn in_rust(file: &Source) -> Vec<Finding> {
    let code = &file.rust().code;
    let left = CODE.find_iter(code).map(|hit| {
        let what = format!("`{}` left behind", hit.as_str());
        Finding::refused(&file.path, file.line_at(hit.start()), what, "take it out")
    });
    // The harness may wait for a server to come up; a test may not.
    let asleep = SLEEP
        .find_iter(code)
        .filter(|hit| !file.is_harness() && file.is_test_at(hit.start()))
        .map(|hit| {
            let todo = "wait for the thing itself (a channel, a condition, our own clock), never for time";
            Finding::refused(&file.path, file.line_at(hit.start()), "a test that sleeps", todo)
        });
    left.chain(asleep).collect()
}

fn in_script(file: &Source) -> Vec<Finding> {
    let todo = "run every test; wait for what the page shows, not for time";
    let hits = SCRIPT.find_iter(&file.text);
    hits.map(|hit| {
        Finding::refused(
            &file.path,
            file.line_at(hit.start()),
            format!("`{}`", hit.as_str()),
            todo,
        )
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn notes_to_self_are_caught_anywhere() {
        let note = concat!("// TO", "DO: later");
        assert_eq!(refused(&RULE, &[("crates/desk/src/lib.rs", note)]), 1);
        assert_eq!(refused(&RULE, &[("docs/testing.md", concat!("FIX", "ME"))]), 1);
    }

    #[test]
    fn prints_and_switched_off_tests_are_caught() {
        assert_eq!(
            refused(&RULE, &[("crates/desk/src/lib.rs", concat!("fn f() { db", "g!(x); }"))]),
            1
        );
        assert_eq!(
            refused(
                &RULE,
                &[("crates/desk/src/lib.rs", concat!("#[ign", "ore]\n#[test]\nfn f() {}"))]
            ),
            1
        );
        assert_eq!(
            refused(&RULE, &[("crates/web/tests/browser/a.test.mjs", "test.only('x', f)")]),
            1
        );
    }

    #[test]
    fn tests_do_not_sleep_and_programs_may() {
        let nap = "fn f() { std::thread::sleep(d); }";
        assert_eq!(refused(&RULE, &[("crates/desk/tests/it/main.rs", nap)]), 1);
        assert_eq!(refused(&RULE, &[("src/serve.rs", nap)]), 0);
        assert_eq!(refused(&RULE, &[("crates/testkit/src/lib.rs", nap)]), 0);
    }
}
