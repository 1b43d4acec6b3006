//! A passage as HTML: the desk's own Markdown, made safe as everywhere, with addresses for what `kb:118` and `file:12`
//! mean. Pure.

use super::links::{Target, target};
use crate::mailboxes::outbox::{self, escape};

/// Stands for an address of ours while the text is made safe: links without a host are refused there, and nobody can
/// have this host (RFC 2606).
const OURS: &str = "https://desk.invalid/";

/// Whatever `address` knows nothing of becomes plain words.
pub fn html(text: &str, address: impl Fn(Target) -> Option<String>) -> String {
    let link = |dest: &str, picture: bool| match (target(dest), picture) {
        (Target::Article(id), false) => Some(format!("{OURS}kb/{id}")),
        (Target::File(id), false) => Some(format!("{OURS}file/{id}")),
        (Target::File(id), true) => Some(format!("cid:file:{id}")),
        (Target::Nothing, _) => Some(String::new()),
        _ => None,
    };
    let safe = outbox::markdown_with(text, link, |name| address(target(name)));
    ours(&safe, address)
}

fn ours(html: &str, address: impl Fn(Target) -> Option<String>) -> String {
    let begins = format!("href=\"{OURS}");
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(at) = rest.find(&begins) {
        let from = at + begins.len();
        let end = rest[from..].find('"').map_or(rest.len(), |end| from + end);
        let meant = match rest[from..end].split_once('/') {
            Some(("kb", id)) => target(&format!("kb:{id}")),
            Some(("file", id)) => target(&format!("file:{id}")),
            _ => Target::Nothing,
        };
        let before = &rest[..at];
        out.push_str(before);
        if before.rfind('<') <= before.rfind('>') {
            // Words that look like it.
            out.push_str(&rest[at..end]);
            rest = &rest[end..];
            continue;
        }
        match address(meant) {
            Some(address) => out.push_str(&format!("href=\"{}", escape(&address))),
            None => out.push_str("href=\"#"),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        html(text, |target| match target {
            Target::Article(id) if id.0 == 118 => Some("/en/help/118-vpn?a=1&b=2".into()),
            Target::File(id) => Some(format!("/help/files/{id}")),
            _ => None,
        })
    }

    #[test]
    fn what_is_meant_becomes_an_address() {
        let all = shown("[a](kb:118) [b](file:7) ![c](file:8) [d](https://example.org/x) [e](kb:9)");
        for part in [
            "href=\"/en/help/118-vpn?a=1&amp;b=2\"",
            "href=\"/help/files/7\"",
            "src=\"/help/files/8\"",
            "href=\"https://example.org/x\"",
            "href=\"#\"",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
        assert!(!all.contains("desk.invalid") && !all.contains("cid:"), "{all}");
    }

    #[test]
    fn nothing_of_a_hostile_text_runs_or_loads_from_elsewhere() {
        for text in [
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "[x](javascript:alert(1)) ![y](https://elsewhere.example/p.png) [z](data:text/html,x)",
            "<a href=\"https://desk.invalid/kb/118\\\" onclick=alert(1)\">x</a>",
            "[x](kb:118\" onmouseover=\"alert(1)) [y](file:javascript)",
            "<iframe src=kb:118></iframe><style>*{}</style><form action=kb:1><input>",
        ] {
            let all = shown(text);
            for bad in [
                "<script",
                "onerror=",
                "=\"javascript",
                "elsewhere.example",
                "<iframe",
                "<style",
                "<form",
                "<input",
            ] {
                assert!(!all.contains(bad), "{bad} in {all}");
            }
            let mut tags = all.split('<').skip(1).filter_map(|tag| tag.split('>').next());
            assert!(!tags.any(|tag| tag.contains(" on")), "{all}");
        }
    }
}
