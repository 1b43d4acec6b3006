//! What a provider answers (RFC 6749, section 5; RFC 8628, section 3), read with care: it came over
//! the network, and a secret in it shows nowhere.

use crate::fetch::one_line;
use serde_json::Value;
use std::fmt;

/// Bytes of an answer that are looked at.
const MOST: usize = 64 * 1024;
/// How long a token lasts where nobody says (the usual hour), and at most (a year), in seconds.
const USUAL: i64 = 3_600;
const LONGEST: i64 = 365 * 86_400;

/// Tokens, or why there are none.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    Tokens {
        access_token: String,
        /// Seconds.
        expires_in: i64,
        /// To be kept in place of the old one.
        refresh_token: Option<String>,
    },
    Refused(Refusal),
}

/// A provider's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A word of the standard, such as `invalid_grant`.
    pub error: String,
    pub description: String,
    pub meaning: Meaning,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// An administrator must connect the mailbox again.
    ConnectAgain,
    /// Our registration is not right, or its secret has lapsed.
    MendRegistration,
    /// The person has not said yes yet; ask again after the interval.
    NotYet,
    /// The same, more slowly.
    Slower,
    /// It may pass.
    TryLater,
}

/// A code to be typed on another screen.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceCode {
    pub device_code: String,
    pub user_code: String,
    /// Where it is typed.
    pub url: String,
    /// Seconds.
    pub expires_in: i64,
    pub interval: i64,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Tokens {
                expires_in,
                refresh_token,
                ..
            } => {
                let new = refresh_token.is_some();
                write!(f, "Tokens {{ expires_in: {expires_in}, with a refresh token: {new} }}")
            }
            Answer::Refused(refusal) => refusal.fmt(f),
        }
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode")
            .field("url", &self.url)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Whatever came, with its HTTP status.
    pub fn read(status: u16, body: &[u8]) -> Answer {
        let value = object(body);
        let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        match text("access_token") {
            Some(access_token) if (200..300).contains(&status) => Answer::Tokens {
                access_token: access_token.to_owned(),
                expires_in: seconds(&value, "expires_in", USUAL),
                refresh_token: text("refresh_token").map(str::to_owned),
            },
            _ => Answer::Refused(refusal(status, text("error"), text("error_description"))),
        }
    }
}

impl DeviceCode {
    pub fn read(status: u16, body: &[u8]) -> Result<DeviceCode, Refusal> {
        let value = object(body);
        let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let url = text("verification_uri")
            .or(text("verification_url"))
            .filter(|url| url.starts_with("https://"));
        let (Some(device_code), Some(user_code), Some(url)) = (text("device_code"), text("user_code"), url) else {
            return Err(refusal(status, text("error"), text("error_description")));
        };
        Ok(DeviceCode {
            device_code: device_code.to_owned(),
            user_code: one_line(user_code.as_bytes()),
            url: one_line(url.as_bytes()),
            expires_in: seconds(&value, "expires_in", 900),
            interval: seconds(&value, "interval", 5),
        })
    }
}

fn object(body: &[u8]) -> Value {
    let small = body.len() <= MOST;
    small
        .then(|| serde_json::from_slice(body).ok())
        .flatten()
        .unwrap_or(Value::Null)
}

/// Some providers write numbers as text.
fn seconds(value: &Value, name: &str, otherwise: i64) -> i64 {
    let found = value.get(name);
    let number = found.and_then(Value::as_i64);
    let written = || found.and_then(Value::as_str)?.parse().ok();
    number.or_else(written).unwrap_or(otherwise).clamp(1, LONGEST)
}

fn refusal(status: u16, error: Option<&str>, description: Option<&str>) -> Refusal {
    let said = error.map_or_else(|| format!("HTTP {status}"), |error| one_line(error.as_bytes()));
    let meaning = match said.as_str() {
        "invalid_grant" | "access_denied" | "expired_token" | "interaction_required" | "consent_required" => {
            Meaning::ConnectAgain
        }
        "invalid_client" | "unauthorized_client" | "invalid_scope" | "unsupported_grant_type" | "invalid_request" => {
            Meaning::MendRegistration
        }
        "authorization_pending" => Meaning::NotYet,
        "slow_down" => Meaning::Slower,
        _ => Meaning::TryLater,
    };
    Refusal {
        error: said,
        description: description.map(|words| one_line(words.as_bytes())).unwrap_or_default(),
        meaning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        // RFC 6749, section 5.1.
        let body = br#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","example_parameter":"example_value"}"#;
        let answer = Answer::read(200, body);
        let expected = Answer::Tokens {
            access_token: "2YotnFZFEjr1zCsicMWpAA".to_owned(),
            expires_in: 3600,
            refresh_token: Some("tGzv3JOkF0XG5Qx2TlKWIA".to_owned()),
        };
        assert_eq!(answer, expected);
        assert!(!format!("{answer:?}").contains("2Yot") && !format!("{answer:?}").contains("tGzv"));
    }

    #[test]
    fn refusals_say_what_to_do() {
        let meaning = |status, body: &[u8]| match Answer::read(status, body) {
            Answer::Refused(refusal) => refusal.meaning,
            tokens @ Answer::Tokens { .. } => panic!("{tokens:?}"),
        };
        assert_eq!(
            meaning(
                400,
                br#"{"error":"invalid_grant","error_description":"AADSTS70008: expired\r\n"}"#
            ),
            Meaning::ConnectAgain
        );
        assert_eq!(
            meaning(401, br#"{"error":"invalid_client"}"#),
            Meaning::MendRegistration
        );
        assert_eq!(meaning(400, br#"{"error":"authorization_pending"}"#), Meaning::NotYet);
        assert_eq!(meaning(400, br#"{"error":"slow_down"}"#), Meaning::Slower);
        for odd in [
            &b""[..],
            b"<html>",
            b"[]",
            b"{\"access_token\":7}",
            b"{\"access_token\":\"\"}",
            &[b'['; 100_000],
        ] {
            assert_eq!(meaning(200, odd), Meaning::TryLater);
        }
        assert_eq!(meaning(503, br#"{"access_token":"x"}"#), Meaning::TryLater);
    }

    #[test]
    fn odd_times_are_bounded() {
        let expires =
            |text: &str| match Answer::read(200, format!(r#"{{"access_token":"x","expires_in":{text}}}"#).as_bytes()) {
                Answer::Tokens { expires_in, .. } => expires_in,
                Answer::Refused(refusal) => panic!("{refusal:?}"),
            };
        assert_eq!(
            (expires("\"3599\""), expires("-5"), expires("null"), expires("1e99")),
            (3599, 1, 3600, 3600)
        );
        assert_eq!(expires("99999999999"), 365 * 86_400);
    }

    #[test]
    fn a_code_for_another_screen() {
        // RFC 8628, section 3.2.
        let body = br#"{"device_code":"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS","user_code":"WDJB-MJHT","verification_uri":"https://example.com/device","expires_in":1800,"interval":5}"#;
        let code = DeviceCode::read(200, body).unwrap();
        assert_eq!((code.user_code.as_str(), code.interval), ("WDJB-MJHT", 5));
        let elsewhere = br#"{"device_code":"x","user_code":"y","verification_uri":"javascript:alert(1)"}"#;
        assert!(DeviceCode::read(200, elsewhere).is_err());
    }
}
