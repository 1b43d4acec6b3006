//! One verb, one transaction, one event: whoever is told who asks and may write leaves a line in
//! the log; and the log has no kind of line that nobody writes.
//!
//! What is nobody's news (how far one person has read, a draft) says so where it is written:
//! `/// No event: ` and the reason.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "one-event",
    why: "Everything that follows a change reads the event log; a change without its line never happened for them.",
    check,
};

static VERB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bpub\s+fn\s+(\w+)[^({]*(\()").expect("the pattern is fixed and valid"));
/// Both handed on: to the log, or to another verb that writes there.
static HANDED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\(\s*tx\s*,\s*&?cx\b").expect("the pattern is fixed and valid"));
static STORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bstore::(\w+)\s*\(").expect("the pattern is fixed and valid"));
static KINDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\benum\s+EventKind\s*\{").expect("the pattern is fixed and valid"));
static VARIANT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b([A-Z]\w*)\s*=>").expect("the pattern is fixed and valid"));

fn check(tree: &Tree) -> Vec<Finding> {
    let silent = tree
        .rust()
        .filter(|file| in_trade(file) && file.room() != Some("events"))
        .flat_map(silent_verbs);
    silent.chain(unwritten_kinds(tree)).collect()
}

fn in_trade(file: &Source) -> bool {
    file.house() == "desk" && !file.is_test()
}

fn silent_verbs(file: &Source) -> Vec<Finding> {
    let code = &file.rust().code;
    let verbs = VERB.captures_iter(code).filter_map(|hit| {
        let (name, open) = (hit.get(1)?, hit.get(2)?.start());
        let (given, body) = parts(file, open)?;
        let verb = code[given].contains("&mut Write") && code[open..body.start].contains("cx: &Context");
        let writes = writes(&code[body.clone()]);
        let told = HANDED.is_match(&code[body]) || says_why_not(file, hit.get(0)?.start());
        let silent = verb && writes && !told && !file.is_test_at(open);
        let todo = "write the fact with `events::record(tx, cx, …)`, or say why not in its doc comment: `No event: …`";
        silent.then(|| {
            Finding::refused(
                &file.path,
                file.line_at(open),
                format!("`{}` changes things and leaves no event", name.as_str()),
                todo,
            )
        })
    });
    verbs.collect()
}

/// Does the body change rows, itself or through its room's store?
fn writes(body: &str) -> bool {
    let asks = ["load", "find", "list", "count", "maybe", "has", "is_", "by_", "of"];
    let changes = |name: &str| !asks.iter().any(|word| name.starts_with(word));
    body.contains(".exec") || STORE.captures_iter(body).any(|call| changes(&call[1]))
}

/// `No event: reason` among the comment lines above a function.
fn says_why_not(file: &Source, at: usize) -> bool {
    let above = file.text[..at].lines().rev().map(str::trim);
    let mut comments = above
        .skip_while(|line| line.is_empty())
        .take_while(|line| line.starts_with("//") || line.starts_with("#["));
    comments.any(|line| line.split_once("No event: ").is_some_and(|(_, why)| why.len() > 10))
}

/// The arguments and the body of a function.
fn parts(file: &Source, open: usize) -> Option<(Range<usize>, Range<usize>)> {
    let rust = file.rust();
    let given = rust.inside(open);
    let brace = given.end + rust.code.get(given.end..)?.find('{')?;
    Some((given, rust.inside(brace)))
}

fn unwritten_kinds(tree: &Tree) -> Vec<Finding> {
    let files: Vec<_> = tree.rust().filter(|file| in_trade(file)).collect();
    let Some((home, at)) = files
        .iter()
        .find_map(|file| Some((file, KINDS.find(&file.rust().code)?.end() - 1)))
    else {
        return vec![];
    };
    let inside = home.rust().inside(at);
    let kinds = VARIANT
        .captures_iter(&home.rust().code[inside.clone()])
        .filter_map(|hit| hit.get(1))
        .map(|hit| (hit.as_str(), hit.start()));
    let written = |kind: &str| {
        let name = format!("EventKind::{kind}");
        files.iter().any(|file| {
            file.rust()
                .code
                .match_indices(&name)
                .any(|(at, _)| !file.is_test_at(at))
        })
    };
    let unwritten = kinds.filter(|(kind, _)| !written(kind));
    unwritten
        .map(|(kind, at)| {
            let todo = "record it in its verb, or take it out";
            Finding::refused(
                &home.path,
                home.line_at(inside.start + at),
                format!("no verb writes EventKind::{kind}"),
                todo,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    const VERB: &str = "crates/desk/src/tickets/close.rs";

    #[test]
    fn a_verb_that_leaves_no_event_is_caught() {
        let silent = "pub fn close(tx: &mut Write, cx: &Context) -> Result<()> { tx.exec(\"..\", []) }";
        assert_eq!(refused(&RULE, &[(VERB, silent)]), 1);
        let stored = "pub fn close(tx: &mut Write, cx: &Context) -> Result<()> { store::save(tx, &ticket) }";
        assert_eq!(refused(&RULE, &[(VERB, stored)]), 1);
        let told = "pub fn close(tx: &mut Write, cx: &Context) -> Result<()> { tx.exec(\"..\", [])?; events::record(tx, cx, fact) }";
        assert_eq!(refused(&RULE, &[(VERB, told)]), 0);
        let handed =
            "pub fn close(tx: &mut Write, cx: &Context) -> Result<()> { store::touch(tx)?; change(tx, cx, |t| t) }";
        assert_eq!(refused(&RULE, &[(VERB, handed)]), 0);
    }

    #[test]
    fn what_is_nobodys_news_says_so() {
        let mark = "pub fn mark(tx: &mut Write, cx: &Context) { tx.exec(\"..\", []) }";
        let said = format!("/// Marks.\n/// No event: what one person has read is nobody's news.\n{mark}");
        assert_eq!(refused(&RULE, &[(VERB, &said)]), 0);
        assert_eq!(refused(&RULE, &[(VERB, &format!("/// No event: \n{mark}"))]), 1);
    }

    #[test]
    fn helpers_and_finders_are_no_verbs() {
        let helper = "pub(super) fn save(tx: &mut Write, ticket: &Ticket) { tx.exec(\"..\", []) }";
        let finder = "pub fn find(r: &mut Read, cx: &Context) { r.one(\"..\", []) }";
        let guard = "pub fn to_change(tx: &mut Write, cx: &Context) { store::load(tx, id)? }";
        for text in [helper, finder, guard] {
            assert_eq!(refused(&RULE, &[(VERB, text)]), 0, "{text}");
        }
    }

    #[test]
    fn a_kind_nobody_writes_is_caught() {
        let kinds = (
            "crates/desk/src/events/log.rs",
            "pub enum EventKind { Closed => \"closed\", Dreamt => \"dreamt\", }",
        );
        let verb = (VERB, "fn f() { Fact::new(EventKind::Closed) }");
        assert_eq!(refused(&RULE, &[kinds, verb]), 1);
    }
}
