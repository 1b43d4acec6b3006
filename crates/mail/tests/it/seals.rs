//! Signed and encrypted letters, told as such and shown as far as they can be read.

use mail::{Defect, Protection, Role, Scheme};

fn read(head: &str, body: &str) -> mail::Letter {
    mail::parse(format!("From: a@b.example\r\nSubject: x\r\n{head}\r\n\r\n{body}").as_bytes())
}

fn protection(scheme: Scheme, signed: bool, encrypted: bool, readable: bool) -> Option<Protection> {
    Some(Protection {
        scheme,
        signed,
        encrypted,
        readable,
    })
}

#[test]
fn a_signature_beside_the_text_is_no_plain_file() {
    for (protocol, scheme) in [
        ("application/pgp-signature", Scheme::PgpMime),
        ("application/pkcs7-signature", Scheme::Smime),
    ] {
        let letter = read(
            &format!("Content-Type: multipart/signed; protocol=\"{protocol}\"; boundary=b"),
            &format!(
                "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: {protocol}; name=s\r\n\r\nxxxx\r\n--b--\r\n"
            ),
        );
        assert_eq!(letter.protection, protection(scheme, true, false, true));
        assert_eq!(letter.text.as_deref(), Some("Hello"));
        assert_eq!((letter.attachments.len(), letter.attachments[0].role), (1, Role::Seal));
    }
}

#[test]
fn encrypted_letters_are_told() {
    let pgp = read(
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
        "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\nxxx\r\n--b--\r\n",
    );
    assert_eq!(pgp.protection, protection(Scheme::PgpMime, false, true, false));
    let smime = read(
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64",
        "AAAA",
    );
    assert_eq!(smime.protection, protection(Scheme::Smime, false, true, false));
    assert_eq!(smime.attachments[0].role, Role::Seal);
    let inline = read(
        "Content-Type: text/plain",
        "-----BEGIN PGP MESSAGE-----\r\n\r\nxxx\r\n-----END PGP MESSAGE-----",
    );
    assert_eq!(inline.protection, protection(Scheme::PgpInline, false, true, false));
    let signed = read(
        "Content-Type: text/plain",
        "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: x\r\n\r\nHello\r\n-----BEGIN PGP SIGNATURE-----\r\n",
    );
    assert_eq!(signed.protection, protection(Scheme::PgpInline, true, false, true));
    let talk = read(
        "Content-Type: text/plain",
        "> -----BEGIN PGP MESSAGE-----\r\nWhat is that?",
    );
    assert_eq!(talk.protection, None);
}

/// A value of ASN.1 with a length of two bytes.
fn value(tag: u8, inside: &[u8]) -> Vec<u8> {
    [&[tag, 0x82][..], &(inside.len() as u16).to_be_bytes(), inside].concat()
}

#[test]
fn what_a_signature_wraps_is_read() {
    let inner = b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nH\xC3\xA9llo\r\n--i\r\nContent-Type: image/png; name=a.png\r\n\r\npng\r\n--i--\r\n";
    let signed = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
    let data = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1];
    let contents = value(0x30, &[&data[..], &value(0xA0, &value(0x04, inner))].concat());
    let body = value(0x30, &[&[2, 1, 1][..], &value(0x31, &[]), &contents].concat());
    let message = value(0x30, &[&signed[..], &value(0xA0, &body)].concat());
    let send = |bytes: &[u8]| {
        let head = b"From: a@b.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        mail::parse(&[&head[..], bytes].concat())
    };
    let letter = send(&message);
    assert_eq!(letter.protection, protection(Scheme::Smime, true, false, true));
    assert_eq!(letter.text.as_deref(), Some("Héllo"));
    let names: Vec<_> = letter
        .attachments
        .iter()
        .map(|a| (a.name.as_deref().unwrap(), a.role))
        .collect();
    assert_eq!(names, [("a.png", Role::File), ("smime.p7m", Role::Seal)]);
    let broken = send(&message[..60]);
    assert_eq!(broken.protection, protection(Scheme::Smime, true, false, false));
    assert!(broken.defects.contains(&Defect::SealedShut));
    assert_eq!(broken.attachments.len(), 1, "the wrapping is kept");
}
