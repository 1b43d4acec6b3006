//! Reports of machines about earlier letters: not delivered, late, complained about, read.
//! Taken from the structured parts where there are any, from the words of known servers where not.

use super::headers::{self, Headers};
use super::split::Tree;
use crate::letter::{Letter, Report, ReportKind};
use std::borrow::Cow;

/// How much of a plain text is looked at for the words of a server without structured reports.
const LOOK: usize = 64 * 1024;

pub(super) fn find(letter: &mut Letter, tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) {
    let Some(kind) = kind(letter, tree, contents) else {
        return;
    };
    let mut report = Report {
        kind,
        recipient: None,
        status: None,
        diagnostic: None,
        original_message_id: None,
    };
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
        let text = String::from_utf8_lossy(&contents[index]).to_ascii_lowercase();
        let late = text.contains("action: delayed") && !text.contains("action: failed");
        return Some(if late { ReportKind::Delay } else { ReportKind::Bounce });
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
}

/// The groups of fields of a delivery report; the first failed recipient counts.
fn delivery(report: &mut Report, bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]).replace("\r\n", "\n");
    for group in text.split("\n\n") {
        let (fields, _) = Headers::read(group.trim_start().as_bytes(), &mut Letter::default());
        let value = |name: &str| fields.first(name).map(headers::plain).filter(|v| !v.is_empty());
        if report.recipient.is_none() {
            report.recipient = value("final-recipient")
                .or_else(|| value("original-recipient"))
                .map(|v| after_type(&v));
        }
        if report.status.is_none() {
            report.status = value("status").and_then(|v| v.split_whitespace().next().map(str::to_owned));
        }
        if report.diagnostic.is_none() {
            report.diagnostic = value("diagnostic-code").map(|v| after_type(&v));
        }
    }
}

fn notice(report: &mut Report, bytes: &[u8]) {
    let (fields, _) = Headers::read(&bytes[..bytes.len().min(LOOK)], &mut Letter::default());
    let value = |name: &str| fields.first(name).map(headers::plain).filter(|v| !v.is_empty());
    let recipient = value("final-recipient")
        .or_else(|| value("original-rcpt-to"))
        .map(|v| after_type(&v));
    report.recipient = report.recipient.take().or(recipient);
    report.diagnostic = report
        .diagnostic
        .take()
        .or_else(|| value("disposition").or_else(|| value("feedback-type")));
    if let Some(id) = fields.first("original-message-id") {
        report.original_message_id = headers::identifiers(id).into_iter().next();
    }
}

fn original(report: &mut Report, bytes: &[u8]) {
    let (fields, _) = Headers::read(bytes, &mut Letter::default());
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
                    report.diagnostic = Some(line.chars().take(500).collect());
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
