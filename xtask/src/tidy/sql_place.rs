//! SQL stands in the trade and the database layer, nowhere else.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Tree};

pub const RULE: Rule = Rule {
    name: "sql-place",
    why: "The web knows no SQL: a page that can query can also leak what the access policy would hide.",
    check,
};

/// Text that is SQL, whatever else it is.
pub static SQL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bSELECT\s|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\s|\bUPDATE\s+[\w{}]+\s+SET\b|\bDELETE\s+FROM\s")
        .expect("the pattern is fixed and valid")
});

/// Houses whose business SQL is, and the rules that quote it.
const HOUSES: [&str; 5] = ["desk", "db", "testkit", "testpg", "xtask"];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree
        .rust()
        .filter(|file| !HOUSES.contains(&file.house()) && !is_floor(&file.path))
    {
        for text in file.rust().strings.iter().filter(|text| SQL.is_match(&text.text)) {
            let todo = "move the statement into the store.rs of a room in crates/desk and call its verb or finder";
            found.push(Finding::refused(&file.path, text.line, "SQL outside the trade", todo));
        }
    }
    found
}

/// The program's benches measure the bare engine beside ours; tests look at the rows from outside, to see that a
/// refused request left none.
fn is_floor(path: &str) -> bool {
    path.starts_with("benches/") || path.starts_with("tests/") || path.starts_with("crates/web/tests/")
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn sql_is_refused_in_the_web_and_welcome_in_the_trade() {
        for sql in [
            "SELECT 1",
            "INSERT INTO ticket",
            "UPDATE ticket SET x = 1",
            "DELETE FROM ticket WHERE",
        ] {
            let text = format!("fn f() {{ q(\"{sql}\") }}");
            assert_eq!(refused(&RULE, &[("crates/web/src/tickets/show.rs", &text)]), 1, "{sql}");
            assert_eq!(
                refused(&RULE, &[("crates/desk/src/tickets/store.rs", &text)]),
                0,
                "{sql}"
            );
        }
    }

    #[test]
    fn words_about_sql_are_no_sql() {
        let text = "// SELECT in a comment\nfn f() { say(\"select a team, then update it\") }";
        assert_eq!(refused(&RULE, &[("crates/web/src/tickets/show.rs", text)]), 0);
    }
}
