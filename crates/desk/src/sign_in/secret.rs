//! A secret that stands for somebody: 256 random bits, shown once, kept only as a hash.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The text to hand out. Debug prints stars, so it cannot slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new() -> Result<Secret> {
        Secret::with_prefix("")
    }

    pub(super) fn with_prefix(prefix: &str) -> Result<Secret> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(Error::fault)?;
        Ok(Secret(format!("{prefix}{}", BASE64URL_NOPAD.encode(&bits))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

/// Written out where it is handed over: the console, a letter, a cookie.
impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::ops::Deref for Secret {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> String {
        secret.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// What is kept and looked up. The secret itself has 256 bits, so a plain hash of it cannot be guessed back.
pub(crate) fn hash_of(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// A number that names a row without saying how many there are; small enough for JavaScript.
pub(super) fn random_id() -> Result<i64> {
    let bits = getrandom::u64().map_err(Error::fault)?;
    Ok(i64::try_from(bits >> 12).unwrap_or(i64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_hide() {
        let (one, other) = (Secret::new().expect("random"), Secret::new().expect("random"));
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), 43);
        assert!(!format!("{one:?}").contains(one.as_str()));
        assert_ne!(one.hash(), one.as_str());
    }
}
