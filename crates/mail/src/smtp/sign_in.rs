//! What a client says to sign in (RFC 4954, RFC 4616 and the older LOGIN). Pure.

use mail_parser::decoders::base64::base64_decode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    Plain,
    Login,
}

pub(super) struct Credentials {
    pub(super) user: String,
    pub(super) password: String,
}

/// Nobody is called longer than this, and no password is longer.
const LONGEST: usize = 1_024;

/// `authorize-id NUL user NUL password` in base64. To act for somebody else is not offered.
pub(super) fn plain(said: &[u8]) -> Option<Credentials> {
    let whole = word(said, LONGEST * 3)?;
    let mut parts = whole.split('\0');
    let (for_whom, user, password) = (parts.next()?, parts.next()?, parts.next()?);
    let itself = for_whom.is_empty() || for_whom == user;
    (itself && parts.next().is_none()).then(|| credentials(user, password))?
}

/// Two words, each in base64.
pub(super) fn login(user: &[u8], password: &[u8]) -> Option<Credentials> {
    credentials(&word(user, LONGEST)?, &word(password, LONGEST)?)
}

fn credentials(user: &str, password: &str) -> Option<Credentials> {
    let fits = |text: &str| (1..=LONGEST).contains(&text.len()) && !text.chars().any(char::is_control);
    (fits(user) && fits(password)).then(|| Credentials {
        user: user.to_owned(),
        password: password.to_owned(),
    })
}

fn word(said: &[u8], longest: usize) -> Option<String> {
    let plain = said
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    if !plain || said.is_empty() || said.len() > longest * 2 {
        return None;
    }
    String::from_utf8(base64_decode(said)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{login, plain};

    #[test]
    fn only_whole_words_are_credentials() {
        // "\0tim\0tanstaaftanstaaf" of RFC 4616.
        let tim = plain(b"AHRpbQB0YW5zdGFhZnRhbnN0YWFm").unwrap();
        assert_eq!((tim.user.as_str(), tim.password.as_str()), ("tim", "tanstaaftanstaaf"));
        // "tim\0tim\0x", then "ann\0tim\0x" and things that are none.
        assert!(plain(b"dGltAHRpbQB4").is_some());
        for bad in [
            "YW5uAHRpbQB4",
            "",
            "=",
            "!!!",
            "AHRpbQ==",
            "AHRpbQB4AHk=",
            "AAB4",
            "AHRpbQA=",
            "/w==",
        ] {
            assert!(plain(bad.as_bytes()).is_none(), "{bad}");
        }
        assert_eq!(login(b"dGlt", b"eA==").unwrap().password, "x");
        assert!(login(b"", b"eA==").is_none());
        assert!(login(b"dGlt", &b"eHh4".repeat(600)).is_none());
    }
}
