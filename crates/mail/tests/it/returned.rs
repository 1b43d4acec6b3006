//! Letters that mail servers send back, and people who write about such letters.

use crate::data;
use mail::Nature;

/// What is left of the recognition when a server's letter has no structured report and no telling
/// subject: an estimate for servers nobody here has met. Families of the corpus count one by one.
#[test]
fn servers_without_structure_are_known_by_their_words() {
    let Some(letters) = data::letters() else { return };
    let (mut known, mut families) = (0, std::collections::BTreeMap::<String, bool>::new());
    let bounces: Vec<_> = letters
        .iter()
        .filter(|e| e.expect.iter().any(|x| x == "bounce"))
        .collect();
    for entry in &bounces {
        let letter = mail::parse(stripped(&entry.raw).as_bytes());
        let right = matches!(mail::nature(&letter, None), Nature::Bounce | Nature::Report(_));
        known += usize::from(right);
        *families.entry(entry.family.clone()).or_insert(true) &= right;
    }
    let whole = families.values().filter(|right| **right).count();
    println!(
        "{known} of {} bounces, {whole} of {} families",
        bounces.len(),
        families.len()
    );
    assert!(known as f64 / bounces.len() as f64 >= 0.95);
    assert!(whole as f64 / families.len() as f64 >= 0.95);
}

fn stripped(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let end = text.find("\r\n\r\n").or(text.find("\n\n")).unwrap_or(text.len());
    let (head, body) = text.split_at(end);
    let bare = |line: &str| {
        if line.to_lowercase().starts_with("subject:") {
            "Subject: Mail".to_owned()
        } else {
            line.to_owned()
        }
    };
    let head: Vec<String> = head.lines().map(bare).collect();
    let head = head
        .join("\n")
        .replace("multipart/report", "multipart/mixed")
        .replace("report-type", "x-type");
    let body = body.replace("message/delivery-status", "text/x-status");
    head.replace("X-Failed-Recipients", "X-Other") + &body
}

const REPORT: &str = "550 5.1.1 User unknown. The mail system: your message could not be delivered to the following recipients. Mailbox is full.";

/// Sender, subject and text of people.
const TALK: &[(&str, &str, &str)] = &[
    (
        "Cedar <cedar@there.example>",
        "Undelivered Mail Returned to Sender",
        REPORT,
    ),
    (
        "Cedar <cedar@there.example>",
        "Mail delivery failed: returning message to sender",
        "What does this mean?",
    ),
    ("\"Postmaster Team\" <maple@there.example>", "User unknown", REPORT),
    (
        "\"MAILER-DAEMON\" <maple@there.example>",
        "failure notice",
        "My program calls me that.",
    ),
    (
        "Érable <erable@la.example>",
        "Message non remis",
        "Il n'a pas pu être remis, pourquoi ?",
    ),
    (
        "Ahorn <ahorn@dort.example>",
        "Unzustellbar: Rechnung",
        "konnte nicht zugestellt werden",
    ),
    (
        "Cedar <cedar@there.example>",
        "Vacation responder",
        "How do I set an automatic reply? Out of office.",
    ),
    (
        "Cedar <cedar@there.example>",
        "Fwd: Delivery Status Notification (Failure)",
        REPORT,
    ),
    (
        "Cedar <cedar@there.example>",
        "Warning: could not send message for past 4 hours",
        "Is that bad?",
    ),
    (
        "Cedar <delivery@there.example>",
        "Delivery failed",
        "The van did not come. It could not be delivered.",
    ),
    ("Cedar <daemon.smith@there.example>", "Returned mail", REPORT),
];

#[test]
fn people_who_write_about_returned_letters_are_people() {
    for (from, subject, text) in TALK {
        let raw = format!(
            "From: {from}\r\nTo: desk@here.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nFrom: MAILER-DAEMON@there.example\r\nSubject: failure notice\r\n\r\n{REPORT}\r\n--b--\r\n"
        );
        let letter = mail::parse(raw.as_bytes());
        assert_eq!(
            mail::nature(&letter, Some("cedar@there.example")),
            Nature::Human,
            "{subject}"
        );
        assert_eq!(letter.report, None, "{subject}");
    }
    // The control: the same words from a server.
    let raw = format!("From: MAILER-DAEMON@there.example\r\nSubject: Mail\r\n\r\n{REPORT}\r\n");
    assert_eq!(mail::nature(&mail::parse(raw.as_bytes()), Some("")), Nature::Bounce);
}

#[test]
fn servers_are_understood_in_their_languages() {
    for (words, late) in [
        ("Votre message n'a pas pu être remis à certains destinataires.", false),
        ("Ihre Nachricht konnte nicht zugestellt werden.", false),
        ("No se pudo entregar el mensaje.", false),
        ("Non è stato possibile recapitare il messaggio.", false),
        ("Uw bericht kon niet worden bezorgd: niet afgeleverd.", false),
        ("Não foi possível entregar a mensagem.", false),
        ("Twoja wiadomość nie została dostarczona.", false),
        ("Сообщение не удалось доставить.", false),
        ("Ditt meddelande kunde inte levereras.", false),
        ("Viestiä ei voitu toimittaa.", false),
        ("メールを送信することができませんでした。配信できません。", false),
        ("您的邮件无法投递。", false),
        ("Hi. This is the qmail-send program at there.example.", false),
        (
            "THIS IS A WARNING MESSAGE ONLY. The message could not be delivered yet and will be retried.",
            true,
        ),
    ] {
        let raw = format!(
            "Return-Path: <>\r\nFrom: postmaster@there.example\r\nSubject: Mail\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        );
        let letter = mail::parse(raw.as_bytes());
        assert_eq!(mail::nature(&letter, None), Nature::Bounce, "{words}");
        let kind = letter.report.unwrap().kind;
        assert_eq!(kind == mail::ReportKind::Delay, late, "{words}");
    }
}
