//! No statement is glued together from values. Constants may be named in it; values are parameters.

use std::sync::LazyLock;

use regex::Regex;

use super::sql_place::SQL;
use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "built-sql",
    why: "Text glued into a statement is how injections begin; a value is a parameter, always.",
    check,
};

/// Files whose whole work is to write statements from fixed words, each with its reason.
const WRITERS: [(&str, &str); 2] = [
    (
        "crates/desk/src/views/",
        "a view's condition becomes fixed words and parameters",
    ),
    (
        "crates/db/src/",
        "the table macro, dialect and migrations write the fixed words themselves",
    ),
];

static GLUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:format|write|writeln|format_args)!\s*\(|\.push_str\s*\(").expect("the pattern is fixed and valid")
});
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{(\w*)[^}]*\}").expect("the pattern is fixed and valid"));
static CONSTANT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\w+\s*=\s*)?(?:\w+::)*[A-Z][A-Z0-9_]*$").expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    let judged = |file: &&Source| {
        ["desk", "db"].contains(&file.house()) && !WRITERS.iter().any(|(path, _)| file.path.starts_with(path))
    };
    tree.rust().filter(judged).flat_map(look).collect()
}

fn look(file: &Source) -> Vec<Finding> {
    let rust = file.rust();
    let mut found = Vec::new();
    for hit in GLUE.find_iter(&rust.code).filter(|hit| !file.is_test_at(hit.start())) {
        let inside = rust.inside(hit.end() - 1);
        let Some(text) = rust
            .strings
            .iter()
            .find(|text| inside.contains(&text.at) && SQL.is_match(&text.text))
        else {
            continue;
        };
        let pushed = hit.as_str().starts_with('.');
        // The quote after the literal, then the arguments.
        let arguments = rust
            .code
            .get(text.at + text.text.len() + 1..inside.end)
            .unwrap_or_default();
        if pushed || !only_constants(&text.text, arguments) {
            let todo = "bind values as parameters; only constants (UPPER_CASE) may be named inside a statement";
            found.push(Finding::refused(&file.path, text.line, "builds SQL from text", todo));
        }
    }
    found.extend(added(file));
    found
}

/// `"SELECT …" + x`, and `x + "SELECT …"`.
fn added(file: &Source) -> Vec<Finding> {
    let rust = file.rust();
    let sql = rust
        .strings
        .iter()
        .filter(|text| SQL.is_match(&text.text) && !file.is_test_at(text.at));
    sql.filter(|text| {
        let before = rust.code[..text.at - 1]
            .trim_end()
            .trim_end_matches(['r', '#', '&'])
            .trim_end();
        let after = rust.code[text.at + text.text.len() + 1..].trim_start_matches(['#', ' ', '\n']);
        before.ends_with('+') || after.starts_with('+') || after.starts_with(".to_owned() +")
    })
    .map(|text| Finding::refused(&file.path, text.line, "adds text to SQL", "bind values as parameters"))
    .collect()
}

fn only_constants(text: &str, arguments: &str) -> bool {
    let named = NAMED
        .captures_iter(text)
        .filter_map(|hit| hit.get(1))
        .map(|name| name.as_str().to_owned());
    let arguments = arguments
        .split(',')
        .map(|argument| argument.trim().trim_end_matches(')').to_owned());
    named
        .chain(arguments)
        .filter(|name| !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()))
        .all(|name| CONSTANT.is_match(&name))
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    const STORE: &str = "crates/desk/src/tickets/store.rs";

    fn caught(code: &str) -> usize {
        refused(&RULE, &[(STORE, &format!("fn f() {{ {code} }}"))])
    }

    #[test]
    fn values_glued_into_sql_are_caught() {
        assert_eq!(caught(r#"format!("SELECT x FROM t WHERE name = '{name}'")"#), 1);
        assert_eq!(caught(r#"format!("DELETE FROM t WHERE name = '{}'", name)"#), 1);
        assert_eq!(caught(r#"sql.push_str("SELECT ")"#), 1);
        assert_eq!(caught(r#""SELECT x FROM ".to_owned() + table"#), 1);
    }

    #[test]
    fn constants_and_parameters_pass() {
        assert_eq!(caught(r#"format!("SELECT {COLUMNS} FROM ticket WHERE id = ?1")"#), 0);
        assert_eq!(caught(r#"format!("SELECT {} FROM ticket", Ticket::COLUMNS)"#), 0);
        assert_eq!(caught(r#"r.one("SELECT x FROM ticket WHERE id = ?1", [id])"#), 0);
        assert_eq!(caught(r#"format!("{name} is away")"#), 0);
    }

    #[test]
    fn tests_may_build_what_they_like() {
        let text = "#[cfg(test)]\nmod tests { fn f() { format!(\"DELETE FROM {t} \") } }";
        assert_eq!(refused(&RULE, &[(STORE, text)]), 0);
    }
}
