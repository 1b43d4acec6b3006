//! The lines of a talk as both sides read them.

use desk::chat::LineRow;
use desk::tickets::{MessageFormat, MessageKind};
use desk::{PersonId, Time};

use crate::layout::{Markup, Shell, markdown, plain};

#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) id: i64,
    pub(crate) author: String,
    pub(crate) author_id: i64,
    pub(crate) by_desk: bool,
    pub(crate) at: Time,
    pub(crate) body: Markup,
    /// The name the sender's browser gave it: its own copy of the line gives way to this one.
    pub(crate) client: String,
}

/// As it was typed: a form sends each end of a line as two characters, and the field that counted them counted one.
pub(crate) fn typed(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// `me` is the one who reads: his own words are called his.
pub(crate) fn said(shell: &Shell, me: PersonId, lines: &[LineRow]) -> Vec<Said> {
    let one = |line: &LineRow| Said {
        id: line.id.0,
        author: if line.author == me {
            shell.t("portal-you")
        } else {
            line.author_name.clone()
        },
        author_id: line.author.0,
        by_desk: line.kind == MessageKind::Reply,
        at: line.at,
        body: match line.format {
            MessageFormat::Markdown => markdown(&line.body),
            MessageFormat::Text => plain(&line.body),
        },
        client: line.client.clone().unwrap_or_default(),
    };
    lines.iter().map(one).collect()
}
