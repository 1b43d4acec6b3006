//! The typography of Canadian French: no space before `? ! ;`, a no-break space before `:` and
//! inside « ».

use std::sync::LazyLock;

use regex::Regex;

use super::fluent::messages;
use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "french",
    why: "Canadian French has its own spacing; a plain space lets a colon or a guillemet fall to the next line.",
    check,
};

static FAULTS: LazyLock<[(Regex, &str, &str); 4]> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("the pattern is fixed and valid");
    [
        (
            pattern(r"[ \u{a0}\u{202f}][?!;]"),
            "a space before ? ! or ;",
            "write it against the word",
        ),
        (
            pattern(r"(?:^|[^\u{a0}]):(?:\s|$)"),
            "no no-break space before a colon",
            "put U+00A0 before the colon",
        ),
        (
            pattern(r"«[^\u{a0}]"),
            "no no-break space after «",
            "put U+00A0 after «",
        ),
        (
            pattern(r"[^\u{a0}]»"),
            "no no-break space before »",
            "put U+00A0 before »",
        ),
    ]
});
static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{[^{}]*\}").expect("the pattern is fixed and valid"));

fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending("ftl")
        .filter(|file| file.path.contains("/fr-CA/"))
        .flat_map(look)
        .collect()
}

fn look(file: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for message in messages(file) {
        for (index, line) in message.text.lines().enumerate() {
            let words = words(line);
            for (fault, what, todo) in FAULTS.iter().filter(|(fault, ..)| fault.is_match(&words)) {
                let near = fault
                    .find(&words)
                    .map(|hit| hit.as_str().trim().to_owned())
                    .unwrap_or_default();
                found.push(Finding::refused(
                    &file.path,
                    message.line + index,
                    format!("{what}: `{near}`"),
                    *todo,
                ));
            }
        }
    }
    found
}

/// The sentence as it is read: a value becomes a word, a written no-break space becomes one.
fn words(line: &str) -> String {
    let line = line
        .replace("{\"\\u00A0\"}", "\u{a0}")
        .replace("{ \"\\u00A0\" }", "\u{a0}")
        .replace("{\"\u{a0}\"}", "\u{a0}");
    CODE.replace_all(&line, "x").into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    fn faults(text: &str) -> usize {
        refused(&RULE, &[("crates/web/locales/fr-CA/a.ftl", &format!("cle = {text}"))])
    }

    #[test]
    fn spacing_faults_are_caught() {
        for bad in [
            "Quoi ?",
            "Non\u{a0}!",
            "Un ; deux",
            "Reste: deux",
            "Reste : deux",
            "Dit « oui\u{a0}»",
            "Dit «\u{a0}oui »",
            "{ $n }:",
        ] {
            assert_eq!(faults(bad), 1, "{bad}");
        }
    }

    #[test]
    fn good_french_passes() {
        for good in [
            "Quoi? Non! Un; deux",
            "Reste\u{a0}: deux",
            "Dit «\u{a0}oui\u{a0}»",
            "À 10:22, http://x",
            "{ $n }{\"\\u00A0\"}: oui",
        ] {
            assert_eq!(faults(good), 0, "{good}");
        }
    }

    #[test]
    fn english_is_left_alone() {
        assert_eq!(
            refused(&RULE, &[("crates/web/locales/en-CA/a.ftl", "key = Left: two")]),
            0
        );
    }
}
