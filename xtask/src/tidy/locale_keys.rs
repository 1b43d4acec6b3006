//! Both languages, complete: every sentence in English and in French, with the same values in it;
//! every key a page or a letter asks for; no sentence that nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::fluent::{Message, messages};
use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "locale-keys",
    why: "English and French are equals: same completeness, same day. A missing sentence shows as its bare key.",
    check,
};

const LANGUAGES: [&str; 2] = ["en-CA", "fr-CA"];

/// The places that take a key, `t("key")` and `text(lang, "key", …)`, and the families that are keys wherever they
/// stand: what a verb refuses is said in both languages.
static ASKED: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("the pattern is fixed and valid");
    [
        pattern(r#"\b(?:t\d?|ta|tn|tr!)\(\s*"([a-z][\w-]*)""#),
        pattern(r#"\b(?:text|say|say_with)\(\s*&?[\w.]+(?:\(\))?\s*,\s*"([a-z][\w-]*)""#),
        pattern(r#""((?:refused|conflict)-[a-z][\w-]*)""#),
    ]
});
/// Any literal that could be a key, and the first half of one that is put together.
static SPOKEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""([a-z][\w-]*)(\{|"\s*~)?"#).expect("the pattern is fixed and valid"));
static INSIDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\s*(-?[a-z][\w-]*)").expect("the pattern is fixed and valid"));
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$([a-zA-Z][\w-]*)").expect("the pattern is fixed and valid"));

type Shelf<'a> = BTreeMap<String, (&'a Source, Message)>;

fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut all = BTreeSet::new();
    for folder in folders(tree) {
        let shelves = LANGUAGES.map(|language| shelf(tree, &format!("{folder}/{language}/")));
        found.extend(gaps(&shelves, LANGUAGES));
        all.extend(shelves.iter().flat_map(BTreeMap::keys).cloned());
        found.extend(unsaid(tree, &shelves[0]));
    }
    if !all.is_empty() {
        found.extend(asked(tree, &all));
    }
    found
}

/// The `locales` folders, wherever a crate keeps one.
fn folders(tree: &Tree) -> BTreeSet<String> {
    let cut = |file: &Source| {
        file.path
            .split_once("/locales/")
            .map(|(house, _)| format!("{house}/locales"))
    };
    tree.ending("ftl").filter_map(cut).collect()
}

fn shelf<'a>(tree: &'a Tree, folder: &str) -> Shelf<'a> {
    let files = tree.ending("ftl").filter(|file| file.path.starts_with(folder));
    files
        .flat_map(|file| {
            messages(file)
                .into_iter()
                .map(move |message| (message.key.clone(), (file, message)))
        })
        .collect()
}

fn gaps(shelves: &[Shelf<'_>; 2], languages: [&str; 2]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (here, there, other) in [(0, 1, languages[1]), (1, 0, languages[0])] {
        for (key, (file, message)) in &shelves[here] {
            let Some((_, twin)) = shelves[there].get(key) else {
                let todo = format!("write `{key}` in {other} too");
                found.push(Finding::refused(
                    &file.path,
                    message.line,
                    format!("`{key}` is missing in {other}"),
                    todo,
                ));
                continue;
            };
            let odd: Vec<_> = values(&message.text).difference(&values(&twin.text)).cloned().collect();
            if !odd.is_empty() {
                let what = format!("`{key}` uses ${} here and not in {other}", odd.join(", $"));
                found.push(Finding::refused(
                    &file.path,
                    message.line,
                    what,
                    "say the same in both languages",
                ));
            }
        }
    }
    found
}

fn values(text: &str) -> BTreeSet<String> {
    VALUE.captures_iter(text).map(|hit| hit[1].to_owned()).collect()
}

/// Rust and templates, where keys are asked for.
fn speakers(tree: &Tree) -> impl Iterator<Item = &Source> {
    let speaks =
        |file: &&Source| (file.path.ends_with(".rs") || file.path.ends_with(".html")) && file.house() != "xtask";
    tree.files().iter().filter(speaks)
}

