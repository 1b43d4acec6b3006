//! Delivery reports and complaints hold whatever a stranger's machine wrote: what is read of them is bounded, on one line
//! and an address where an address is meant.

use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    "Reporting-MTA: dns; mx.there.example\r\n\r\nFinal-Recipient: rfc822; cedar@there.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n",
    "Reporting-MTA: dns; mx\r\n\r\nOriginal-Recipient: rfc822;a@b.example\r\nFinal-Recipient: rfc822;c@d.example\r\nAction: delayed\r\nStatus: 4.4.1\r\nWill-Retry-Until: Mon, 16 Nov 2026 10:00:00 +0000\r\n\r\nFinal-Recipient: utf-8; \\x{e9}@d.example\r\nAction: failed\r\n",
    "Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Mail-From: <a@b.example>\r\nOriginal-Rcpt-To: <c@d.example>\r\nReported-Domain: d.example\r\nSource-IP: 192.0.2.1\r\n",
    "Final-Recipient: rfc822;a@b.example\r\nOriginal-Message-ID: <x@y.example>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
];

const WORDS: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    "\r\n ",
    "Final-Recipient: rfc822; ",
    "Original-Recipient: ",
    "Action: failed\r\n",
    "Action: delivered\r\n",
    "Status: 5.",
    "Status: 9.9.9\r\n",
    "Diagnostic-Code: smtp; ",
    "Feedback-Type: ",
    "Disposition: ",
    "Message-ID: <x@y.example>\r\n",
    "Subject: Re: x\r\n",
    "--b\r\n",
    "--b--\r\n",
    "<a@b.example>",
    "@",
    ";",
    "\0",
    "=?utf-8?q?x?=",
    "550 5.1.1 ",
];

const KINDS: [(&str, &str); 3] = [
    ("delivery-status", "message/delivery-status"),
    ("feedback-report", "message/feedback-report"),
    ("disposition-notification", "message/disposition-notification"),
];

#[test]
fn a_report_is_read_into_fields_that_are_what_they_say() {
    run("reports", &bytes(SAMPLES, WORDS), |raw| {
        for (kind, mime) in KINDS {
            let head = format!(
                "From: MAILER-DAEMON@there.example\r\nContent-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n\
                 --b\r\n\r\nIt came back.\r\n--b\r\nContent-Type: {mime}\r\n\r\n"
            );
            let whole = [
                head.as_bytes(),
                &raw,
                b"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n",
                &raw,
                b"\r\n--b--\r\n",
            ]
            .concat();
            let letter = mail::parse(&whole);
            prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
            let Some(report) = letter.report else { continue };
            let of = |r: &mail::Report| {
                [
                    &r.status,
                    &r.diagnostic,
                    &r.recipient,
                    &r.original_message_id,
                    &r.reporting_mta,
                ]
                .map(Clone::clone)
            };
            let each = report
                .recipients
                .iter()
                .flat_map(|r| [r.address.clone(), r.status.clone(), r.diagnostic.clone()]);
            for text in of(&report).into_iter().chain(each).flatten() {
                prop_assert!(!text.contains(['\r', '\n']), "{text:?}");
                prop_assert!(text.len() <= 2 * whole.len());
            }
        }
        Ok(())
    });
}
