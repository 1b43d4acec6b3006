//! The conversation as its requester may read it: what was asked and what was answered. Notes, calls, visits and what
//! has not left yet have no place here, whoever looks.

use desk::tickets::{FileRow, MessageFormat, MessageKind, MessageRow, MessageState};
use desk::{PersonId, Time};

use crate::layout::{Markup, Shell, markdown, plain};

#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) id: i64,
    pub(super) author: String,
    pub(super) author_id: i64,
    /// Said by the desk.
    pub(super) by_desk: bool,
    pub(super) at: Time,
    pub(super) body: Markup,
    pub(super) quoted: Option<Markup>,
    pub(super) files: Vec<FileRow>,
}

/// `me` is the one who reads, so that his own words are called his.
pub(super) fn talk(shell: &Shell, me: PersonId, messages: &[MessageRow], files: &[FileRow]) -> Vec<Said> {
    messages
        .iter()
        .filter(|m| is_public(m))
        .map(|m| said(shell, me, m, files))
        .collect()
}

/// The desk has decided already what may be read; a technician who reads his own request here sees no more than others.
fn is_public(m: &MessageRow) -> bool {
    m.state == MessageState::Sent && matches!(m.kind, MessageKind::Request | MessageKind::Reply)
}

fn said(shell: &Shell, me: PersonId, m: &MessageRow, files: &[FileRow]) -> Said {
    let (body, quoted) = match (&m.html, m.format) {
        (_, MessageFormat::Markdown) => (markdown(&m.body), None),
        (Some(html), _) if m.quoted.trim().is_empty() => (Markup::foreign(html), None),
        _ => (plain(&m.body), Some(plain(&m.quoted)).filter(|q| !q.is_empty())),
    };
    Said {
        id: m.id.0,
        author: if m.author == me {
            shell.t("portal-you")
        } else {
            m.author_name.clone()
        },
        author_id: m.author.0,
        by_desk: m.kind == MessageKind::Reply,
        at: m.at,
        body,
        quoted,
        files: files.iter().filter(|f| f.message == m.id).cloned().collect(),
    }
}