fn asked<'a>(tree: &'a Tree, known: &BTreeSet<String>) -> Vec<Finding> {
    let pages = speakers(tree).filter(|file| !file.is_test());
    let hits = |file: &'a Source| ASKED.iter().flat_map(|place| place.captures_iter(&file.text));
    let asked = pages.flat_map(|file| hits(file).filter_map(move |hit| Some((file, hit.get(1)?))));
    // A test inside a module may ask for a key that is not there on purpose.
    let asked = asked.filter(|(file, key)| !file.path.ends_with(".rs") || !file.is_test_at(key.start()));
    let missing = asked.filter(|(_, key)| !known.contains(key.as_str()));
    missing
        .map(|(file, key)| {
            let todo = "write the sentence in en-CA and fr-CA";
            Finding::refused(
                &file.path,
                file.line_at(key.start()),
                format!("no sentence is called `{}`", key.as_str()),
                todo,
            )
        })
        .collect()
}

fn unsaid(tree: &Tree, shelf: &Shelf<'_>) -> Vec<Finding> {
    let mut said = BTreeSet::new();
    let mut halves = Vec::new();
    for hit in speakers(tree).flat_map(|file| SPOKEN.captures_iter(&file.text)) {
        let half = hit.get(2).is_some();
        if half {
            halves.push(hit[1].to_owned());
        } else {
            said.insert(hit[1].to_owned());
        }
    }
    let within = shelf
        .values()
        .flat_map(|(_, message)| INSIDE.captures_iter(&message.text))
        .map(|hit| hit[1].to_owned());
    said.extend(within);
    let unsaid = shelf.iter().filter(|(key, _)| {
        !said.contains(*key)
            && !halves
                .iter()
                .any(|half| half.ends_with('-') && key.starts_with(half.as_str()))
    });
    unsaid
        .map(|(key, (file, message))| {
            Finding::warning(
                &file.path,
                message.line,
                format!("nobody says `{key}`"),
                "take it out of both languages",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::{refused, warned};
    use super::*;

    const EN: &str = "crates/web/locales/en-CA/inbox.ftl";
    const FR: &str = "crates/web/locales/fr-CA/inbox.ftl";
    const PAGE: &str = "crates/web/src/inbox/list.html";

    #[test]
    fn a_sentence_missing_in_one_language_is_caught_both_ways() {
        let page = (PAGE, r#"{{ l.t("inbox-empty") }}"#);
        assert_eq!(
            refused(
                &RULE,
                &[(EN, "inbox-empty = Nothing"), (FR, "inbox-empty = Rien"), page]
            ),
            0
        );
        assert_eq!(refused(&RULE, &[(EN, "inbox-empty = Nothing"), (FR, ""), page]), 1);
        assert_eq!(refused(&RULE, &[(EN, ""), (FR, "inbox-empty = Rien"), page]), 1);
    }

    #[test]
    fn the_same_values_stand_in_both() {
        let page = (PAGE, r#"{{ l.t("left") }}"#);
        assert_eq!(
            refused(
                &RULE,
                &[(EN, "left = { $count } left"), (FR, "left = { $nombre } restent"), page]
            ),
            2
        );
    }

    #[test]
    fn a_key_nobody_wrote_is_caught_where_it_is_asked() {
        let shelf = [(EN, "a = A"), (FR, "a = A")];
        for asks in [
            r#"t("b")"#,
            r#"l.t("b", x)"#,
            r#"tr!("b", n = 1)"#,
            r#"words.text(lang, "b", &[])"#,
        ] {
            assert_eq!(
                refused(
                    &RULE,
                    &[
                        shelf[0],
                        shelf[1],
                        (
                            "crates/web/src/inbox/list.rs",
                            &format!("fn f() {{ {asks} + t(\"a\") }}")
                        )
                    ]
                ),
                1,
                "{asks}"
            );
        }
        assert_eq!(
            refused(
                &RULE,
                &[
                    shelf[0],
                    shelf[1],
                    (PAGE, r#"<p>format("b") start("b") text("b") text(title, 250, "b")</p>"#)
                ]
            ),
            0
        );
    }

    #[test]
    fn a_sentence_nobody_says_is_reported() {
        let shelf = |key: &str| (format!("{key} = A"), format!("{key} = A"));
        let (en, fr) = shelf("status-open");
        assert_eq!(warned(&RULE, &[(EN, &en), (FR, &fr), (PAGE, "")]), 1);
        assert_eq!(
            warned(
                &RULE,
                &[
                    (EN, &en),
                    (FR, &fr),
                    ("crates/web/src/a.rs", r#"fn f() { format!("status-{s}") }"#)
                ]
            ),
            0
        );
        assert_eq!(
            warned(
                &RULE,
                &[
                    (EN, &en),
                    (FR, &fr),
                    ("crates/web/src/a.rs", r#"fn f() { "status-open" }"#)
                ]
            ),
            0
        );
    }
}
