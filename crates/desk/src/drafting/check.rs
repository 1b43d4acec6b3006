//! An answer is a stranger's text. What is left of it: words without signs that cannot be seen, without HTML, without
//! links that stand in no source, and with citations of sources that were given. Pure.

use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Checked {
    pub words: String,
    /// The numbers it cites, of those that were given.
    pub cited: BTreeSet<usize>,
    /// Citations of what was not given.
    pub struck: usize,
    /// Links that stand in no source.
    pub links: usize,
}

/// `count` sources were given; `texts` are theirs.
pub(super) fn checked(text: &str, count: usize, texts: &[&str]) -> Checked {
    let allowed: BTreeSet<String> = texts.iter().flat_map(|text| addresses(text)).collect();
    let seen: String = text.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
    let mut links = 0;
    let text = without_targets(&without_html(&seen), &allowed, &mut links);
    let text = without_addresses(&text, &allowed, &mut links);
    let mut checked = Checked {
        links,
        ..Checked::default()
    };
    checked.words = cite(&text, count, &mut checked).trim().to_string();
    checked
}

/// Control characters, and those that turn or hide the letters around them (Unicode TR 36).
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What could open a tag is a plain mark; nothing of the words is lost.
fn without_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    let mut open = false;
    while let Some(c) = signs.next() {
        let begins = signs
            .peek()
            .is_some_and(|n| n.is_ascii_alphabetic() || "/!?".contains(*n));
        match c {
            '<' if begins => {
                open = true;
                out.push('‹');
            }
            '>' if open => {
                open = false;
                out.push('›');
            }
            other => out.push(other),
        }
    }
    out
}

/// `[text](target)`: a target that stands in no source goes, the text stays.
fn without_targets(text: &str, allowed: &BTreeSet<String>, links: &mut usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (head, tail) = rest.split_at(at + 1);
        out.push_str(head);
        let end = tail
            .find([')', '\n'])
            .map_or(tail.len(), |end| end + usize::from(tail[end..].starts_with(')')));
        let target = tail[1..end]
            .trim_end_matches(')')
            .split_whitespace()
            .next()
            .unwrap_or_default();
        if allowed.contains(target) {
            out.push_str(&tail[..end]);
        } else {
            *links += 1;
        }
        rest = &tail[end..];
    }
    out + rest
}

fn without_addresses(text: &str, allowed: &BTreeSet<String>, links: &mut usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    for (from, to) in stretches(text) {
        if !allowed.contains(&text[from..to]) {
            *links += 1;
            out.push_str(&text[kept..from]);
            out.push('…');
            kept = to;
        }
    }
    out + &text[kept..]
}

/// The addresses of pages a text holds.
fn addresses(text: &str) -> Vec<String> {
    stretches(text)
        .into_iter()
        .map(|(from, to)| text[from..to].to_string())
        .collect()
}

/// Where addresses stand: a scheme with `://`, or `www.`, up to what no address has, without the mark that ends a sentence.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let mut begins: Vec<usize> = lower
        .match_indices("://")
        .map(|(at, _)| scheme_before(&lower, at))
        .collect();
    begins.extend(lower.match_indices("www.").map(|(at, _)| at));
    begins.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for from in begins {
        if found.last().is_some_and(|(_, to)| from < *to) {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || "<>\"'`()[]{}‹›«»|".contains(c);
        let long = text[from..].find(ends).unwrap_or(text.len() - from);
        let long = text[from..from + long]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
            .len();
        if long > 0 {
            found.push((from, from + long));
        }
    }
    found
}

fn scheme_before(lower: &str, at: usize) -> usize {
    let head = lower[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c));
    head.len()
}

/// `[2]` and `[1, 3]`: a number that was not given is struck out, and what is left without numbers goes.
fn cite(text: &str, count: usize, checked: &mut Checked) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((all, behind)) = numbers(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let given: Vec<usize> = all.iter().copied().filter(|n| (1..=count).contains(n)).collect();
        checked.struck += all.len() - given.len();
        if given.is_empty() {
            out.truncate(out.trim_end_matches(' ').len());
        }
        for number in given {
            checked.cited.insert(number);
            out.push_str(&format!("[{number}]"));
        }
        rest = behind;
    }
    out + rest
}

/// The numbers in brackets that a text begins with, and what stands behind them; a number too long to be one is 0.
fn numbers(text: &str) -> Option<(Vec<usize>, &str)> {
    let inside = &text[1..text.floor_char_boundary(42)];
    let end = inside.find(|c: char| !(c.is_ascii_digit() || ", ;".contains(c)))?;
    let (inside, behind) = (&inside[..end], text[1 + end..].strip_prefix(']')?);
    let parts = inside.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let all: Vec<usize> = parts.map(|part| part.parse().unwrap_or(0)).collect();
    (!all.is_empty()).then_some((all, behind))
}

