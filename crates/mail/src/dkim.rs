//! Signing what leaves (DKIM, RFC 6376 and RFC 8463): keys, the record an administrator publishes,
//! and the signature. Most of the world verifies RSA only; so that is the key to begin with.

use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use rsa::RsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding, SecretDocument};
use std::fmt;
use thiserror::Error;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::compose::base64;

/// The fields that are signed. Those that a letter lacks are signed as lacking, so that nobody adds
/// them; From and Subject once more than they stand there, so that nobody adds a second one.
const FIELDS: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "From",
    "Subject",
];

const BITS: usize = 2048;
const LABEL: &str = "PRIVATE KEY";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// 2048 bits.
    #[default]
    Rsa,
    Ed25519,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DkimError {
    #[error("no key could be made: {0}")]
    Generate(String),
    #[error("this is no key for DKIM; it must be RSA of at least 2048 bits or Ed25519, as PKCS#8 in PEM: {0}")]
    BadKey(String),
    #[error("\"{0}\" cannot be a {1}")]
    BadName(String, &'static str),
    #[error("the letter cannot be signed: {0}")]
    Sign(String),
}

/// A private key. Debug shows its kind only.
#[derive(Clone)]
pub struct Key {
    kind: Kind,
    secret: SecretDocument,
    /// As the record has it.
    public: Vec<u8>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Key {
    /// A new key. For RSA this takes a moment of computing: not for a thread others wait for.
    pub fn generate(kind: Kind) -> Result<Key, DkimError> {
        let failed = |words: &dyn fmt::Display| DkimError::Generate(words.to_string());
        let secret = match kind {
            Kind::Rsa => RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS)
                .map_err(|e| failed(&e))?
                .to_pkcs8_der()
                .map_err(|e| failed(&e))?,
            Kind::Ed25519 => {
                let der = Ed25519Key::generate_pkcs8().map_err(|e| failed(&e))?;
                SecretDocument::try_from(der).map_err(|e| failed(&e))?
            }
        };
        Key::read(secret)
    }

    /// What [`Key::to_pem`] wrote, or a key made elsewhere.
    pub fn from_pem(pem: &str) -> Result<Key, DkimError> {
        let bad = |words: &dyn fmt::Display| DkimError::BadKey(words.to_string());
        let (label, secret) = SecretDocument::from_pem(pem.trim()).map_err(|e| bad(&e))?;
        if label != LABEL {
            return Err(bad(&format!("it is a \"{label}\"")));
        }
        Key::read(secret)
    }

    fn read(secret: SecretDocument) -> Result<Key, DkimError> {
        let bad = |words: &dyn fmt::Display| DkimError::BadKey(words.to_string());
        let der = secret.as_bytes();
        let (kind, public) = match RsaPrivateKey::from_pkcs8_der(der) {
            Ok(key) => {
                let public = key.to_public_key().to_public_key_der().map_err(|e| bad(&e))?;
                (Kind::Rsa, public.into_vec())
            }
            Err(_) => {
                let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(der).map_err(|e| bad(&e))?;
                (Kind::Ed25519, key.public_key())
            }
        };
        let key = Key { kind, secret, public };
        // What cannot sign is refused now, not with the first letter.
        key.signer()?;
        Ok(key)
    }

    /// PKCS#8 in PEM: a secret, to be kept sealed.
    pub fn to_pem(&self) -> Result<String, DkimError> {
        let pem = self.secret.to_pem(LABEL, LineEnding::LF);
        Ok(pem.map_err(|e| DkimError::BadKey(e.to_string()))?.to_string())
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the TXT record at `selector._domainkey.domain` says.
    pub fn dns_record(&self) -> String {
        let name = match self.kind {
            Kind::Rsa => "rsa",
            Kind::Ed25519 => "ed25519",
        };
        format!("v=DKIM1; k={name}; p={}", base64(&self.public))
    }

    /// The same for a zone file: a string in DNS holds at most 255 bytes, several are read as one.
    pub fn dns_strings(&self) -> Vec<String> {
        let record = self.dns_record();
        let pieces = record.as_bytes().chunks(255);
        pieces
            .map(|piece| String::from_utf8_lossy(piece).into_owned())
            .collect()
    }

    fn signer(&self) -> Result<DkimKey, DkimError> {
        let bad = |e: mail_auth::Error| DkimError::BadKey(e.to_string());
        let der = self.secret.as_bytes();
        Ok(match self.kind {
            Kind::Rsa => {
                let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der.to_vec()));
                DkimKey::Rsa(RsaKey::from_key_der(der).map_err(bad)?)
            }
            Kind::Ed25519 => DkimKey::Ed25519(Ed25519Key::from_pkcs8_maybe_unchecked_der(der).map_err(bad)?),
        })
    }
}

/// The same letter with a signature of `domain` above it. The letter must be as it leaves: with CR LF
/// and nothing to be added but above.
pub fn sign(raw: &[u8], key: &Key, selector: &str, domain: &str) -> Result<Vec<u8>, DkimError> {
    let named = |name: &str, what| {
        is_name(name)
            .then(|| name.to_ascii_lowercase())
            .ok_or_else(|| DkimError::BadName(name.escape_debug().take(100).collect(), what))
    };
    let signature = DkimSigner::from_key(key.signer()?)
        .domain(named(domain, "domain")?)
        .selector(named(selector, "selector")?)
        .headers(FIELDS.iter().copied())
        .sign(raw)
        .map_err(|e| DkimError::Sign(e.to_string()))?;
    let mut signed = signature.to_header().into_bytes();
    signed.extend_from_slice(raw);
    Ok(signed)
}

/// Labels of letters, digits, `-` and `_` between dots: nothing that could leave its tag.
fn is_name(name: &str) -> bool {
    let label = |l: &str| {
        (1..=63).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    name.len() <= 253 && name.split('.').all(label)
}
