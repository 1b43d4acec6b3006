//! What is said to a mail server in place of a password: XOAUTH2, as Google and Microsoft describe
//! it, and OAUTHBEARER (RFC 7628); and what the server says when it refuses.

use crate::fetch::one_line;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What ends an OAUTHBEARER exchange that failed: one 0x01 (RFC 7628, section 3.2.3).
pub const OAUTHBEARER_NO_MORE: &str = "AQ==";

/// The initial response of XOAUTH2, in base64.
pub fn xoauth2(user: &str, access_token: &str) -> String {
    let (user, access_token) = (plain(user), plain(access_token));
    STANDARD.encode(format!("user={user}\x01auth=Bearer {access_token}\x01\x01"))
}

/// The initial response of OAUTHBEARER, in base64.
pub fn oauthbearer(user: &str, access_token: &str) -> String {
    // The comma and the equals sign mean something in a GS2 header (RFC 5801).
    let user = plain(user).replace('=', "=3D").replace(',', "=2C");
    let access_token = plain(access_token);
    STANDARD.encode(format!("n,a={user},\x01auth=Bearer {access_token}\x01\x01"))
}

/// 0x01 ends a field: no text of ours may hold one.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Why the token was refused, from the server's challenge: JSON in base64, with a `status` and
/// perhaps a `scope`. None where it is not that.
pub fn read_challenge(challenge: &[u8]) -> Option<String> {
    let json = STANDARD.decode(challenge.trim_ascii()).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&json).ok()?;
    let status = value.get("status")?.as_str()?;
    let detail = ["error_description", "scope"]
        .iter()
        .find_map(|name| value.get(*name)?.as_str().filter(|text| !text.is_empty()));
    let words = detail.map_or(status.to_owned(), |detail| format!("{status}, {detail}"));
    Some(one_line(words.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From Google's description of XOAUTH2.
    #[test]
    fn xoauth2_is_as_google_describes_it() {
        assert_eq!(
            xoauth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"),
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
        );
        let challenge =
            b"eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K";
        assert_eq!(
            read_challenge(challenge).as_deref(),
            Some("401, https://mail.google.com/")
        );
    }

    /// RFC 7628, section 4.1, without the host and port it may carry; and 4.3.
    #[test]
    fn oauthbearer_is_as_the_standard_has_it() {
        let said = STANDARD
            .decode(oauthbearer(
                "user@example.com",
                "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
            ))
            .unwrap();
        assert_eq!(
            said,
            b"n,a=user@example.com,\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
        );
        assert_eq!(STANDARD.decode(OAUTHBEARER_NO_MORE).unwrap(), b"\x01");
        let challenge = b"eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIiwic2NvcGUiOiJleGFtcGxlX3Njb3BlIiwib3BlbmlkLWNvbmZpZ3VyYXRpb24iOiJodHRwczovL2V4YW1wbGUuY29tLy53ZWxsLWtub3duL29wZW5pZC1jb25maWd1cmF0aW9uIn0=";
        assert_eq!(
            read_challenge(challenge).as_deref(),
            Some("invalid_token, example_scope")
        );
    }

    #[test]
    fn no_text_adds_a_field() {
        let said = STANDARD.decode(xoauth2("a\x01auth=Bearer x", "t\r\n")).unwrap();
        assert_eq!(said.iter().filter(|b| **b == 1).count(), 3);
        assert!(
            STANDARD
                .decode(oauthbearer("a,b=c", "t"))
                .unwrap()
                .starts_with(b"n,a=a=2Cb=3Dc,")
        );
    }

    #[test]
    fn what_is_no_challenge_says_nothing() {
        for odd in [&b""[..], b"%", b"e30=", b"WzFd", b"eyJzdGF0dXMiOjF9", &[b'A'; 10_000]] {
            assert_eq!(read_challenge(odd), None);
        }
    }
}
