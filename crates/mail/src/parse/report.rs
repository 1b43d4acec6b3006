//! Reports of machines about earlier letters: not delivered, late, complained about, read.
//! Taken from the structured parts where there are any, from the words of known servers where not.

use super::budget::Reading;
use super::headers::{self, Headers};
use super::split::Tree;
use super::transfer;
use crate::letter::{Feedback, Letter, Recipient, Report, ReportKind};
use std::borrow::Cow;

/// How much of a plain text is looked at for the words of a server without structured reports.
const LOOK: usize = 64 * 1024;

pub(super) fn find(letter: &mut Letter, tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) {
    let Some(kind) = kind(letter, tree, contents) else {
        return;
    };
    let mut report = Report::new(kind);
    for (part, bytes) in tree.parts.iter().zip(contents) {
        match part.mime.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => delivery(&mut report, bytes),
            "message/disposition-notification" | "message/feedback-report" => notice(&mut report, bytes),
            "message/rfc822" | "message/global" | "text/rfc822-headers" | "text/rfc822-header" => {
                original(&mut report, bytes);
            }
            _ => {}
        }
    }
    if let Some(root) = tree.parts.first() {
        let failed = root
            .headers
            .first("x-failed-recipients")
            .map(headers::addresses)
            .unwrap_or_default();
        report.recipient = report
            .recipient
            .or_else(|| failed.into_iter().next().map(|a| a.address));
    }
    if matches!(kind, ReportKind::Bounce | ReportKind::Delay) {
        words(&mut report, tree, contents);
    }
    letter.report = Some(report);
}

fn kind(letter: &Letter, tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) -> Option<ReportKind> {
    let root = tree.parts.first()?;
    let has = |mime: &str| tree.parts.iter().position(|p| p.mime == mime);
    if let Some(index) = has("message/delivery-status").or_else(|| has("message/global-delivery-status")) {
        return Some(by_actions(&contents[index]));
    }
    if has("message/feedback-report").is_some() {
        return Some(ReportKind::Feedback);
    }
    if has("message/disposition-notification").is_some() {
        return Some(ReportKind::Disposition);
    }
    let declared = root.parameters.get("report-type").map(|t| t.to_ascii_lowercase());
    match (root.mime.as_str(), declared.as_deref()) {
        ("multipart/report", Some("feedback-report")) => return Some(ReportKind::Feedback),
        ("multipart/report", Some("disposition-notification")) => return Some(ReportKind::Disposition),
        ("multipart/report", Some("tlsrpt")) => return Some(ReportKind::Dmarc),
        ("multipart/report", Some("delivery-status")) => return Some(ReportKind::Bounce),
        _ => {}
    }
    let subject = letter.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    if subject.starts_with("report domain:") || subject.starts_with("dmarc aggregate report") {
        return Some(ReportKind::Dmarc);
    }
    if subject.starts_with("complaint about message from ") {
        return Some(ReportKind::Feedback);
    }
    if root.mime == "multipart/report" || root.headers.first("x-failed-recipients").is_some() {
        return Some(ReportKind::Bounce);
    }
    crate::nature::sounds_like_bounce(letter)
        .or_else(|| crate::nature::of_text(letter, || said(tree, contents), returned(tree)))
}

/// The texts of the letter as far as they are looked at, in their character sets.
fn said(tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) -> String {
    let texts = tree
        .parts
        .iter()
        .zip(contents)
        .filter(|(part, _)| part.mime.starts_with("text/"));
    let read = texts.take(4).map(|(part, bytes)| {
        let charset = part.parameters.get("charset").map(String::as_str);
        let text = transfer::decode_text(&bytes[..bytes.len().min(LOOK)], charset).0;
        if part.mime == "text/html" {
            crate::html::to_text(&text)
        } else {
            text
        }
    });
    read.collect::<Vec<_>>().join("\n")
}

/// Whether the letter holds another one, whole or as its header.
fn returned(tree: &Tree<'_>) -> bool {
    let letter = |mime: &str| mime.starts_with("message/") || mime.starts_with("text/rfc822-header");
    tree.parts.iter().any(|part| letter(&part.mime))
}

/// What became of the letter for its recipients: one failure makes it a failure.
fn by_actions(bytes: &[u8]) -> ReportKind {
    let mut report = Report::new(ReportKind::Bounce);
    delivery(&mut report, bytes);
    let any = |words: &[&str]| {
        let actions = report.recipients.iter().filter_map(|r| r.action.as_deref());
        actions.into_iter().any(|a| words.contains(&a))
    };
    match () {
        () if any(&["failed", "expired"]) => ReportKind::Bounce,
        () if any(&["delayed"]) => ReportKind::Delay,
        () if any(&["delivered", "relayed", "expanded"]) => ReportKind::Delivered,
        () => ReportKind::Bounce,
    }
}

/// Groups of fields that are read.
const GROUPS: usize = 1_000;

/// The fields of one group, each at most this long.
struct Group(Headers);

impl Group {
    fn read(bytes: &[u8]) -> Group {
        Group(Headers::read(bytes, &mut Reading::default()).0)
    }

    fn value(&self, name: &str) -> Option<String> {
        self.0.first(name).and_then(tidy)
    }

    fn typed(&self, name: &str) -> Option<String> {
        self.value(name).map(|v| after_type(&v)).filter(|v| !v.is_empty())
    }

    fn every(&self, name: &str) -> Vec<String> {
        self.0
            .all(name)
            .filter_map(tidy)
            .map(|v| after_type(&v))
            .take(100)
            .collect()
    }
}

fn tidy(value: &[u8]) -> Option<String> {
    let value: String = headers::text(value).chars().take(2_000).collect();
    (!value.is_empty()).then_some(value)
}

