//! What the attributes of a tag say about its contents: that nobody sees them, or that they are
//! somebody else's words. Only for the words of HTML; what is safe is decided elsewhere.

/// How much of a tag is looked at.
const LOOK: usize = 4_096;

/// Styles that hide, without their blanks.
const HIDING: &[&str] = &["display:none", "visibility:hidden", "mso-hide:all"];
/// Styles that hide when nothing but their unit follows.
const NOTHING: &[&str] = &["font-size:0", "opacity:0", "max-height:0"];

pub(super) fn is_hidden(inside: &str) -> bool {
    let inside = inside[..inside.floor_char_boundary(LOOK)].to_ascii_lowercase();
    let bare = inside
        .split_ascii_whitespace()
        .any(|word| matches!(word, "hidden" | "hidden=\"\"" | "hidden=\"hidden\""));
    let Some(style) = value(&inside, "style") else {
        return bare;
    };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    bare || style.split(';').any(|rule| {
        let rule = rule.trim_end_matches("!important");
        HIDING.contains(&rule) || NOTHING.iter().any(|n| rule.strip_prefix(n).is_some_and(is_unit))
    })
}

fn is_unit(rest: &str) -> bool {
    matches!(rest, "" | "px" | "pt" | "em" | "%")
}

/// Whether a quotation is one that a mail program made: people indent with the same element.
pub(super) fn is_citation(inside: &str) -> bool {
    let inside = inside[..inside.floor_char_boundary(LOOK)].to_ascii_lowercase();
    let class = value(&inside, "class").unwrap_or_default();
    value(&inside, "type") == Some("cite") || class.contains("quote") || class.contains("cite")
}

/// The value of an attribute as people write it: in quotes, or up to the next blank.
fn value<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let (at, _) = inside.match_indices(name).find(|(at, _)| {
        let before = inside[..*at].chars().next_back();
        let after = inside[at + name.len()..].trim_start();
        before.is_none_or(|c| c.is_ascii_whitespace() || c == '/') && after.starts_with('=')
    })?;
    let rest = inside[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next(),
        _ => rest.split(|c: char| c.is_ascii_whitespace()).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_things_are_told_from_others() {
        for inside in [
            " style=\"display: none\"",
            " class=x style='color:red; Display:None !important;'",
            " style=display:none",
            " hidden",
            " style=\"font-size:0px\"",
        ] {
            assert!(is_hidden(inside), "{inside}");
        }
        for inside in [
            "",
            " title=\"display:none\"",
            " style=\"font-size:0.9em\"",
            " style=\"display:block\"",
            " data-style=\"display:none\"",
        ] {
            assert!(!is_hidden(inside), "{inside}");
        }
    }
}
