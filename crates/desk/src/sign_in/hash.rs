//! Argon2id over passwords (OWASP: 19 MiB, two passes, one lane). Pure and slow: run it on a thread that may wait.

use std::time::Duration;

use argon2::password_hash::phc::PasswordHash as Parsed;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::password::MOST;
use crate::error::{Error, Result};

/// A hash as it is kept (PHC string). Debug prints stars.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub(super) fn kept(text: String) -> PasswordHash {
        PasswordHash(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// Stands in where there is no account or no password, so that both take the same work. It is no password's hash: its
/// output is all zeros.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, Some(32)).expect("invariant: OWASP's parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// How many passwords are hashed at the same time: a crowd that tries passwords must not take all the memory.
static SEATS: Semaphore = Semaphore::const_new(4);
/// How long somebody waits for a seat before he hears that the desk is busy.
const WAIT: Duration = Duration::from_secs(5);

/// Runs slow work over passwords beside everything else. `Busy` when too many are at it.
pub async fn in_a_seat<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let seat = timeout(WAIT, SEATS.acquire()).await.map_err(|_| Error::Busy)?;
    let seat = seat.map_err(Error::fault)?;
    let done = tokio::task::spawn_blocking(move || {
        let _seat = seat;
        work()
    });
    done.await.map_err(Error::fault)
}

pub fn hash(password: &str) -> Result<PasswordHash> {
    let made: Parsed = argon2().hash_password(password.as_bytes()).map_err(Error::fault)?;
    Ok(PasswordHash(made.to_string()))
}

/// Whether it is the password. `None` does the same work and says no.
pub fn verify(password: &str, kept: Option<&PasswordHash>) -> bool {
    let text = kept.map_or(NOBODY, |k| k.0.as_str());
    // A text longer than any password is no password; it still costs what one costs.
    let tried = if password.chars().count() > MOST { "" } else { password };
    let fits = Parsed::new(text).is_ok_and(|parsed| argon2().verify_password(tried.as_bytes(), &parsed).is_ok());
    fits && kept.is_some() && !tried.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let kept = hash("seven wet larches").expect("hashes");
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("seven wet larches", Some(&kept)));
        assert!(!verify("seven wet larch", Some(&kept)));
        assert!(!verify("seven wet larches", None));
        assert_ne!(
            kept,
            hash("seven wet larches").expect("hashes"),
            "each hash has its own salt"
        );
        assert!(!format!("{kept:?}").contains("argon2"));
    }

    #[test]
    fn the_stand_in_costs_what_a_password_costs() {
        let parsed = Parsed::new(NOBODY).expect("invariant: it is well formed");
        let real = hash("seven wet larches").expect("hashes");
        let real = Parsed::new(real.as_str()).expect("ours is well formed");
        assert_eq!((&parsed.algorithm, parsed.version), (&real.algorithm, real.version));
        assert_eq!(parsed.params.to_string(), real.params.to_string());
        assert_eq!(
            parsed.hash.expect("has one").as_bytes().len(),
            real.hash.expect("has one").as_bytes().len()
        );
    }
}
