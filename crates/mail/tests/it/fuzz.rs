//! Any bytes at all: nothing panics, hangs or loses what it was given.

use crate::sanitising::dangers;
use crate::smtp_client::Server;
use mail::smtp::{Limits, Protocol, Submission};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Bytes that look like mail more often than chance would have it.
fn mail_like() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "From: ",
        "a@b.example",
        "\r\n",
        "\n",
        "\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=b",
        "--b",
        "--b--",
        "--",
        "b",
        "Content-Type: message/rfc822",
        "Content-Type: multipart/digest; boundary=\"b\"",
        "Content-Transfer-Encoding: base64",
        "=?utf-8?B?",
        "?=",
        "AAAA",
        "=",
        "\0",
        "<",
        ">",
        "\"",
        "(",
        ")",
        ";",
        ":",
        ",",
        " ",
        "filename*0*=",
        "Subject: ",
        "\u{e9}",
        "Date: ",
        "31 Feb 99999 25:61 +9999",
        "References: <x@y>",
        "message/delivery-status",
        "Content-Type: ",
        "charset=utf-7",
    ]);
    prop::collection::vec(
        prop_oneof![4 => words.prop_map(|w| w.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..8)],
        0..60,
    )
    .prop_map(|v| v.concat())
}

fn html_like() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "<",
        ">",
        "</",
        "/>",
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "<svg>",
        "<math>",
        "<style>",
        "</style>",
        "<title>",
        "<!--",
        "-->",
        "<a href=",
        "javascript:",
        "\"",
        "'",
        "=",
        "<img src=",
        "cid:x",
        "onerror",
        "<script>",
        "</script>",
        "&lt;",
        "&#60;",
        "&",
        "<template>",
        "<mtext>",
        "<annotation-xml>",
        "<select>",
        "<b>",
        "</b>",
        "<i>",
        "text",
        " ",
        "\u{e9}",
        "<![CDATA[",
        "]]>",
        "<noscript>",
    ]);
    prop::collection::vec(
        prop_oneof![6 => words.prop_map(str::to_owned), 1 => any::<String>()],
        0..40,
    )
    .prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(config(2_000))]
    #[test]
    fn any_bytes_are_a_letter(raw in mail_like()) {
        let letter = mail::parse(&raw);
        prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        let _ = mail::must_not_answer(&letter, None);
    }
}

proptest! {
    #![proptest_config(config(800))]
    #[test]
    fn any_html_is_cleaned(html in html_like()) {
        let clean = mail::html::clean_with(&html, |_| Some("/pictures/1".to_owned()));
        prop_assert_eq!(dangers(&clean.html, false), Vec::<String>::new(), "{} gave {}", html, clean.html);
        prop_assert_eq!(dangers(&mail::html::frame(&html, |_| None), true), Vec::<String>::new());
        let _ = mail::html::to_text(&html);
    }

    #[test]
    fn any_text_is_cut_without_loss(lines in prop::collection::vec("(On 1 Jan 2026|> |a@b wrote:|From: x|Sent: y|Subject: z|-- |Sent from my x|```|hello|__________|\\PC{0,20}|)", 0..30)) {
        let text = lines.join("\n");
        let trimmed = mail::quote::trim(&text);
        let words = |t: &str| { let mut w: Vec<String> = t.split_whitespace().map(str::to_owned).collect(); w.sort(); w };
        prop_assert_eq!(words(&text), words(&format!("{}\n{}", trimmed.visible, trimmed.rest)));
        prop_assert!(!trimmed.visible.is_empty() || text.trim().is_empty());
    }
}

