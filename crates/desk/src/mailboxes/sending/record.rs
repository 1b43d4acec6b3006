//! What is known of a way out, and the rules for what an administrator says of one. Pure.

use crate::clock::Time;
use crate::error::{Checks, Error, Result};
use crate::ids::MailboxId;
use crate::mailboxes::boxes::Mailbox;
use crate::mailboxes::sources::{Fault, Protection, SignIn, Source, is_here, is_host};

db::text_enum! {
    pub enum SignsInWith {
        Password => "password",
        /// What the provider granted when the mailbox was connected for fetching.
        Connected => "connected",
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Sending {
        pub mailbox: MailboxId,
        pub host: String,
        pub port: i64,
        pub protection: Protection,
        pub sign_in: SignsInWith,
        pub user_name: String,
        pub secret: Option<Vec<u8>>,
        pub well_at: Option<Time>,
        pub failing_since: Option<Time>,
        pub fault: Option<Fault>,
        /// The server's own words.
        pub words: String,
        pub changed_at: Time,
    }
}

/// What an administrator says of a way out.
#[derive(Clone, PartialEq, Eq)]
pub struct SendingFields {
    pub host: String,
    /// `None`: the usual one.
    pub port: Option<i64>,
    pub protection: Protection,
    pub sign_in: SignsInWith,
    pub user_name: String,
    /// Empty: the password that is kept stays.
    pub secret: String,
}

impl std::fmt::Debug for SendingFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendingFields")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl SendingFields {
    /// What to begin with: the provider's own server where the mailbox is fetched from one.
    pub fn usual(mailbox: &Mailbox, source: Option<&Source>) -> SendingFields {
        let provider = source.and_then(provider_of);
        let host = provider.map_or("", |p| p.server(mail::oauth::Use::Send).0);
        SendingFields {
            host: host.to_string(),
            port: None,
            protection: Protection::StartTls,
            sign_in: match host {
                "" => SignsInWith::Password,
                _ => SignsInWith::Connected,
            },
            user_name: source.map_or(&mailbox.address, |s| &s.user_name).clone(),
            secret: String::new(),
        }
    }

    pub(super) fn usual_port(&self) -> i64 {
        match self.protection {
            Protection::Implicit => 465,
            Protection::StartTls | Protection::None => 587,
        }
    }

    /// `kept` is the way out as it stands, `source` where the mailbox is fetched, if there are any.
    pub(super) fn check(&self, kept: Option<&Sending>, source: Option<&Source>) -> Result<()> {
        let clear = self.protection == Protection::None;
        let granted = source.is_some_and(|s| s.sign_in != SignIn::Password);
        Checks::default()
            .check(is_host(self.host.trim()), "host", "refused-host")
            .check(
                self.port.is_none_or(|p| (1..=65_535).contains(&p)),
                "port",
                "refused-port",
            )
            .text(&self.user_name, 250, "user_name")
            .check(!clear || is_here(&self.host), "protection", "refused-clear-password")
            .check(
                self.sign_in == SignsInWith::Password || granted,
                "sign_in",
                "refused-sending-not-connected",
            )
            .at_most(&self.secret, 4_000, "secret")
            .done()?;
        for (field, text) in [("user_name", &self.user_name), ("secret", &self.secret)] {
            if text.chars().any(char::is_control) {
                return Err(Error::refused(field, "refused-control-characters"));
            }
        }
        self.check_secret(kept)
    }

    /// What was given for one server and one name is not sent to another.
    fn check_secret(&self, kept: Option<&Sending>) -> Result<()> {
        if !self.secret.is_empty() || self.sign_in == SignsInWith::Connected {
            return Ok(());
        }
        let with_secret = kept.filter(|k| k.secret.is_some());
        let same = |k: &Sending| k.host.eq_ignore_ascii_case(self.host.trim()) && k.user_name == self.user_name.trim();
        match with_secret {
            Some(kept) if same(kept) => Ok(()),
            Some(_) => Err(Error::refused("secret", "refused-secret-again")),
            None => Err(Error::refused("secret", "refused-secret-none")),
        }
    }
}

fn provider_of(source: &Source) -> Option<mail::oauth::Provider> {
    match source.sign_in {
        SignIn::Password => None,
        SignIn::Google => Some(mail::oauth::Provider::Google),
        SignIn::Microsoft => Some(mail::oauth::Provider::Microsoft {
            tenant: source.tenant.clone(),
        }),
    }
}

pub(super) fn purpose(mailbox: MailboxId) -> String {
    format!("sending:{mailbox}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> SendingFields {
        SendingFields {
            host: "smtp.example.org".into(),
            port: None,
            protection: Protection::StartTls,
            sign_in: SignsInWith::Password,
            user_name: "support@example.org".into(),
            secret: "word".into(),
        }
    }

    fn refused(change: impl FnOnce(&mut SendingFields), kept: Option<&Sending>) -> Option<&'static str> {
        let mut fields = fields();
        change(&mut fields);
        match fields.check(kept, None) {
            Err(Error::Refused(all)) => Some(all[0].key),
            _ => None,
        }
    }

    #[test]
    fn a_password_never_travels_in_the_clear_nor_to_another_server() {
        assert_eq!(refused(|_| {}, None), None);
        let clear = |f: &mut SendingFields| f.protection = Protection::None;
        assert_eq!(refused(clear, None), Some("refused-clear-password"));
        let kept = Sending {
            mailbox: MailboxId(1),
            host: "smtp.example.org".into(),
            port: 587,
            protection: Protection::StartTls,
            sign_in: SignsInWith::Password,
            user_name: "support@example.org".into(),
            secret: Some(vec![1]),
            well_at: None,
            failing_since: None,
            fault: None,
            words: String::new(),
            changed_at: Time(0),
        };
        let empty = |f: &mut SendingFields| f.secret.clear();
        assert_eq!(refused(empty, None), Some("refused-secret-none"));
        assert_eq!(refused(empty, Some(&kept)), None);
        let elsewhere = |f: &mut SendingFields| {
            f.secret.clear();
            f.host = "evil.example".into();
        };
        assert_eq!(refused(elsewhere, Some(&kept)), Some("refused-secret-again"));
        let connected = |f: &mut SendingFields| f.sign_in = SignsInWith::Connected;
        assert_eq!(refused(connected, None), Some("refused-sending-not-connected"));
        assert_eq!(refused(|f| f.host = "smtp://x".into(), None), Some("refused-host"));
        assert_eq!(
            refused(|f| f.secret = "a\r\nb".into(), None),
            Some("refused-control-characters")
        );
    }
}
