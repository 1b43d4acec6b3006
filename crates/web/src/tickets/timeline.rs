//! The conversation in the order it was had: words of people, system lines (folded when there are more than two in a
//! row), and the place where the reader left off.

use std::ops::Range;

use desk::mailboxes::OutgoingState;
use desk::tickets::{FileRow, MessageFormat, MessageKind, MessageRow, SolutionRow};
use desk::words::duration;
use desk::{LetterId, TicketNumber, Time};

use super::lines::{LineView, Teller};
use super::load::Loaded;
use crate::inbox::channel_icon;
use crate::layout::{Markup, Shell, markdown, plain};

/// Longer conversations show their beginning and their end; the middle is one link away.
const HEAD: usize = 3;
const TAIL: usize = 30;
/// So few are not worth folding away.
const FEW: usize = 5;

#[derive(Clone, Debug)]
pub(crate) struct MessageView {
    pub id: i64,
    pub kind: MessageKind,
    pub author: String,
    /// Whose face stands beside it: the name even where the words say "You".
    pub name: String,
    pub author_id: i64,
    pub about: String,
    pub icon: &'static str,
    pub at: Time,
    pub body: Markup,
    pub quoted: Option<Markup>,
    /// The letter it came in, to be looked at as it was sent.
    pub letter: Option<LetterId>,
    pub files: Vec<FileRow>,
    /// It did not arrive: what the other server said.
    pub failed: Option<String>,
    /// It leaves in a moment, and can still be taken back.
    pub leaving: bool,
    /// Who was named in it: those who were told, and those who may not see the ticket.
    pub told: String,
    pub untold: String,
    /// The merged ticket it was written on.
    pub merged: Option<TicketNumber>,
}

#[derive(Clone, Debug)]
pub(crate) enum Entry {
    Words(Box<MessageView>),
    Lines(Vec<LineView>),
    Solved(Box<SolutionRow>),
    /// New since you last looked.
    New,
    /// So many words in the middle are folded away.
    Folded(usize),
}

pub(crate) fn timeline(shell: &Shell, loaded: &Loaded, all: bool) -> Vec<Entry> {
    let detail = &loaded.detail;
    let teller = Teller::new(shell, loaded);
    let is_new = |m: &MessageRow| detail.read_at.is_some_and(|read| m.at > read) && m.author.0 != shell.me();
    let folds = if all {
        Vec::new()
    } else {
        folds(detail.messages.len(), detail.messages.iter().position(is_new))
    };
    let mut events = detail.events.iter().peekable();
    let mut solutions = detail.solutions.iter().peekable();
    let mut entries = Vec::new();
    let mut marked = detail.read_at.is_none();
    for (at, message) in detail.messages.iter().enumerate() {
        let fold = folds.iter().find(|fold| fold.contains(&at));
        let hidden = fold.is_some();
        while let Some(event) = events.next_if(|e| e.at < message.at) {
            if !hidden {
                push_lines(&mut entries, teller.lines(event));
            }
        }
        while let Some(solution) = solutions.next_if(|s| s.at < message.at) {
            entries.push(Entry::Solved(Box::new(solution.clone())));
        }
        if let Some(fold) = fold.filter(|fold| fold.start == at) {
            entries.push(Entry::Folded(fold.len()));
        }
        if is_new(message) && !marked && !hidden {
            entries.push(Entry::New);
            marked = true;
        }
        if !hidden {
            entries.push(Entry::Words(Box::new(message_view(shell, loaded, message))));
        }
    }
    for event in events {
        while let Some(solution) = solutions.next_if(|s| s.at < event.at) {
            entries.push(Entry::Solved(Box::new(solution.clone())));
        }
        push_lines(&mut entries, teller.lines(event));
    }
    entries.extend(solutions.map(|solution| Entry::Solved(Box::new(solution.clone()))));
    entries
}

