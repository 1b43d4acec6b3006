//! A file a person can hold in mind.

use super::{Finding, Rule, Tree};

pub const RULE: Rule = Rule {
    name: "file-size",
    why: "Rivals' ticket files have 2,300 to 4,900 lines. None of ours passes 500; 300 is the aim.",
    check,
};

const AIM: usize = 300;
const LIMIT: usize = 500;

fn check(tree: &Tree) -> Vec<Finding> {
    let judged = ["rs", "html", "css", "js", "mjs"];
    let mut found = Vec::new();
    for file in judged.iter().flat_map(|end| tree.ending(end)) {
        let lines = file.text.lines().count();
        let what = format!("{lines} lines");
        if lines > LIMIT {
            found.push(Finding::refused(
                &file.path,
                LIMIT,
                what,
                "split it: one file a verb, one file a part",
            ));
        } else if lines > AIM {
            found.push(Finding::warning(&file.path, AIM, what, "it holds two things; which?"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::planted::{refused, warned};
    use super::*;

    #[test]
    fn long_files_are_named_and_longer_ones_refused() {
        for (lines, warnings, refusals) in [(300, 0, 0), (301, 1, 0), (500, 1, 0), (501, 0, 1)] {
            let text = "x\n".repeat(lines);
            for path in [
                "crates/web/src/a.rs",
                "crates/web/assets/app.css",
                "crates/web/src/a.html",
            ] {
                assert_eq!(
                    (warned(&RULE, &[(path, &text)]), refused(&RULE, &[(path, &text)])),
                    (warnings, refusals)
                );
            }
        }
    }
}
