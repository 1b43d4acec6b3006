//! What a mail provider, or whoever stands in its place, answers when a token is asked for: tokens that last for a time
//! that can be counted and can stand on a line of a protocol, or a refusal in bounded words, and no secret is ever shown.

use mail::oauth::{Answer, DeviceCode, read_challenge, xoauth2};
use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    r#"{"access_token":"at-secret","token_type":"Bearer","expires_in":3599,"refresh_token":"rt-secret","scope":"x"}"#,
    r#"{"error":"invalid_grant","error_description":"AADSTS70008: The refresh token has expired.","error_codes":[70008]}"#,
    r#"{"device_code":"dc-secret","user_code":"AB-CD","verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":5}"#,
    r#"{"error":{"code":400,"message":"x"}}"#,
    "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=",
];

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "\"",
    ",",
    ":",
    "\"access_token\":\"at-secret\"",
    "\"refresh_token\":\"rt-secret\"",
    "\"expires_in\":",
    "\"expires_in\":\"3600\"",
    "99999999999999999999",
    "-1",
    "1e400",
    "null",
    "\\u0000",
    "\\r\\n",
    "\"error\":",
    "invalid_client",
    "authorization_pending",
    "slow_down",
    "\u{202e}",
];

#[test]
fn an_answer_is_tokens_that_can_be_used_or_a_refusal_in_words() {
    run("grants", &bytes(SAMPLES, WORDS), |raw| {
        for status in [200, 400, 401, 503] {
            let answer = Answer::read(status, &raw);
            let shown = format!("{answer:?}");
            match answer {
                Answer::Tokens {
                    access_token,
                    expires_in,
                    refresh_token,
                } => {
                    prop_assert_eq!(status, 200);
                    prop_assert!(
                        !access_token.is_empty() && (0..=366 * 86_400).contains(&expires_in),
                        "{}",
                        expires_in
                    );
                    prop_assert!(!shown.contains("secret"), "{}", shown);
                    prop_assert!(refresh_token.is_none_or(|token| !token.is_empty()));
                    let said = xoauth2("a@b.example", &access_token);
                    prop_assert!(
                        said.bytes().all(|b| b.is_ascii_graphic()),
                        "one line of a protocol: {}",
                        said
                    );
                }
                Answer::Refused(no) => {
                    for text in [&no.error, &no.description] {
                        prop_assert!(
                            text.chars().count() <= 1_000 && !text.contains(['\r', '\n', '\0']),
                            "{text:?}"
                        );
                    }
                }
            }
            if let Ok(code) = DeviceCode::read(status, &raw) {
                let shown = format!("{code:?}");
                prop_assert!(code.url.starts_with("https://"), "{}", code.url);
                prop_assert!(!shown.contains("dc-secret"), "{}", shown);
            }
        }
        if let Some(words) = read_challenge(&raw) {
            prop_assert!(!words.contains(['\r', '\n']));
        }
        Ok(())
    });
}