fn session_like() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "EHLO x\r\n",
        "MAIL FROM:<a@b>\r\n",
        "RCPT TO:<a@b>\r\n",
        "DATA\r\n",
        ".\r\n",
        "\r\n.\r\n",
        "\n.\n",
        "..",
        "RSET\r\n",
        "NOOP\r\n",
        "MAIL FROM:<",
        ">\r\n",
        "\"",
        "\\",
        "\r",
        "\n",
        "x",
        "QUIT\r\n",
        "SIZE=",
        "AUTH PLAIN ",
        "AUTH LOGIN\r\n",
        "AGFubgBoZXIgc2VjcmV0\r\n",
        "*\r\n",
        "STARTTLS\r\n",
        "\0",
    ]);
    prop::collection::vec(
        prop_oneof![5 => words.prop_map(|w| w.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..20)],
        0..40,
    )
    .prop_map(|v| v.concat())
}

#[test]
fn any_conversation_ends_well() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut limits = Limits::default();
    limits.door.submission = Submission::Offered;
    let server = runtime.block_on(Server::start(Protocol::Smtp, limits));
    let mut runner = proptest::test_runner::TestRunner::new(config(200));
    let outcome = runner.run(&session_like(), |bytes| {
        runtime.block_on(async {
            let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
            let (mut read, mut write) = stream.split();
            let mut answers = Vec::new();
            let writing = async {
                // The server may leave first, after QUIT.
                let _ = tokio::io::AsyncWriteExt::write_all(&mut write, &bytes).await;
                let _ = tokio::io::AsyncWriteExt::shutdown(&mut write).await;
            };
            let reading = tokio::io::AsyncReadExt::read_to_end(&mut read, &mut answers);
            let both = async { tokio::join!(writing, reading).1.map_or(0, |n| n) };
            tokio::time::timeout(Duration::from_secs(5), both)
                .await
                .expect("the conversation ends");
            assert!(answers.starts_with(b"220 "), "the server greets");
            let known = String::from_utf8_lossy(&answers)
                .lines()
                .all(|l| l.len() > 3 && l[..3].bytes().all(|b| b.is_ascii_digit()));
            assert!(known, "every line is an answer");
        });
        Ok(())
    });
    outcome.unwrap();
    runtime.block_on(server.finish());
}

#[test]
fn huge_structures_are_bounded() {
    let nested = |kind: &str| {
        (0..20_000)
            .map(|n| format!("Content-Type: multipart/{kind}; boundary=b{n}\r\n\r\n--b{n}\r\n"))
            .collect::<String>()
    };
    let cases = [
        ("nested", nested("mixed")),
        ("digests", nested("digest")),
        ("letters", "Content-Type: message/rfc822\r\n\r\n".repeat(50_000)),
        (
            "parts",
            format!(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
                "--b\r\n\r\nx\r\n".repeat(100_000)
            ),
        ),
        ("fields", "X: y\r\n".repeat(200_000)),
        ("fold", format!("Subject: {}\r\n\r\n", "x\r\n ".repeat(200_000))),
        ("long", format!("Subject: {}\r\n\r\n", "=?utf-8?q?x?= ".repeat(60_000))),
        ("addresses", format!("To: {}\r\n\r\n", "a@b.example, ".repeat(60_000))),
        (
            "comments",
            format!("To: {}\r\nFrom: {}\r\n\r\n", "(".repeat(200_000), "<".repeat(200_000)),
        ),
        (
            "same",
            format!(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
                "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(50_000)
            ),
        ),
        (
            "type",
            format!("Content-Type: text/plain{}\r\n\r\nx", "; a*0=b".repeat(30_000)),
        ),
    ];
    for (name, raw) in cases {
        let start = Instant::now();
        let letter = mail::parse(raw.as_bytes());
        assert!(
            start.elapsed() < Duration::from_secs(2),
            "{name} took {:?}",
            start.elapsed()
        );
        let cut = letter.defects.iter().any(|d| matches!(d, mail::Defect::TooComplex(_)));
        assert!(
            cut || matches!(name, "letters" | "type"),
            "{name}: {:?}",
            letter.defects
        );
        assert!(letter.attachments.len() <= 1_000);
    }
}