/// The groups of fields of a delivery report: one about the letter, then one for each recipient.
/// The first recipient that failed counts for the whole.
fn delivery(report: &mut Report, bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]).replace("\r\n", "\n");
    for group in text.split("\n\n").filter(|g| !g.trim().is_empty()).take(GROUPS) {
        let group = Group::read(group.trim_start().as_bytes());
        report.reporting_mta = report.reporting_mta.take().or_else(|| group.typed("reporting-mta"));
        arrival(report, &group, "arrival-date");
        let recipient = Recipient {
            address: group.typed("final-recipient"),
            original: group.typed("original-recipient"),
            action: group.value("action").map(|a| first_word(&a).to_lowercase()),
            status: group.value("status").map(|s| first_word(&s).to_owned()),
            diagnostic: group.typed("diagnostic-code"),
            remote_mta: group.typed("remote-mta"),
        };
        if recipient != Recipient::default() {
            report.recipients.push(recipient);
        }
    }
    let failed = |r: &&Recipient| r.action.as_deref() == Some("failed");
    let told = report
        .recipients
        .iter()
        .find(failed)
        .or_else(|| report.recipients.first())
        .cloned();
    let Some(told) = told else { return };
    report.recipient = report.recipient.take().or(told.address).or(told.original);
    report.status = report.status.take().or(told.status);
    report.diagnostic = report.diagnostic.take().or(told.diagnostic);
}

fn first_word(value: &str) -> &str {
    value.split([' ', '\t', '(', ';']).next().unwrap_or_default()
}

fn arrival(report: &mut Report, group: &Group, name: &str) {
    if report.arrival.is_none()
        && let Some(value) = group.0.first(name)
    {
        report.arrival = tidy(value);
        report.arrival_at = headers::date(value);
    }
}

/// A notice that a letter was read (RFC 8098), or a complaint about one (RFC 5965).
fn notice(report: &mut Report, bytes: &[u8]) {
    let group = Group::read(&bytes[..bytes.len().min(LOOK)]);
    let recipient = group
        .typed("final-recipient")
        .or_else(|| group.typed("original-rcpt-to"));
    report.recipient = report.recipient.take().or(recipient);
    let disposition = group.value("disposition");
    let kind = group.value("feedback-type");
    report.diagnostic = report
        .diagnostic
        .take()
        .or_else(|| disposition.clone().or_else(|| kind.clone()));
    // `manual-action/MDN-sent-manually; displayed`
    let happened = disposition.map(|d| after_type(&d).to_lowercase());
    report.disposition = report.disposition.take().or(happened);
    report.reporting_mta = report.reporting_mta.take().or_else(|| group.typed("reporting-mta"));
    if let Some(kind) = kind {
        feedback(report, &group, &kind);
    }
    if let Some(id) = group.0.first("original-message-id") {
        report.original_message_id = headers::identifiers(id).into_iter().next();
    }
}

fn feedback(report: &mut Report, group: &Group, kind: &str) {
    arrival(report, group, "arrival-date");
    arrival(report, group, "received-date");
    report.feedback = Some(Feedback {
        kind: Some(kind.trim().to_lowercase()),
        source_ip: group.value("source-ip"),
        mail_from: group.typed("original-mail-from"),
        rcpt_to: group.every("original-rcpt-to"),
        reported_domain: group.every("reported-domain"),
        user_agent: group.value("user-agent"),
    });
}

fn original(report: &mut Report, bytes: &[u8]) {
    let (fields, _) = Headers::read(bytes, &mut Reading::default());
    if report.original_message_id.is_none() {
        report.original_message_id = fields
            .first("message-id")
            .and_then(|v| headers::identifiers(v).into_iter().next());
    }
}

/// `rfc822; someone@example.org` without its type and brackets.
fn after_type(value: &str) -> String {
    let value = value.split_once(';').map_or(value, |(_, rest)| rest);
    value.trim().trim_matches(['<', '>']).to_owned()
}

/// What servers without structured reports write into their text.
fn words(report: &mut Report, tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) {
    for (part, bytes) in tree.parts.iter().zip(contents) {
        if !part.mime.starts_with("text/") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]);
        for line in text.lines() {
            let line = line.trim();
            if report.status.is_none() {
                report.status = line
                    .split(|c: char| !(c.is_ascii_digit() || c == '.'))
                    .find(|w| is_status(w))
                    .map(str::to_owned);
                if report.status.is_some() && report.diagnostic.is_none() {
                    let plain = |c: char| if c.is_control() { ' ' } else { c };
                    report.diagnostic = Some(line.chars().map(plain).take(500).collect());
                }
            }
            if report.recipient.is_none() {
                report.recipient = lone_address(line);
            }
            if report.original_message_id.is_none()
                && line.len() > 11
                && line.as_bytes()[..11].eq_ignore_ascii_case(b"message-id:")
            {
                report.original_message_id = headers::identifiers(&line.as_bytes()[11..]).into_iter().next();
            }
        }
    }
}

/// An enhanced status code such as 5.1.1.
fn is_status(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && matches!(parts[0], "4" | "5") && parts[1..].iter().all(|p| (1..=3).contains(&p.len()))
}

/// A line that is nothing but an address in brackets, as most servers write the failed one.
fn lone_address(line: &str) -> Option<String> {
    let start = line.strip_prefix('<')?;
    let (address, rest) = start.split_once('>')?;
    let rest_is_punctuation = rest.trim_start().chars().next().is_none_or(|c| !c.is_alphanumeric());
    (address.contains('@') && !address.contains(' ') && rest_is_punctuation).then(|| address.to_owned())
}
