//! Time is an argument. The clock is read in one place.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "clock",
    why: "A rule that reads the clock cannot be tested at midnight, on 29 February or in 2038.",
    check,
};

static READS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(SystemTime|Timestamp|Zoned|Instant|Utc|Local)::now\b").expect("the pattern is fixed and valid")
});

/// Where how long something took matters, and the hour does not.
const STOPWATCHES: [&str; 7] = [
    "crates/db/src/",
    "crates/desk/src/meaning/follow.rs",
    "crates/mail/src/smtp",
    "crates/web/src/door/",
    "crates/web/src/http/",
    "crates/web/src/live/",
    "xtask/src/",
];

fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| file.path != "crates/desk/src/clock.rs")
        .flat_map(look)
        .collect()
}

fn look(file: &Source) -> Vec<Finding> {
    let stopwatch = file.is_test() || STOPWATCHES.iter().any(|place| file.path.starts_with(place));
    let hits = READS.captures_iter(&file.rust().code).filter_map(|hit| {
        let (at, clock) = (hit.get(0)?.start(), hit.get(1)?.as_str());
        let allowed = clock == "Instant" && (stopwatch || file.is_test_at(at));
        let todo = "take the time or `desk::Clock` as an argument; tests give a fixed one";
        (!allowed).then(|| {
            Finding::refused(
                &file.path,
                file.line_at(at),
                format!("reads the clock: {clock}::now"),
                todo,
            )
        })
    });
    hits.collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn the_clock_is_read_in_one_place() {
        for clock in ["SystemTime", "jiff::Timestamp", "Zoned", "Instant"] {
            let text = format!("fn f() {{ {clock}::now(); }}");
            assert_eq!(refused(&RULE, &[("crates/desk/src/sla/due.rs", &text)]), 1, "{clock}");
            assert_eq!(refused(&RULE, &[("crates/desk/src/clock.rs", &text)]), 0, "{clock}");
        }
    }

    #[test]
    fn a_stopwatch_is_no_clock() {
        let file = |path: &str, clock: &str| refused(&RULE, &[(path, &format!("fn f() {{ {clock}::now(); }}"))]);
        assert_eq!(file("crates/db/src/pool.rs", "Instant"), 0);
        assert_eq!(file("crates/db/src/pool.rs", "SystemTime"), 1);
        assert_eq!(file("crates/web/tests/it/pages.rs", "Instant"), 0);
        assert_eq!(file("crates/web/tests/it/pages.rs", "Timestamp"), 1);
    }

    #[test]
    fn a_name_handed_on_is_a_reading_too() {
        assert_eq!(
            refused(
                &RULE,
                &[(
                    "crates/desk/src/jobs/run.rs",
                    "let now = opt.unwrap_or_else(Timestamp::now);"
                )]
            ),
            1
        );
    }
}
