//! Pages keep to the strict content security policy: no style attribute, no handler attribute, no
//! script of their own without the page's nonce.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "templates",
    why: "The policy refuses inline style and script, so what slips in does not work, and loosening it opens the door.",
    check,
};

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<[a-zA-Z][^>]*>").expect("the pattern is fixed and valid"));
static STYLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[\s]style\s*=").expect("the pattern is fixed and valid"));
static HANDLER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\son[a-z]+\s*=").expect("the pattern is fixed and valid"));
static OWN_CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^<(script|style)\b").expect("the pattern is fixed and valid"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:href|src|action)\s*=\s*["']?\s*javascript:"#).expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    tree.ending("html")
        .filter(|file| file.path.contains("/src/"))
        .flat_map(look)
        .collect()
}

fn look(file: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for tag in TAG.find_iter(&file.text) {
        let text = tag.as_str();
        let mut say =
            |what: &str, todo: &str| found.push(Finding::refused(&file.path, file.line_at(tag.start()), what, todo));
        if STYLE.is_match(text) {
            say(
                "a style attribute",
                "give it a class; a value from data goes into a data attribute or an SVG attribute",
            );
        }
        if HANDLER.is_match(text) {
            say("an inline handler", "use data-action and a Stimulus controller");
        }
        if ADDRESS.is_match(text) {
            say("a javascript: address", "use a button with data-action");
        }
        if OWN_CODE.is_match(text) && !text.contains("nonce=") && !text.contains(" src=") {
            say(
                "a script or style without the page's nonce",
                "move it into an asset, or add nonce=\"{{ nonce }}\"",
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn what_the_policy_refuses_is_refused_here_first() {
        for bad in [
            "<p style=\"color:red\">",
            "<button\n  onclick=\"go()\">",
            "<script>go()</script>",
            "<style>p{}</style>",
            "<a href=\"javascript:go()\">",
        ] {
            assert_eq!(refused(&RULE, &[("crates/web/src/tickets/show.html", bad)]), 1, "{bad}");
        }
    }

    #[test]
    fn pages_as_they_should_be_pass() {
        let good = "<script nonce=\"{{ nonce }}\" type=\"importmap\">{}</script><script src=\"/a.js\"></script>\
                    <p class=\"x\" data-style=\"y\" data-action=\"z\">one = two</p>";
        assert_eq!(refused(&RULE, &[("crates/web/src/tickets/show.html", good)]), 0);
    }
}
