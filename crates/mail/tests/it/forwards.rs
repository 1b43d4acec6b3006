//! Letters that pass others on, as the programs of the world write them, and letters that only look so.

fn letter(subject: &str, text: &str) -> mail::Letter {
    mail::parse(format!("From: Technician <tech@desk.example>\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}").as_bytes())
}

fn forwarded(subject: &str, text: &str) -> mail::Forwarded {
    letter(subject, text)
        .forwarded
        .unwrap_or_else(|| panic!("no forward: {subject}\n{text}"))
}

const PROGRAMS: &[(&str, &str, &str)] = &[
    (
        "Gmail",
        "Fwd: Printer",
        "Please look.\n\n---------- Forwarded message ---------\nFrom: Cedar <cedar@there.example>\nDate: Mon, Nov 16, 2026 at 9:15 AM\nSubject: Printer\nTo: Technician <tech@desk.example>\n\n\nIt is on fire.\n",
    ),
    (
        "Gmail, French",
        "Fwd: Printer",
        "Please look.\n\n---------- Forwarded message ---------\nDe : Cedar <cedar@there.example>\nDate: lun. 16 nov. 2026 à 09:15\nSubject: Printer\nTo: <tech@desk.example>\n\n\nIt is on fire.\n",
    ),
    (
        "Outlook",
        "FW: Printer",
        "Please look.\n\n________________________________\nFrom: Cedar <cedar@there.example>\nSent: Monday, November 16, 2026 9:15 AM\nTo: Technician <tech@desk.example>\nSubject: Printer\n\nIt is on fire.\n",
    ),
    (
        "Outlook, French",
        "TR : Printer",
        "Please look.\n\nDe : Cedar [mailto:cedar@there.example]\nEnvoyé : lundi 16 novembre 2026 09:15\nÀ : Technician <tech@desk.example>\nObjet : Printer\n\nIt is on fire.\n",
    ),
    (
        "Outlook, German",
        "WG: Printer",
        "Please look.\n\nVon: Cedar <cedar@there.example>\nGesendet: Montag, 16. November 2026 09:15\nAn: Technician <tech@desk.example>\nBetreff: Printer\n\nIt is on fire.\n",
    ),
    (
        "old Outlook",
        "FW: Printer",
        "Please look.\n\n-----Original Message-----\nFrom: Cedar [mailto:cedar@there.example] \nSent: Monday, November 16, 2026 9:15 AM\nTo: Technician\nSubject: Printer\n\nIt is on fire.\n",
    ),
    (
        "Apple Mail",
        "Fwd: Printer",
        "Please look.\n\nBegin forwarded message:\n\nFrom: Cedar <cedar@there.example>\nSubject: Printer\nDate: 16 November 2026 at 09:15:00 GMT\nTo: Technician <tech@desk.example>\n\nIt is on fire.\n",
    ),
    (
        "Apple Mail, quoting",
        "Fwd: Printer",
        "Please look.\n\nBegin forwarded message:\n\n> From: Cedar <cedar@there.example>\n> Subject: Printer\n> Date: 16 November 2026 at 09:15:00 GMT\n> To: Technician <tech@desk.example>\n> \n> It is on fire.\n",
    ),
    (
        "Apple Mail, French",
        "TR: Printer",
        "Please look.\n\nDébut du message réexpédié :\n\nDe: Cedar <cedar@there.example>\nObjet: Printer\nDate: 16 novembre 2026 à 09:15:00 UTC\nÀ: Technician <tech@desk.example>\n\nIt is on fire.\n",
    ),
    (
        "Apple Mail, German",
        "Fwd: Printer",
        "Please look.\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Cedar <cedar@there.example>\nBetreff: Printer\nDatum: 16. November 2026 um 09:15:00 MEZ\nAn: tech@desk.example\n\nIt is on fire.\n",
    ),
    (
        "Thunderbird",
        "Fwd: Printer",
        "Please look.\n\n-------- Forwarded Message --------\nSubject: \tPrinter\nDate: \tMon, 16 Nov 2026 09:15:00 +0000\nFrom: \tCedar <cedar@there.example>\nTo: \tTechnician <tech@desk.example>\n\n\n\nIt is on fire.\n",
    ),
    (
        "Thunderbird, French",
        "Tr: Printer",
        "Please look.\n\n-------- Message transféré --------\nSujet : \tPrinter\nDate : \tMon, 16 Nov 2026 09:15:00 +0000\nDe : \tCedar <cedar@there.example>\nPour : \tTechnician <tech@desk.example>\n\n\nIt is on fire.\n",
    ),
    (
        "Yahoo",
        "Fw: Printer",
        "Please look.\n\n----- Forwarded Message -----\nFrom: Cedar <cedar@there.example>\nTo: tech@desk.example <tech@desk.example>\nSent: Monday, November 16, 2026 at 09:15:00 AM GMT\nSubject: Printer\n\nIt is on fire.\n",
    ),
    (
        "Spanish",
        "RV: Printer",
        "Please look.\n\nDe: Cedar <cedar@there.example>\nEnviado el: lunes, 16 de noviembre de 2026 9:15\nPara: Technician\nAsunto: Printer\n\nIt is on fire.\n",
    ),
    (
        "Dutch",
        "Doorst: Printer",
        "Please look.\n\n---------- Doorgestuurd bericht ---------\nVan: Cedar <cedar@there.example>\nDatum: ma 16 nov. 2026 om 09:15\nOnderwerp: Printer\nAan: <tech@desk.example>\n\nIt is on fire.\n",
    ),
    (
        "Japanese",
        "FW: Printer",
        "Please look.\n\n差出人: Cedar <cedar@there.example>\n送信日時: 2026年11月16日 9:15\n宛先: Technician <tech@desk.example>\n件名: Printer\n\nIt is on fire.\n",
    ),
    (
        "no prefix",
        "Printer",
        "Please look.\n\n---------- Forwarded message ---------\nFrom: Cedar <cedar@there.example>\nDate: Mon, Nov 16, 2026 at 9:15 AM\nSubject: Printer\nTo: Technician <tech@desk.example>\n\nIt is on fire.\n",
    ),
];