/// What of so many messages is folded away: the middle. When the first that was not read yet lies there, some stand
/// around it, and what is folded is before and after.
fn folds(total: usize, unread: Option<usize>) -> Vec<Range<usize>> {
    if total <= HEAD + TAIL + FEW {
        return Vec::new();
    }
    let middle = HEAD..total - TAIL;
    let Some(first) = unread.filter(|at| middle.contains(at)) else {
        return vec![middle];
    };
    let end = total - TAIL / 2;
    let before = HEAD..first.saturating_sub(1).max(HEAD);
    let after = (first + TAIL / 2).min(end)..end;
    [before, after].into_iter().filter(|fold| fold.len() > FEW).collect()
}

/// Lines in a row stand together, so that they can be folded.
fn push_lines(entries: &mut Vec<Entry>, lines: Vec<LineView>) {
    if lines.is_empty() {
        return;
    }
    if let Some(Entry::Lines(last)) = entries.last_mut() {
        last.extend(lines);
    } else {
        entries.push(Entry::Lines(lines));
    }
}

fn message_view(shell: &Shell, loaded: &Loaded, m: &MessageRow) -> MessageView {
    let letter = loaded.letters.iter().rfind(|l| l.message == m.id.0);
    let failed = letter
        .filter(|l| l.state == OutgoingState::Failed)
        .map(|l| l.words.clone());
    let leaving = letter.is_some_and(|l| l.state == OutgoingState::Waiting && l.send_at > shell.now);
    // A letter with words quoted below is shown as text without them; a fresh letter keeps its own look.
    let (body, quoted) = match (&m.html, m.format) {
        (_, MessageFormat::Markdown) => (markdown(&m.body), None),
        (Some(html), _) if m.quoted.trim().is_empty() => (Markup::foreign(html), None),
        _ => (plain(&m.body), Some(plain(&m.quoted)).filter(|q| !q.is_empty())),
    };
    MessageView {
        id: m.id.0,
        kind: m.kind,
        author: if m.author.0 == shell.me() {
            shell.t("you")
        } else {
            m.author_name.clone()
        },
        name: m.author_name.clone(),
        author_id: m.author.0,
        about: about(shell, loaded, m),
        icon: channel_icon(m.channel),
        at: m.at,
        body: body.with_numbers(),
        quoted: quoted.map(Markup::with_numbers),
        letter: m.letter,
        files: loaded
            .detail
            .files
            .iter()
            .filter(|f| f.message == m.id)
            .cloned()
            .collect(),
        told: named(loaded, m, true),
        untold: named(loaded, m, false),
        failed,
        leaving,
        merged: (m.ticket != loaded.detail.ticket.number).then_some(m.ticket),
    }
}

/// The names in a row, each told or none of them.
fn named(loaded: &Loaded, m: &MessageRow, told: bool) -> String {
    let all = loaded.detail.mentions.iter();
    let those = all.filter(|one| one.message == m.id && one.told == told);
    those.map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn about(shell: &Shell, loaded: &Loaded, m: &MessageRow) -> String {
    match (m.kind, m.minutes) {
        (MessageKind::Request, _) => shell.t(&format!("by-{}", m.channel)),
        (MessageKind::Reply, _) => shell.t1("to-whom", "name", &loaded.detail.requester.name),
        (MessageKind::Note, _) => shell.t("note-chip"),
        (kind, None) => shell.t(&format!("log-{kind}")),
        (kind, Some(minutes)) => {
            let time = duration(shell.lang, minutes.saturating_mul(desk::clock::MINUTE));
            shell.t1(&format!("log-{kind}-minutes"), "time", time)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_folded_but_what_is_new_stands_with_some_around_it() {
        let ends = |total, unread| -> Vec<(usize, usize)> {
            folds(total, unread).iter().map(|fold| (fold.start, fold.end)).collect()
        };
        assert!(ends(38, None).is_empty());
        assert_eq!(ends(60, Some(4)), [(19, 45)], "few that were read are not folded");
        assert_eq!(ends(300, None), [(3, 270)]);
        assert_eq!(ends(300, Some(299)), [(3, 270)], "it stands anyway");
        assert_eq!(ends(300, Some(100)), [(3, 99), (115, 285)]);
        assert_eq!(ends(300, Some(269)), [(3, 268)], "up to the end nothing is folded");
    }
}
