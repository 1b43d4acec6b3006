//! The requests of OAuth 2.0 (RFC 6749), with PKCE (RFC 7636) and for another screen (RFC 8628), as
//! values: where to, and the fields of the form.

use super::provider::{Provider, Use};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use std::fmt::Write;

/// Our registration with the provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    pub provider: Provider,
    pub id: String,
    /// A public client has none.
    pub secret: Option<String>,
}

/// A POST to be made over TLS, with its form; the answer is for `Answer::read`.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub url: String,
    pub form: Vec<(&'static str, String)>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("provider", &self.provider)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.form.iter().map(|(name, _)| name).collect();
        f.debug_struct("Request")
            .field("url", &self.url)
            .field("fields", &names)
            .finish()
    }
}

impl Request {
    /// The body, as `application/x-www-form-urlencoded`.
    pub fn body(&self) -> String {
        encoded(&self.form)
    }
}

impl Client {
    /// The page where an administrator signs in to the mailbox and says yes. `state` is ours to
    /// recognise him by; `verifier` is a secret of 43 to 128 letters that only `exchange` tells
    /// later, and `hash` SHA-256 of it.
    pub fn consent_url(&self, uses: &[Use], redirect_to: &str, state: &str, hash: [u8; 32], user: &str) -> String {
        let mut fields = vec![
            ("client_id", self.id.clone()),
            ("response_type", "code".to_owned()),
            ("redirect_uri", redirect_to.to_owned()),
            ("scope", self.provider.scope(uses)),
            ("state", state.to_owned()),
            ("code_challenge", challenge(hash)),
            ("code_challenge_method", "S256".to_owned()),
            ("login_hint", user.to_owned()),
        ];
        if self.provider == Provider::Google {
            // Google gives a refresh token only when it is asked for, and again only after consent.
            fields.push(("access_type", "offline".to_owned()));
            fields.push(("prompt", "consent".to_owned()));
        }
        format!("{}?{}", self.provider.authorize_url(), encoded(&fields))
    }

    /// The first tokens, for the code that came back to `redirect_to`.
    pub fn exchange(&self, code: &str, redirect_to: &str, verifier: &str) -> Request {
        self.token_request(vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", redirect_to.to_owned()),
            ("code_verifier", verifier.to_owned()),
        ])
    }

    /// A new access token. Where the answer brings a new refresh token too, that one is to be kept.
    pub fn refresh(&self, refresh_token: &str) -> Request {
        self.token_request(vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", refresh_token.to_owned()),
        ])
    }

    /// A code to be typed on another screen.
    pub fn device_code(&self, uses: &[Use]) -> Request {
        Request {
            url: self.provider.device_url(),
            form: vec![("client_id", self.id.clone()), ("scope", self.provider.scope(uses))],
        }
    }

    /// The first tokens, once that was done; asked for again until then.
    pub fn device_token(&self, device_code: &str) -> Request {
        self.token_request(vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code".to_owned()),
            ("device_code", device_code.to_owned()),
        ])
    }

    fn token_request(&self, mut form: Vec<(&'static str, String)>) -> Request {
        form.push(("client_id", self.id.clone()));
        form.extend(self.secret.clone().map(|secret| ("client_secret", secret)));
        Request {
            url: self.provider.token_url(),
            form,
        }
    }
}

/// RFC 7636, section 4.2.
fn challenge(hash: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(hash)
}

fn encoded(fields: &[(&'static str, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes what is written");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(provider: Provider) -> Client {
        Client {
            provider,
            id: "an id".to_owned(),
            secret: Some("hush&hush".to_owned()),
        }
    }

    #[test]
    fn consent_is_asked_for_at_the_right_door() {
        // The verifier of RFC 7636, appendix B, and its challenge.
        let hash = [
            19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8, 118, 168, 120, 173, 109, 241, 68, 86,
            110, 225, 137, 74, 203, 112, 249, 195,
        ];
        let microsoft = client(Provider::Microsoft {
            tenant: "../evil?x=".to_owned(),
        });
        let url = microsoft.consent_url(
            &[Use::Imap, Use::Send],
            "https://desk.example/back",
            "s t",
            hash,
            "a@b.example",
        );
        assert!(
            url.starts_with("https://login.microsoftonline.com/..evilx/oauth2/v2.0/authorize?client_id=an%20id&"),
            "{url}"
        );
        for part in [
            "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&",
            "code_challenge_method=S256",
            "redirect_uri=https%3A%2F%2Fdesk.example%2Fback&",
            "scope=https%3A%2F%2Foutlook.office.com%2FIMAP.AccessAsUser.All%20https%3A%2F%2Foutlook.office.com%2FSMTP.Send%20offline_access&",
            "state=s%20t&",
        ] {
            assert!(url.contains(part), "{part}: {url}");
        }
        let google = client(Provider::Google).consent_url(&[Use::Imap], "https://desk.example/back", "s", hash, "");
        assert!(google.starts_with("https://accounts.google.com/o/oauth2/v2/auth?"));
        assert!(google.contains("scope=https%3A%2F%2Fmail.google.com%2F&") && google.contains("access_type=offline"));
        assert!(
            !url.contains("hush") && !google.contains("hush"),
            "a secret has no place in an address"
        );
    }

    #[test]
    fn tokens_are_asked_for_by_post() {
        let google = client(Provider::Google);
        let request = google.refresh("1//r=f");
        assert_eq!(request.url, "https://oauth2.googleapis.com/token");
        assert_eq!(
            request.body(),
            "grant_type=refresh_token&refresh_token=1%2F%2Fr%3Df&client_id=an%20id&client_secret=hush%26hush"
        );
        let shown = format!("{request:?} {google:?}");
        assert!(!shown.contains("hush") && !shown.contains("r=f"), "{shown}");
        let exchange = google.exchange("c", "https://desk.example/back", "v").body();
        assert!(exchange.contains("grant_type=authorization_code&code=c&") && exchange.contains("code_verifier=v&"));
        let microsoft = client(Provider::Microsoft { tenant: String::new() });
        let device = microsoft.device_code(&[Use::Pop3]);
        assert_eq!(
            device.url,
            "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode"
        );
        assert!(!device.body().contains("hush"));
        let asked = microsoft.device_token("d").body();
        assert!(asked.contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d&"));
    }
}
