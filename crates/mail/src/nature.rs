//! Who wrote a letter: a person, a machine, a list, or a server reporting about an earlier one.
//! RFC 3834 and its relatives. Pure: it reads the letter and nothing else. In doubt between a
//! person and a machine the marks decide, never the words of the body.

mod bounces;
mod returned;
mod words;

use crate::letter::{Letter, ReportKind};
use bounces::bounce_subject;
pub(crate) use bounces::{of_text, sounds_like_bounce};
use words::{END, MARKS, START, WHOLE};

/// What kind of writer a letter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    Human,
    /// A machine, and how it was recognised.
    Automatic(&'static str),
    /// An earlier letter could not be delivered, or is late.
    Bounce,
    /// Another report of a machine about an earlier letter.
    Report(ReportKind),
    /// It came through a mailing list or is a circular.
    List,
}

/// What the caller knows to be its own.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    /// Whether an address, without regard to case, is one of ours.
    pub address: &'a dyn Fn(&str) -> bool,
    /// Whether we made this identifier of a letter, or this mark against loops.
    pub mark: &'a dyn Fn(&str) -> bool,
}

/// The nature of the letter by its own marks and its envelope sender (`Some("")` is the null sender).
pub fn nature(letter: &Letter, envelope_from: Option<&str>) -> Nature {
    nature_knowing(
        letter,
        envelope_from,
        Own {
            address: &|_| false,
            mark: &|_| false,
        },
    )
}

/// The same, knowing which addresses and marks are ours: our own letters must never be answered.
pub fn nature_knowing(letter: &Letter, envelope_from: Option<&str>, own: Own<'_>) -> Nature {
    if let Some(report) = &letter.report {
        return match report.kind {
            ReportKind::Bounce | ReportKind::Delay => Nature::Bounce,
            kind => Nature::Report(kind),
        };
    }
    if let Some(reason) = ours(letter, own) {
        return Nature::Automatic(reason);
    }
    if let Some(reason) = marked(letter) {
        return if letter.list {
            Nature::List
        } else {
            Nature::Automatic(reason)
        };
    }
    if letter.list || matches!(precedence(letter).as_str(), "list" | "bulk" | "junk") {
        return Nature::List;
    }
    if is_null_sender(letter, envelope_from) {
        return Nature::Automatic("the sender is empty");
    }
    let senders = [letter.from.as_ref(), letter.sender.as_ref()];
    // An envelope that only collects returned letters says nothing about who wrote: many people's letters leave under one.
    let envelope = envelope_from.filter(|address| !is_return_path(address));
    let mut locals = senders.iter().flatten().map(|a| a.local()).chain(envelope);
    if locals.any(is_machine_name) {
        return Nature::Automatic("the sender's address is a machine's");
    }
    let subject = letter.subject.as_deref().unwrap_or_default();
    if is_automatic_subject(subject) {
        return Nature::Automatic("the subject is that of an automatic reply");
    }
    Nature::Human
}

/// Why nothing automatic may leave because of this letter; `None` when an answer is right.
pub fn must_not_answer(letter: &Letter, envelope_from: Option<&str>) -> Option<&'static str> {
    must_not_answer_knowing(
        letter,
        envelope_from,
        Own {
            address: &|_| false,
            mark: &|_| false,
        },
    )
}

