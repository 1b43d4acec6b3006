//! The project speaks of itself, in its own words: no paths of somebody's machine, no word that
//! means something else here.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "own-words",
    why: "A reader elsewhere has other paths, and one word means one thing (GLOSSARY.md).",
    check,
};

// Written with brackets, so that these lines do not find themselves.
static ANYWHERE: LazyLock<Vec<(Regex, &str, &str)>> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("the pattern is fixed and valid");
    vec![
        (
            pattern(r"(?:^|[^\w./])/(?:wor[k]|roo[t]|hom[e]/\w+)/"),
            "a path of one machine",
            "name it from the root of the checkout",
        ),
        (
            pattern(r"https?://[a-z.]*(?:crate[s]|np[m]|pyp[i]|debia[n])[a-z]*\.(?:io|com|org)"),
            "a registry's host",
            "name the package; its client knows the host",
        ),
        (
            pattern(r"(?i)\bsessio[n] of\b|\bassistan[t]s?\b|\bsubagen[t]s?\b"),
            "a word that is not of this trade",
            "say what the product does",
        ),
    ]
});
static AGENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bagent").expect("the pattern is fixed and valid"));
/// Programs are called that; people are not. Quoted, it is the word itself that is spoken of.
static PROGRAM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:inventory|user|glpi|fusioninventory)[- _]?agents?\b|\bagents? (?:d.inventaire|utilisateur)|["«]\s?agents?\s?["»]"#)
        .expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    let own = tree
        .files()
        .iter()
        .filter(|file| !file.path.ends_with(".lock") && !file.path.contains("/locales/vendor"));
    own.flat_map(|file| anywhere(file).into_iter().chain(people(file)))
        .collect()
}

fn anywhere(file: &Source) -> Vec<Finding> {
    let lines = file
        .lines()
        .flat_map(|(line, text)| ANYWHERE.iter().map(move |pattern| (line, text, pattern)));
    let hits = lines.filter_map(|(line, text, (pattern, what, todo))| {
        let hit = pattern.find(text)?;
        Some(Finding::refused(
            &file.path,
            line,
            format!("{what}: `{}`", hit.as_str().trim()),
            *todo,
        ))
    });
    hits.collect()
}

/// What people read: pages, sentences, documents.
fn people(file: &Source) -> Vec<Finding> {
    if !["html", "ftl", "md"]
        .iter()
        .any(|end| file.path.ends_with(&format!(".{end}")))
    {
        return vec![];
    }
    let hits = file
        .lines()
        .filter(|(_, text)| AGENT.is_match(&PROGRAM.replace_all(text, "")));
    hits.map(|(line, _)| {
        Finding::refused(
            &file.path,
            line,
            "\"agent\" for a person",
            "say technician; the word is for inventory programs",
        )
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn machine_paths_and_hosts_are_caught() {
        for bad in [
            concat!("see /wor", "k/main/x"),
            concat!("`/roo", "t/x`"),
            concat!("https://registry.np", "mjs.org/x"),
        ] {
            assert_eq!(refused(&RULE, &[("docs/a.md", bad)]), 1, "{bad}");
        }
        for good in [
            "the work/life balance",
            "crates/work/src",
            "https://example.org/work/",
            "target/work/",
        ] {
            assert_eq!(refused(&RULE, &[("docs/a.md", good)]), 0, "{good}");
        }
    }

    #[test]
    fn people_are_technicians() {
        assert_eq!(
            refused(&RULE, &[("crates/web/src/team/list.html", "<p>Agents on duty</p>")]),
            1
        );
        assert_eq!(
            refused(
                &RULE,
                &[(
                    "docs/a.md",
                    "The inventory agent, a User-Agent header, never \"agent\" for a person"
                )]
            ),
            0
        );
        assert_eq!(
            refused(&RULE, &[("crates/desk/src/a.rs", "let user_agent = 1; // agent")]),
            0
        );
    }
}
