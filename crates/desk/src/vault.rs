//! What only the desk may read: passwords of mailboxes, keys that sign letters. They are sealed (XChaCha20-Poly1305)
//! under a key that lies in a file beside the database, never in it: whoever has only the database, or a backup of it,
//! reads none of them. What a text is for is sealed with it, so no row can take another's place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use db::{Read, Write, args};

use crate::error::{Error, Result};

/// The setting whose sealed word tells whether this is the key of this database.
const PROBE: &str = "vault-probe";
const WORD: &[u8] = b"firstline";
const NONCE: usize = 24;

/// The key, or none: a desk without one keeps no secrets and says so.
#[derive(Clone, Default)]
pub struct Vault(Option<Arc<XChaCha20Poly1305>>);

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)")
    }
}

impl Vault {
    pub fn with_key(key: &[u8; 32]) -> Vault {
        Vault(Some(Arc::new(XChaCha20Poly1305::new(key.into()))))
    }

    /// Reads the key, or makes one: readable by its owner alone, and on the disk before anything is sealed under it.
    pub fn open(file: &Path) -> io::Result<Vault> {
        match fs::read_to_string(file) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => make(file)?,
            Err(e) => return Err(e),
            Ok(_) => {}
        }
        if is_open_to_others(file)? {
            tracing::warn!(
                "{} can be read by others on this machine, and with it the passwords of mailboxes: chmod 600 {0}",
                file.display()
            );
        }
        // Read again: of several who made one at once, one came first.
        key_of(&fs::read_to_string(file)?).map(|key| Vault::with_key(&key))
    }

    /// Sealed for one use, such as `source:3`. The first secret also leaves the word by which the key is known again.
    pub fn seal(&self, tx: &mut Write, what_for: &str, secret: &str) -> Result<Vec<u8>> {
        let probe = data_encoding::BASE64.encode(&self.close(PROBE, WORD)?);
        tx.exec(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            &args![PROBE, probe],
        )?;
        if !self.fits(tx)? {
            // Another node sealed the first secret under a key of its own.
            return Err(Error::Conflict("conflict-other-key"));
        }
        self.close(what_for, secret.as_bytes())
    }

    /// Sealed to be given away and to come back: nothing of it is kept.
    pub fn seal_passing(&self, what_for: &str, text: &str) -> Result<Vec<u8>> {
        self.close(what_for, text.as_bytes())
    }

    pub fn open_sealed(&self, what_for: &str, sealed: &[u8]) -> Result<String> {
        String::from_utf8(self.uncover(what_for, sealed)?).map_err(Error::fault)
    }

    /// Whether this key opens what the database holds; true when it holds nothing sealed.
    pub fn fits(&self, r: &mut Read) -> Result<bool> {
        let probe: Option<String> = r.maybe("SELECT value FROM setting WHERE name = $1", &args![PROBE])?;
        let Some(probe) = probe else { return Ok(true) };
        let sealed = data_encoding::BASE64.decode(probe.as_bytes()).map_err(Error::fault)?;
        Ok(self.uncover(PROBE, &sealed).is_ok_and(|word| word == WORD))
    }

    fn cipher(&self) -> Result<&XChaCha20Poly1305> {
        self.0
            .as_deref()
            .ok_or_else(|| Error::fault("this desk was opened without the key of its secrets"))
    }

    fn close(&self, what_for: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(Error::fault)?;
        let payload = Payload {
            msg: secret,
            aad: what_for.as_bytes(),
        };
        let closed = self.cipher()?.encrypt(&XNonce::from(nonce), payload);
        let closed = closed.map_err(|_| Error::fault("a secret could not be sealed"))?;
        Ok([nonce.as_slice(), &closed].concat())
    }

    fn uncover(&self, what_for: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let wrong = || Error::fault("a sealed secret does not open under the key of this desk");
        let (nonce, closed) = sealed.split_first_chunk::<NONCE>().ok_or_else(wrong)?;
        let payload = Payload {
            msg: closed,
            aad: what_for.as_bytes(),
        };
        self.cipher()?
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| wrong())
    }
}

