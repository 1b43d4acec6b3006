//! What we sign, others can verify.

use mail::dkim::{DkimError, Key, Kind, sign};
use mail::vouch::{Arrival, Checker, Proof};
use mail::{Outgoing, compose};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use testmail::name_server::{Answer, NameServer};

fn letter() -> Vec<u8> {
    let mut letter = Outgoing {
        message_id: "1.2@desk.example".to_owned(),
        subject: "Été ".repeat(40),
        text: "Hello  \n\n.\nThere \n\n\n".to_owned(),
        date: 1_795_305_005_000_000,
        ..Outgoing::default()
    };
    letter.from = mail::Address::new(Some("Desk, of all"), "desk@desk.example");
    letter.to = vec![mail::Address::new(None, "cedar@there.example")];
    compose(&letter).unwrap()
}

#[tokio::test]
async fn both_kinds_of_key_sign_what_others_verify() {
    for kind in [Kind::Rsa, Kind::Ed25519] {
        let key = Key::generate(kind).unwrap();
        let again = Key::from_pem(&key.to_pem().unwrap()).unwrap();
        assert_eq!((again.kind(), again.dns_record()), (kind, key.dns_record()));
        assert_eq!(key.dns_strings().concat(), key.dns_record());
        assert!(key.dns_strings().iter().all(|s| s.len() <= 255));
        assert!(!format!("{key:?}").contains(&key.to_pem().unwrap()[40..80]));
        let server = NameServer::start(vec![("one._domainkey.desk.example", Answer::Txt(key.dns_record()))]).await;
        let checker = Checker::with_nameserver(server.address).unwrap();
        let raw = letter();
        let signed = sign(&raw, &again, "one", "Desk.example").unwrap();
        assert!(signed.ends_with(&raw) && signed.starts_with(b"DKIM-Signature: "));
        assert_eq!(
            checker.check(Arrival::default(), &signed, &[]).await.dkim,
            Proof::Pass,
            "{kind:?}"
        );
        let text = String::from_utf8(signed).unwrap();
        for (from, to) in [
            ("Subject: ", "Subject: x"),
            ("To: ", "Reply-To: evil@x.example\r\nTo: "),
            ("Hello", "Hallo"),
            ("Message-ID: <", "Message-ID: <2"),
            (
                "\r\nMIME-Version",
                "\r\nList-Unsubscribe: <https://x.example>\r\nMIME-Version",
            ),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            let vouched = checker.check(Arrival::default(), changed.as_bytes(), &[]).await;
            assert_eq!(vouched.dkim, Proof::Fail, "{kind:?} {from}");
        }
    }
}

#[test]
fn what_cannot_sign_is_refused() {
    let key = Key::generate(Kind::Ed25519).unwrap();
    for (selector, domain) in [
        ("", "a.example"),
        ("one", ""),
        ("one; d=evil.example", "a.example"),
        ("one", "a.example\r\nX: y"),
        ("one", "a..example"),
    ] {
        let error = sign(&letter(), &key, selector, domain).unwrap_err();
        assert!(matches!(error, DkimError::BadName(..)), "{error}");
    }
    let pem = key.to_pem().unwrap();
    for bad in [
        String::new(),
        "x".to_owned(),
        pem.replace("PRIVATE", "PUBLIC"),
        pem.replace('M', "A"),
    ] {
        assert!(matches!(Key::from_pem(&bad), Err(DkimError::BadKey(_))), "{bad}");
    }
    assert!(matches!(
        sign(b"", &key, "one", "a.example"),
        Err(DkimError::Sign(_)) | Ok(_)
    ));
}

const PYTHON: &str = r#"
import sys, dkim
record, raw = sys.stdin.buffer.read().split(b"\x00\x00NEXT\x00\x00")
asked = []
def txt(name, timeout=5):
    asked.append(name)
    return record
print(dkim.verify(raw, dnsfunc=txt), dkim.verify(raw.replace(b"Hello", b"Hallo"), dnsfunc=txt), asked[0].decode())
"#;

/// Another verifier with no code of ours: dkimpy, where `FIRSTLINE_DKIMPY` names a Python that has it.
#[test]
fn dkimpy_verifies_it_too() {
    let Some(python) = std::env::var_os("FIRSTLINE_DKIMPY").map(PathBuf::from) else {
        eprintln!("SKIPPED: FIRSTLINE_DKIMPY does not name a Python with dkimpy");
        return;
    };
    let key = Key::generate(Kind::Rsa).unwrap();
    let signed = sign(&letter(), &key, "one", "desk.example").unwrap();
    let mut child = Command::new(python)
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = [key.dns_record().as_bytes(), b"\0\0NEXT\0\0", &signed].concat();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), &input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "True False one._domainkey.desk.example."
    );
}
