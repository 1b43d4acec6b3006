//! Any bytes are a letter.

use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    "From: Payroll office <payroll@cedar.example>\r\nTo: support@desk.example\r\nSubject: =?utf-8?Q?L=27imprimante?=\r\n\
     Message-ID: <one@cedar.example>\r\nReferences: <zero@desk.example>\r\nDate: Mon, 16 Nov 2026 10:00:00 -0500\r\n\
     MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
     Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
     Elle ne marche plus =E0 l'=E9tage.=\r\n\r\n--b\r\nContent-Type: text/csv; name*=utf-8''liste%20.csv\r\n\
     Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=run.csv\r\n\r\nYSxiLGMK\r\n--b--\r\n",
    "Return-Path: <>\r\nFrom: MAILER-DAEMON@larch.example\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\n\
     Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n\r\nIt could not be sent.\r\n\
     --r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; larch.example\r\n\r\n\
     Final-Recipient: rfc822; nobody@larch.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
     --r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <sent@desk.example>\r\nSubject: Re: Printer\r\n\r\nHello\r\n--r--\r\n",
    "From: Counter <counter@larch.example>\nSubject: lone line feeds\nContent-Type: multipart/alternative; boundary=a\n\n\
     --a\nContent-Type: text/plain\n\nhello\n--a\nContent-Type: text/html; charset=utf-8\n\n<p>hello</p>\n--a--\n",
    "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\nSubject: one\r\n\r\nx\r\n--d\r\n\r\nSubject: two\r\n\r\ny\r\n--d--",
];

const WORDS: &[&str] = &[
    "From: ",
    "a@b.example",
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "--b",
    "--b--",
    "--r\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Type: multipart/digest; boundary=\"b\"\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: x-uuencode\r\n",
    "=?utf-8?B?",
    "=?x?Q?=",
    "?=",
    "AAAA",
    "=\r\n",
    "=E9",
    "\0",
    "<",
    ">",
    "\"",
    "\\",
    "(",
    ")",
    ";",
    ":",
    ",",
    " ",
    "\t",
    "filename*0*=",
    "filename*1=",
    "Subject: ",
    "\u{e9}",
    "Date: 31 Feb 99999 25:61 +9999\r\n",
    "References: <x@y>\r\n",
    "message/delivery-status",
    "charset=utf-7",
    "charset=utf-16",
    "charset=iso-2022-jp",
    "\u{1b}$B",
    "+AGEA",
    "begin 644 a\n",
    "boundary=",
    "Status: 4.",
];

#[test]
fn any_bytes_are_a_letter() {
    run("letters", &bytes(SAMPLES, WORDS), |raw| {
        let letter = mail::parse(&raw);
        prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        prop_assert!(letter.attachments.len() + letter.enclosed.len() <= 1_000);
        let files = letter.attachments.iter().chain(&letter.enclosed);
        let taken: usize = files.map(|file| file.bytes.len()).sum();
        prop_assert!(
            taken <= 4 * raw.len() + 1_024,
            "{taken} bytes of files from {}",
            raw.len()
        );
        prop_assert!(!letter.text.as_deref().unwrap_or_default().contains('\0'));
        for sender in [None, Some(""), Some("a@b.example")] {
            let _ = (mail::nature(&letter, sender), mail::must_not_answer(&letter, sender));
        }
        prop_assert!(mail::parse(&raw) == letter, "read differently the second time");
        Ok(())
    });
}