/// Forgets every sealed secret, for a desk whose key is lost. Mailboxes that were fetched by a password wait for a new
/// one; domains whose letters were signed have no key any more, and their letters leave unsigned; the server that drafts
/// is asked without a key.
/// No event: nothing of the desk's work changes, and nobody is signed in where the key is missing.
pub fn forget(tx: &mut Write) -> Result<u64> {
    let forgotten = tx.exec("UPDATE source SET secret = NULL WHERE secret IS NOT NULL", &[])?;
    let keys = tx.exec("DELETE FROM dkim_key", &[])?;
    tx.exec("DELETE FROM setting WHERE name = $1", &args![PROBE])?;
    let drafting = tx.exec("DELETE FROM setting WHERE name = 'drafting-key' AND value <> ''", &[])?;
    Ok(forgotten + keys + drafting)
}

fn key_of(text: &str) -> io::Result<[u8; 32]> {
    let bytes = data_encoding::HEXLOWER.decode(text.trim().as_bytes()).ok();
    let key = bytes.and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it does not hold 64 hexadecimal digits"))
}

/// Whether the file's mode lets anybody but its owner at it.
fn is_open_to_others(file: &Path) -> io::Result<bool> {
    Ok(fs::metadata(file)?.permissions().mode() & 0o077 != 0)
}

fn make(file: &Path) -> io::Result<()> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    keep(file, &key)
}

/// Under its name there is never half a key, and never another's in place of the one that came a moment earlier: it is
/// written whole under a name of its own, and takes the right one only if that is free.
fn keep(file: &Path, key: &[u8; 32]) -> io::Result<()> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let begun = file.with_extension(format!("{}.new", data_encoding::HEXLOWER.encode(&random)));
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&begun)?;
    let written = new
        .write_all(data_encoding::HEXLOWER.encode(key).as_bytes())
        .and_then(|()| new.sync_all());
    let named = written.and_then(|()| fs::hard_link(&begun, file));
    fs::remove_file(&begun)?;
    match named {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
        _ => {}
    }
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_use_and_under_its_key_alone() {
        let vault = Vault::with_key(&[7; 32]);
        let sealed = vault.close("source:3", b"two quiet rivers").unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"quiet"), "it can be read");
        assert_eq!(vault.open_sealed("source:3", &sealed).unwrap(), "two quiet rivers");
        assert!(vault.open_sealed("source:4", &sealed).is_err(), "moved to another row");
        assert!(Vault::with_key(&[8; 32]).open_sealed("source:3", &sealed).is_err());
        assert!(Vault::default().open_sealed("source:3", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(vault.open_sealed("source:3", &bent).is_err(), "byte {at}");
        }
        assert_eq!(format!("{vault:?}"), "Vault(***)");
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firstline.key");
        let sealed = Vault::open(&file).unwrap().close("x", b"word").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Vault::open(&file).unwrap().open_sealed("x", &sealed).unwrap(), "word");
        fs::write(&file, "not a key").unwrap();
        let refused = Vault::open(&file).unwrap_err();
        assert!(refused.to_string().contains("64 hexadecimal"), "{refused}");
    }

    #[test]
    fn those_who_start_at_once_agree_on_one_whole_key() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("firstline.key");
            let begin = std::sync::Barrier::new(8);
            let vaults: Vec<Vault> = std::thread::scope(|scope| {
                let open = || {
                    begin.wait();
                    Vault::open(&file).unwrap()
                };
                let all: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
                all.into_iter().map(|one| one.join().unwrap()).collect()
            });
            let sealed = vaults[0].close("x", b"word").unwrap();
            for vault in &vaults {
                assert_eq!(vault.open_sealed("x", &sealed).unwrap(), "word");
            }
            let names = fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(names, 1, "nothing lies about");
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firstline.key");
        Vault::open(&file).unwrap();
        assert!(!is_open_to_others(&file).unwrap());
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert!(is_open_to_others(&file).unwrap(), "{mode:o}");
        }
        assert!(Vault::open(&file).is_ok(), "it is told, and the desk opens");
    }
}