#[test]
fn the_first_sender_is_found() {
    for (program, subject, text) in PROGRAMS {
        let found = forwarded(subject, text);
        assert_eq!(found.from.address, "cedar@there.example", "{program}");
        assert_eq!(found.from.name.as_deref(), Some("Cedar"), "{program}");
        assert_eq!(found.subject.as_deref(), Some("Printer"), "{program}");
        assert_eq!(found.text, "It is on fire.", "{program}");
        let above = found.text_above.trim_end_matches('_').trim();
        assert_eq!(above, "Please look.", "{program}");
        assert!(found.date_text.is_some(), "{program}");
    }
    let dated = forwarded(PROGRAMS[10].1, PROGRAMS[10].2);
    assert_eq!(dated.date, Some(1_794_820_500_000_000));
    assert_eq!(dated.to[0].address, "tech@desk.example");
}

#[test]
fn the_same_in_html() {
    let html = "<div>Please look.</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">---------- Forwarded message ---------<br>De : <strong dir=\"auto\">Cedar</strong> <span>&lt;<a href=\"mailto:cedar@there.example\">cedar@there.example</a>&gt;</span><br>Date: lun. 16 nov. 2026<br>Subject: Printer<br>To:  &lt;<a>tech@desk.example</a>&gt;<br></div><br><br><p>It is on fire.</p></div>";
    let raw = format!(
        "From: tech@desk.example\r\nSubject: Fwd: Printer\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}"
    );
    let found = mail::parse(raw.as_bytes()).forwarded.unwrap();
    assert_eq!(
        (found.from.address.as_str(), found.text.as_str()),
        ("cedar@there.example", "It is on fire.")
    );
    assert_eq!(found.text_above, "Please look.");
}

