//! Letters that are signed or encrypted, told by their own account: S/MIME (RFC 8551), PGP/MIME
//! (RFC 3156, RFC 1847) and blocks of PGP inside the text. Nothing is verified or decrypted; what a
//! signature wraps is opened, so that it can be read.

use super::budget::Reading;
use super::der;
use super::split::{Part, Tree};
use crate::letter::{Letter, Protection, Scheme};
use std::borrow::Cow;

const WRAPPED: &[&str] = &["application/pkcs7-mime", "application/x-pkcs7-mime"];
const SEALS: &[&str] = &[
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-encrypted",
];

/// Whether a file of this type is a signature or a wrapping, which nobody came to read.
pub(super) fn is_seal(mime: &str) -> bool {
    SEALS.contains(&mime) || WRAPPED.contains(&mime)
}

/// What the parts say. A part deep inside speaks for the letter too: mailing lists and virus
/// scanners wrap signed letters in further parts. Letters inside letters are not looked into.
pub(super) fn of_parts(tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) -> Option<Protection> {
    tree.parts
        .iter()
        .zip(contents)
        .find_map(|(part, bytes)| match part.mime.as_str() {
            "multipart/signed" => Some(signed(scheme_of(part, tree))),
            "multipart/encrypted" => Some(encrypted(Scheme::PgpMime)),
            mime if WRAPPED.contains(&mime) => wrapped(part, bytes),
            _ => None,
        })
}

fn signed(scheme: Scheme) -> Protection {
    Protection {
        scheme,
        signed: true,
        encrypted: false,
        readable: true,
    }
}

fn encrypted(scheme: Scheme) -> Protection {
    Protection {
        scheme,
        signed: false,
        encrypted: true,
        readable: false,
    }
}

/// By the parameter, or by the signature that came when the parameter is missing.
fn scheme_of(part: &Part<'_>, tree: &Tree<'_>) -> Scheme {
    let protocol = part.parameters.get("protocol").map(|p| p.to_ascii_lowercase());
    let pgp = match protocol {
        Some(protocol) => protocol.contains("pgp"),
        None => tree.parts.iter().any(|p| p.mime == "application/pgp-signature"),
    };
    if pgp { Scheme::PgpMime } else { Scheme::Smime }
}

fn wrapped(part: &Part<'_>, bytes: &[u8]) -> Option<Protection> {
    match kind_of(part, bytes) {
        Some(Kind::Signed) => Some(Protection {
            readable: false,
            ..signed(Scheme::Smime)
        }),
        Some(Kind::Enveloped) => Some(encrypted(Scheme::Smime)),
        None => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Signed,
    Enveloped,
}

/// What the bytes are; where they cannot be read, what the parameter says.
fn kind_of(part: &Part<'_>, bytes: &[u8]) -> Option<Kind> {
    match der::content_type(bytes) {
        Some(der::SIGNED) => return Some(Kind::Signed),
        Some(der::ENVELOPED | der::AUTH_ENVELOPED) => return Some(Kind::Enveloped),
        _ => {}
    }
    match part.parameters.get("smime-type")?.to_ascii_lowercase().as_str() {
        "signed-data" => Some(Kind::Signed),
        "enveloped-data" | "authenveloped-data" => Some(Kind::Enveloped),
        _ => None,
    }
}

/// Whether the part wraps signed contents.
pub(super) fn is_opaque(part: &Part<'_>, bytes: &[u8]) -> bool {
    WRAPPED.contains(&part.mime.as_str()) && kind_of(part, bytes) == Some(Kind::Signed)
}

/// What a signature wraps.
pub(super) fn open(bytes: &[u8], reading: &mut Reading) -> Option<Vec<u8>> {
    if !reading.walk(2 * bytes.len()) || !reading.take_or_note(bytes.len()) {
        return None;
    }
    let inside = der::signed_contents(bytes);
    reading.give_back(bytes.len() - inside.as_ref().map_or(0, Vec::capacity).min(bytes.len()));
    inside
}

/// Blocks of PGP inside the text, where the parts said nothing. Each marker is a line of its own
/// that nobody quoted.
pub(super) fn of_text(letter: &mut Letter) {
    if letter.protection.is_some() {
        return;
    }
    let text = letter.text.as_deref().unwrap_or_default();
    let has = |marker: &str| text.lines().take(2_000).any(|line| line.trim_end() == marker);
    letter.protection = if has("-----BEGIN PGP MESSAGE-----") {
        Some(encrypted(Scheme::PgpInline))
    } else if has("-----BEGIN PGP SIGNED MESSAGE-----") && has("-----BEGIN PGP SIGNATURE-----") {
        Some(signed(Scheme::PgpInline))
    } else {
        None
    };
}
