//! Fluent files as the rules need them: each message with its line and its whole text.

use std::sync::LazyLock;

use regex::Regex;

use super::Source;

static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(-?[a-zA-Z][\w-]*)\s*=\s*(.*)$").expect("the pattern is fixed and valid"));

#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    pub key: String,
    pub line: usize,
    /// All its lines, attributes and variants too.
    pub text: String,
}

pub fn messages(file: &Source) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    for (line, text) in file.lines() {
        if let Some(head) = HEAD.captures(text) {
            found.push(Message {
                key: head[1].to_owned(),
                line,
                text: head[2].to_owned(),
            });
        } else if let Some(last) = found.last_mut().filter(|_| !text.starts_with('#')) {
            last.text.push('\n');
            last.text.push_str(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_keep_their_lines() {
        let file = Source::new(
            "a.ftl",
            "# note\nhello = Hello\nfiles = { $n ->\n    [one] one file\n   *[other] { $n } files\n }\n",
        );
        let found = messages(&file);
        assert_eq!(
            found.iter().map(|m| (m.key.as_str(), m.line)).collect::<Vec<_>>(),
            [("hello", 2), ("files", 3)]
        );
        assert!(found[1].text.contains("[one] one file"));
    }
}