#[test]
fn replies_and_talk_are_no_forwards() {
    for (program, _, text) in PROGRAMS {
        for subject in [
            "Re: Printer",
            "RE: FW: Printer",
            "AW: WG: Printer",
            "[desk] Re: Printer",
        ] {
            assert_eq!(letter(subject, text).forwarded, None, "{program}: {subject}");
        }
    }
    let block = "From: Cedar <cedar@there.example>\nSent: Monday\nTo: Technician\nSubject: Printer\n\nIt is on fire.";
    let gmail = PROGRAMS[0].2;
    for (subject, text) in [
        ("Printer", format!("It works.\n\n{block}")),
        ("Printer", format!("It works.\n\n-----Original Message-----\n{block}")),
        (
            "Printer",
            format!("On Mon, Nov 16, 2026 at 9:15 AM Desk <desk@here.example> wrote:\n> x\n\n{gmail}"),
        ),
        ("Printer", format!("It works.\n\n{block}\n\n{gmail}")),
        ("Printer", format!("> {}", gmail.replace('\n', "\n> "))),
        (
            "Fwd: Printer",
            "Nothing is passed on here, I only say: begin forwarded message: no.".to_owned(),
        ),
        (
            "Fwd: Printer",
            "---------- Forwarded message ---------\nThe header is missing.".to_owned(),
        ),
        (
            "Fwd: Printer",
            "---------- Forwarded message ---------\nFrom: Cedar\nDate: Monday\nSubject: no address\n\nx".to_owned(),
        ),
        (
            "Forwarded message",
            "From: the third floor we hear noise.\nTo: be clear, loud noise.".to_owned(),
        ),
        ("WG-Zimmer: Heizung", format!("Kalt.\n\n{block}")),
    ] {
        assert_eq!(letter(subject, &text).forwarded, None, "{subject}\n{text}");
    }
}

const ORIGINAL: &str = "Message-ID: <first@there.example>\r\nFrom: Cedar <cedar@there.example>\r\nTo: tech@desk.example\r\nDate: Mon, 16 Nov 2026 09:15:00 +0000\r\nSubject: =?utf-8?q?L=27imprimante?=\r\nContent-Type: text/html\r\n\r\n<p>It is on <b>fire</b>.</p>";

fn with_file(head: &str, text: &str, files: usize) -> mail::Letter {
    let part = format!(
        "--b\r\nContent-Type: message/rfc822; name=\"a.eml\"\r\nContent-Disposition: attachment\r\n\r\n{ORIGINAL}\r\n"
    );
    mail::parse(format!("From: tech@desk.example\r\n{head}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{text}\r\n{}--b--\r\n", part.repeat(files)).as_bytes())
}

#[test]
fn a_letter_sent_as_a_file_is_passed_on() {
    for (head, text) in [
        ("Subject: Fwd: L'imprimante", "Please look at this one, it is urgent."),
        ("Subject: For you", ""),
        ("Subject: x", "fyi\n-- \nTechnician"),
    ] {
        let letter = with_file(head, text, 1);
        let found = letter.forwarded.unwrap_or_else(|| panic!("{head}"));
        assert_eq!(found.from.address, "cedar@there.example");
        assert_eq!(found.subject.as_deref(), Some("L'imprimante"));
        assert_eq!(found.message_id.as_deref(), Some("first@there.example"));
        assert_eq!(found.date, Some(1_794_820_500_000_000));
        assert_eq!(
            (found.text.as_str(), found.text_above.as_str()),
            ("It is on fire.", text.trim())
        );
        assert_eq!(letter.attachments[0].role, mail::Role::Forwarded, "the file is kept");
    }
}

#[test]
fn a_letter_beside_words_or_others_is_a_file() {
    for (head, text, files) in [
        ("Subject: Re: Fwd: x", "", 1),
        (
            "Subject: Evidence",
            "Please find attached the letter that I had from them last week.",
            1,
        ),
        ("Subject: Fwd: two", "", 2),
        ("Subject: x\r\nIn-Reply-To: <q@desk.example>", "", 1),
    ] {
        assert_eq!(with_file(head, text, files).forwarded, None, "{head}");
    }
}
