//! Reports of machines, read into fields.

use mail::{Nature, ReportKind};

fn report(kind: &str, status: &str) -> mail::Letter {
    let raw = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@larch.example\r\nSubject: Report\r\nContent-Type: multipart/report; report-type={kind}; boundary=r\r\n\r\n\
         --r\r\n\r\nWords for people.\r\n--r\r\nContent-Type: message/{kind}\r\n\r\n{status}\r\n\
         --r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <sent@desk.example>\r\nSubject: Re: Printer\r\n\r\nHello\r\n--r--\r\n"
    );
    mail::parse(raw.as_bytes())
}

#[test]
fn each_recipient_has_its_own_fate() {
    let letter = report(
        "delivery-status",
        "Reporting-MTA: dns; mx.larch.example\r\nArrival-Date: Mon, 16 Nov 2026 10:00:00 +0000\r\n\r\n\
         Final-Recipient: rfc822; late@larch.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n\
         Original-Recipient: rfc822; Nobody@Larch.example\r\nFinal-Recipient: rfc822;nobody@larch.example\r\nAction: Failed (permanently)\r\n\
         Status: 5.1.1 (bad)\r\nRemote-MTA: dns; in.larch.example\r\nDiagnostic-Code: smtp; 550 5.1.1 User\r\n unknown",
    );
    let report = letter.report.clone().unwrap();
    assert_eq!(report.kind, ReportKind::Bounce);
    assert_eq!(report.recipients.len(), 2);
    let failed = &report.recipients[1];
    assert_eq!(failed.address.as_deref(), Some("nobody@larch.example"));
    assert_eq!(failed.original.as_deref(), Some("Nobody@Larch.example"));
    assert_eq!(failed.action.as_deref(), Some("failed"));
    assert_eq!(failed.status.as_deref(), Some("5.1.1"));
    assert_eq!(failed.diagnostic.as_deref(), Some("550 5.1.1 User unknown"));
    assert_eq!(failed.remote_mta.as_deref(), Some("in.larch.example"));
    assert_eq!(report.reporting_mta.as_deref(), Some("mx.larch.example"));
    assert_eq!(report.arrival_at, Some(1_794_823_200_000_000));
    assert_eq!(
        report.recipient.as_deref(),
        Some("nobody@larch.example"),
        "the failed one counts"
    );
    assert_eq!(report.original_message_id.as_deref(), Some("sent@desk.example"));
    assert_eq!(mail::nature(&letter, Some("")), Nature::Bounce);
}

#[test]
fn what_arrived_did_not_come_back() {
    for (action, kind) in [
        ("delivered", ReportKind::Delivered),
        ("relayed", ReportKind::Delivered),
        ("delayed", ReportKind::Delay),
        ("failed", ReportKind::Bounce),
        ("who knows", ReportKind::Bounce),
    ] {
        let letter = report(
            "delivery-status",
            &format!("Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: {action}\r\n"),
        );
        assert_eq!(letter.report.as_ref().unwrap().kind, kind, "{action}");
        assert_eq!(
            mail::nature(&letter, Some("")) == Nature::Bounce,
            kind != ReportKind::Delivered
        );
    }
}

#[test]
fn complaints_and_receipts_are_read() {
    let letter = report(
        "feedback-report",
        "Feedback-Type: abuse\r\nUser-Agent: Complainer/1\r\nVersion: 1\r\nSource-IP: 192.0.2.7\r\nOriginal-Mail-From: <desk@here.example>\r\n\
         Original-Rcpt-To: <a@there.example>\r\nOriginal-Rcpt-To: <b@there.example>\r\nReported-Domain: here.example\r\nReceived-Date: Mon, 16 Nov 2026 10:00:00 +0000",
    );
    let complaint = letter.report.unwrap();
    let feedback = complaint.feedback.unwrap();
    assert_eq!(feedback.kind.as_deref(), Some("abuse"));
    assert_eq!(feedback.source_ip.as_deref(), Some("192.0.2.7"));
    assert_eq!(feedback.mail_from.as_deref(), Some("desk@here.example"));
    assert_eq!(feedback.rcpt_to, ["a@there.example", "b@there.example"]);
    assert_eq!(feedback.reported_domain, ["here.example"]);
    assert!(complaint.arrival_at.is_some());
    let read = report(
        "disposition-notification",
        "Reporting-UA: x\r\nFinal-Recipient: rfc822;a@there.example\r\nOriginal-Message-ID: <q@here.example>\r\nDisposition: manual-action/MDN-sent-manually; displayed",
    );
    let read = read.report.unwrap();
    assert_eq!(read.disposition.as_deref(), Some("displayed"));
    assert_eq!(read.original_message_id.as_deref(), Some("q@here.example"));
}