/// The same, knowing which addresses and marks are ours.
pub fn must_not_answer_knowing(letter: &Letter, envelope_from: Option<&str>, own: Own<'_>) -> Option<&'static str> {
    match nature_knowing(letter, envelope_from, own) {
        Nature::Automatic(reason) => Some(reason),
        Nature::Bounce => Some("it reports that a letter was not delivered"),
        Nature::Report(_) => Some("it is a machine's report"),
        Nature::List => Some("it came through a list"),
        Nature::Human
            if letter
                .from
                .as_ref()
                .is_none_or(|a| a.local().is_empty() || a.domain().is_empty()) =>
        {
            Some("it names no address to answer to")
        }
        Nature::Human if forwards_a_bounce(letter) => Some("it passes on a server's report"),
        Nature::Human if envelope_from.is_some_and(is_return_path) => {
            Some("its envelope is an address that collects returned letters")
        }
        Nature::Human => None,
    }
}

/// A report that a mail program passed on, perhaps by itself: the subject and the quoted sender say so.
fn forwards_a_bounce(letter: &Letter) -> bool {
    let subject = letter.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    let Some(subject) = ["fwd:", "fw:", "tr:", "wg:"]
        .iter()
        .find_map(|p| subject.strip_prefix(p))
    else {
        return false;
    };
    let text = letter.text.as_deref().unwrap_or_default();
    let server = |line: &str| {
        let line = line.trim_start_matches(['>', ' ', '*']).to_ascii_lowercase();
        line.starts_with("from:") && (line.contains("mailer-daemon") || line.contains("postmaster"))
    };
    bounce_subject(subject).is_some() && text.lines().take(100).any(server)
}

fn ours(letter: &Letter, own: Own<'_>) -> Option<&'static str> {
    let senders = [letter.from.as_ref(), letter.sender.as_ref()];
    if senders.into_iter().flatten().any(|a| (own.address)(&a.address)) {
        return Some("we sent it ourselves");
    }
    if letter.message_id.as_deref().is_some_and(own.mark) {
        return Some("we wrote it ourselves");
    }
    letter
        .loop_marks
        .iter()
        .any(|m| (own.mark)(m))
        .then_some("it carries our mark against loops")
}

fn precedence(letter: &Letter) -> String {
    letter
        .precedence
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Marks machines put on their letters.
fn marked(letter: &Letter) -> Option<&'static str> {
    let auto = letter
        .auto_submitted
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let auto = auto.split([';', ' ', '(']).next().unwrap_or_default();
    if !matches!(auto, "" | "no") {
        return Some("Auto-Submitted says so");
    }
    if matches!(precedence(letter).as_str(), "auto_reply" | "auto-reply" | "autoreply") {
        return Some("Precedence says so");
    }
    if !letter.machine_marks.is_empty() {
        return Some("it carries a machine's mark");
    }
    (!letter.loop_marks.is_empty()).then_some("it carries a mark against loops")
}

fn is_null_sender(letter: &Letter, envelope_from: Option<&str>) -> bool {
    let empty = |v: &str| {
        v.trim_matches(|c: char| c.is_whitespace() || c == '<' || c == '>')
            .is_empty()
    };
    envelope_from.is_some_and(empty) || letter.return_path.as_deref().is_some_and(empty)
}

/// Local parts that belong to machines, in several languages.
fn is_machine_name(local: &str) -> bool {
    let local = local_part(local);
    let joined: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    WHOLE.contains(&joined.as_str())
        || START.iter().any(|p| joined.starts_with(p))
        || END.iter().any(|p| joined.ends_with(p))
        || collects_returns(&local)
        || local.starts_with("owner-")
        || ["-owner", "-request"].iter().any(|e| before_tag(&local).ends_with(e))
}

/// Addresses that exist so that returned letters are counted (VERP): `bounces+17@`, `news-bounces@`.
fn collects_returns(address: &str) -> bool {
    let local = local_part(address);
    let before_tag = before_tag(&local);
    matches!(before_tag, "bounce" | "bounces" | "return" | "returns" | "verp")
        || ["-bounces", "-bounce"].iter().any(|e| before_tag.ends_with(e))
}

/// The same of an envelope, where a person's own address would not begin so either.
fn is_return_path(address: &str) -> bool {
    let begins = ["bounce-", "bounces-", "bounce_", "bounces_"];
    collects_returns(address) || begins.iter().any(|b| local_part(address).starts_with(b))
}

fn local_part(address: &str) -> String {
    address.rsplit_once('@').map_or(address, |(l, _)| l).to_lowercase()
}

fn before_tag(local: &str) -> &str {
    local.split(['+', '=']).next().unwrap_or_default()
}

/// Whole subjects, and beginnings before a colon, that only automatic replies have. A person who
/// writes about automatic replies uses such words inside a sentence, and so is not caught.
fn is_automatic_subject(subject: &str) -> bool {
    let subject = subject
        .trim()
        .to_lowercase()
        .replace(['\u{2019}', '\u{02BC}'], "'")
        .replace('\u{A0}', " ");
    if MARKS.contains(&subject.trim_end_matches(['!', '.', ' '])) {
        return true;
    }
    match subject.split_once([':', '：']) {
        Some((head, _)) => MARKS.contains(&head.trim()),
        None => subject.starts_with("[auto-reply]") || subject.starts_with("[autoreply]"),
    }
}
