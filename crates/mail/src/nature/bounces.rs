//! Letters of servers that say, without a structured report, that an earlier letter came back. The
//! sender decides first: only a mail server, the null sender or a machine can report, so whatever a
//! person writes about failures stays a person's letter.

use super::is_automatic_subject;
use super::returned::{CLOUD, FAILED, FAILED_TEXT, LATE, LATE_TEXT};
use crate::letter::{Letter, ReportKind};

/// Beginnings of the names of mail servers, letters and digits only.
const SERVERS: &[&str] = &[
    "mailerdaemon",
    "postmaster",
    "poostmaster",
    "maildelivery",
    "mailsystem",
    "mailerdeamon",
    "mailadministrator",
    "mailadmin",
    "mdaemon",
];

/// Those that nobody but a mail server writes from: an administrator may write as postmaster.
const DAEMONS: &[&str] = &["mailerdaemon", "mailerdeamon", "maildelivery", "mailsystem"];

fn is_null(letter: &Letter) -> bool {
    letter.return_path.as_deref().is_some_and(str::is_empty)
}

fn local_of(letter: &Letter) -> String {
    let local = letter
        .from
        .as_ref()
        .map(|a| a.local().to_lowercase())
        .unwrap_or_default();
    local.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_server(letter: &Letter) -> bool {
    let local = local_of(letter);
    local.is_empty() || SERVERS.iter().any(|n| local.starts_with(n))
}

/// What never reports: answers to invitations, and automatic answers of people.
fn is_excused(letter: &Letter, subject: &str) -> bool {
    letter.machine_marks.iter().any(|m| m == "text/calendar") || is_automatic_subject(subject)
}

fn subject_of(letter: &Letter) -> String {
    let subject = letter.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    subject.replace(['\u{2019}', '\u{02BC}'], "'")
}

/// By the sender and the subject.
pub(crate) fn sounds_like_bounce(letter: &Letter) -> Option<ReportKind> {
    let subject = subject_of(letter);
    if !(is_server(letter) || is_null(letter)) || is_excused(letter, &subject) {
        return None;
    }
    bounce_subject(&subject)
}

/// By the sender and the text, for servers whose subject says nothing. `returned` tells whether the
/// letter holds another one.
///
/// The text is asked for only where the sender may be a machine: most letters are written by people.
pub(crate) fn of_text(letter: &Letter, text: impl FnOnce() -> String, returned: bool) -> Option<ReportKind> {
    let (local, server) = (local_of(letter), is_server(letter));
    let machine = super::is_machine_name(&local);
    let daemon = DAEMONS.iter().any(|n| local.starts_with(n));
    if !(machine || daemon || server || is_null(letter)) || is_excused(letter, &subject_of(letter)) {
        return None;
    }
    let text = text().to_lowercase().replace(['\u{2019}', '\u{02BC}'], "'");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if machine && let Some(fate) = cloud(&text) {
        return Some(fate);
    }
    let failed = FAILED_TEXT.iter().any(|w| text.contains(w)) || has_report_fields(&text);
    // A person may write from the postmaster's address; a server shows what it heard or what it returns.
    let enough = match (is_null(letter), server) {
        _ if daemon => true,
        (true, _) => failed || returned,
        (false, true) => failed && (returned || has_reply_code(&text)),
        (false, false) => false,
    };
    if !enough || is_answer(letter, server) {
        return None;
    }
    let late = LATE_TEXT.iter().any(|w| text.contains(w)) && !text.contains("permanent");
    Some(if late { ReportKind::Delay } else { ReportKind::Bounce })
}

fn cloud(text: &str) -> Option<ReportKind> {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\\')).collect();
    let found = CLOUD.iter().position(|w| text.contains(w))?;
    Some(if found == 0 {
        ReportKind::Delivered
    } else {
        ReportKind::Bounce
    })
}

/// The fields of a structured report that stand in the text.
fn has_report_fields(text: &str) -> bool {
    ["final-recipient:", "diagnostic-code:"]
        .iter()
        .any(|f| text.contains(f))
        && text.contains("status:")
}

/// An automatic answer of a person under the null sender: it says so, and no server wrote it.
fn is_answer(letter: &Letter, server: bool) -> bool {
    let auto = letter
        .auto_submitted
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    !server
        && (auto.contains("vacation")
            || letter
                .machine_marks
                .iter()
                .any(|m| m.contains("vacation") || m.contains("away")))
}

/// A refusal of a server: three digits that begin with 4 or 5, and an enhanced code or a word behind them.
fn has_reply_code(text: &str) -> bool {
    text.split(' ').any(|word| {
        let word = word.trim_start_matches(['(', '<', '[', '"', '#']);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3 && matches!(word.as_bytes()[0], b'4' | b'5') && !word[3..].starts_with(char::is_alphanumeric)
            || word.len() >= 5 && matches!(&word.as_bytes()[..2], b"5." | b"4.") && word.as_bytes()[2].is_ascii_digit()
    })
}

/// What a subject in lower case says about an earlier letter.
pub(super) fn bounce_subject(subject: &str) -> Option<ReportKind> {
    let plain = subject.replace("--", " ").replace("  ", " ");
    if LATE.iter().any(|w| plain.contains(w)) {
        return Some(ReportKind::Delay);
    }
    FAILED.iter().any(|w| plain.contains(w)).then_some(ReportKind::Bounce)
}
