//! The house rules that no compiler knows: a list of small named rules, one file each.
//!
//! A rule reads the tree and hands back what it found, each with its place and what to do. Each has
//! tests that plant the fault and see it caught; a rule without one would be a wish.

mod arrows;
mod built_sql;
mod clock;
mod file_size;
mod fluent;
mod french;
mod leftovers;
mod locale_keys;
mod lock_files;
mod module_docs;
mod one_event;
mod own_words;
mod shown_by;
mod sql_place;
mod store_private;
mod templates;
mod tree;
mod unwrap;

use anyhow::{Result, bail};

use crate::place::Place;
use tree::{Source, Tree};

/// One house rule.
struct Rule {
    name: &'static str,
    /// The reason, printed with the first finding.
    why: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

const RULES: [Rule; 16] = [
    arrows::RULE,
    store_private::RULE,
    one_event::RULE,
    sql_place::RULE,
    built_sql::RULE,
    clock::RULE,
    unwrap::RULE,
    file_size::RULE,
    module_docs::RULE,
    leftovers::RULE,
    templates::RULE,
    locale_keys::RULE,
    french::RULE,
    own_words::RULE,
    lock_files::RULE,
    shown_by::RULE,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Printed; the check passes.
    Warning,
    Refused,
}

/// One place that breaks a rule.
#[derive(Debug)]
struct Finding {
    level: Level,
    path: String,
    line: usize,
    what: String,
    todo: String,
}

impl Finding {
    fn refused(path: &str, line: usize, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self {
            level: Level::Refused,
            path: path.to_owned(),
            line,
            what: what.into(),
            todo: todo.into(),
        }
    }

    fn warning(path: &str, line: usize, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            ..Self::refused(path, line, what, todo)
        }
    }
}

pub fn run(place: &Place) -> Result<()> {
    let tree = Tree::read(place)?;
    let mut refused = 0;
    let mut warnings = 0;
    for rule in &RULES {
        let found = (rule.check)(&tree);
        report(rule, &found);
        let here = found.iter().filter(|finding| finding.level == Level::Refused).count();
        refused += here;
        warnings += found.len() - here;
    }
    println!(
        "tidy: {} rules over {} files: {refused} refused, {warnings} to look at",
        RULES.len(),
        tree.files().len()
    );
    if refused > 0 {
        bail!("{refused} places break the house rules; each is named above with what to do");
    }
    Ok(())
}

fn report(rule: &Rule, found: &[Finding]) {
    if !found.is_empty() {
        println!("\n[{}] {}", rule.name, rule.why);
    }
    for finding in found {
        let word = if finding.level == Level::Refused {
            "refused"
        } else {
            "look at"
        };
        println!(
            "  {word}  {}:{}  {}\n           {}",
            finding.path, finding.line, finding.what, finding.todo
        );
    }
}

/// What the rules' tests need: a tree of planted files, and how many places were refused.
#[cfg(test)]
mod planted {
    use super::*;

    pub fn tree(files: &[(&str, &str)]) -> Tree {
        Tree::of(files.iter().map(|(path, text)| Source::new(path, text)).collect())
    }

    pub fn refused(rule: &Rule, files: &[(&str, &str)]) -> usize {
        (rule.check)(&tree(files))
            .iter()
            .filter(|finding| finding.level == Level::Refused)
            .count()
    }

    pub fn warned(rule: &Rule, files: &[(&str, &str)]) -> usize {
        (rule.check)(&tree(files))
            .iter()
            .filter(|finding| finding.level == Level::Warning)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_names_are_unique_and_have_reasons() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(RULES.iter().all(|rule| rule.why.len() > 20));
    }
}