/// The words as a requester may get them: a citation of what he may read keeps its number, with the address below; any
/// other goes. `links` are those of the sources, in their order.
pub(super) fn to_send(words: &str, links: &[Option<String>]) -> String {
    let mut out = words.to_string();
    let mut below = Vec::new();
    for (at, link) in links.iter().enumerate() {
        let mark = format!("[{}]", at + 1);
        match link {
            Some(link) if out.contains(&mark) => below.push(format!("{mark} {link}")),
            Some(_) => {}
            None => out = out.replace(&format!(" {mark}"), "").replace(&mark, ""),
        }
    }
    if !below.is_empty() {
        out.push_str(&format!("\n\n{}", below.join("\n")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "See https://desk.example/en/help/7-vpn, and restart.";

    fn clean(text: &str) -> Checked {
        checked(text, 2, &[SOURCE, "Nothing."])
    }

    #[test]
    fn citations_of_what_was_not_given_are_struck_out() {
        let one = clean("Restart [1]. Wait [3]. Then [1, 2] or [2][9]; [0] [name 1] [] [a [2");
        assert_eq!(one.words, "Restart [1]. Wait. Then [1][2] or [2]; [name 1] [] [a [2");
        assert_eq!(one.cited.iter().copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(one.struck, 3);
        assert!(clean("Restart it.").cited.is_empty());
        assert_eq!(clean(&format!("x [{}]", "9".repeat(39))).struck, 1);
    }

    #[test]
    fn links_that_stand_in_no_source_are_taken_out() {
        for (said, left, links) in [
            (
                "See https://desk.example/en/help/7-vpn.",
                "See https://desk.example/en/help/7-vpn.",
                0,
            ),
            ("See https://desk.example/en/help/7-vpn/../x", "See …", 1),
            (
                "[here](https://desk.example/en/help/7-vpn)",
                "[here](https://desk.example/en/help/7-vpn)",
                0,
            ),
            ("[here](https://evil.example/a) now", "[here] now", 1),
            ("[here](javascript:alert(1))", "[here])", 1),
            ("![x](https://evil.example/?q=1 \"t\")", "![x]", 1),
            ("[a](", "[a]", 1),
            (
                "HTTPS://EVIL.example, www.evil.example/x! ftp://evil.example",
                "…, …! …",
                3,
            ),
            ("[1]: https://evil.example", "[1]: …", 1),
            ("a https://https://desk.example/en/help/7-vpn", "a …", 1),
        ] {
            let one = clean(said);
            assert_eq!((one.words.as_str(), one.links), (left, links), "{said}");
        }
    }

    #[test]
    fn no_html_and_nothing_unseen_is_left() {
        for hostile in [
            "<script>alert(1)</script>",
            "<<b>b>",
            "<scr<b>ipt>",
            "</p><img src=x onerror=y>",
            "<!--",
            "<a\nhref=x>",
        ] {
            let words = clean(hostile).words;
            let tag = words.find('<').and_then(|at| words[at + 1..].chars().next());
            assert!(
                !tag.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
                "{words}"
            );
        }
        assert_eq!(clean("a < b and b > a").words, "a < b and b > a");
        assert_eq!(clean("net use ‹x› <user>").words, "net use ‹x› ‹user›");
        assert_eq!(clean("a\u{202e}b\u{200b}c\0d\u{1b}[31me\r\nf").words, "abcd[31me\nf");
    }

    #[test]
    fn a_requester_gets_no_number_of_what_he_cannot_read() {
        let links = [
            Some("https://desk.example/en/help/7-vpn".to_string()),
            None,
            Some("https://x".into()),
        ];
        assert_eq!(
            to_send("Restart [1]. Wait [2]. Or[2] so [1].", &links),
            "Restart [1]. Wait. Or so [1].\n\n[1] https://desk.example/en/help/7-vpn"
        );
        assert_eq!(to_send("Wait [2].", &links), "Wait.");
    }

    #[test]
    fn a_hostile_answer_costs_little() {
        for text in ["[", "](", "[1]", "<a", "://", "www.", "[1,", "a://"] {
            let begun = std::time::Instant::now();
            clean(&text.repeat(4_000));
            assert!(
                begun.elapsed() < std::time::Duration::from_secs(5),
                "{text}: {:?}",
                begun.elapsed()
            );
        }
    }
}
