//! What is known of a source, and the rules for what an administrator says of one. Pure but for the sealed secret.

use crate::clock::Time;
use crate::error::{Checks, Error, Result};
use crate::ids::MailboxId;
use crate::vault::Vault;

db::text_enum! {
    pub enum Protocol { Imap => "imap", Pop3 => "pop3" }
}
db::text_enum! {
    /// How the connection is protected: from the first byte, from a command on, or not at all.
    pub enum Protection { Implicit => "implicit", StartTls => "starttls", None => "none" }
}
db::text_enum! {
    /// A password, or a grant of the mail provider (OAuth 2).
    pub enum SignIn { Password => "password", Microsoft => "microsoft", Google => "google" }
}
db::text_enum! {
    /// What becomes of a letter there once it is kept here.
    pub enum Afterwards { Seen => "seen", Move => "move", Delete => "delete" }
}
db::text_enum! {
    /// Why nothing is fetched.
    pub enum Fault {
        /// The server does not let us in.
        SignIn => "sign-in",
        /// It lets us in and does not do what we ask.
        Refused => "refused",
        /// It cannot be reached, or the connection broke.
        Line => "line",
        /// It does not speak as it should.
        Broken => "broken",
        /// Nothing to sign in with is kept here.
        Key => "key",
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Source {
        pub mailbox: MailboxId,
        pub protocol: Protocol,
        pub host: String,
        pub port: i64,
        pub protection: Protection,
        pub sign_in: SignIn,
        pub user_name: String,
        pub client: String,
        pub tenant: String,
        pub secret: Option<Vec<u8>>,
        pub folder: String,
        pub afterwards: Afterwards,
        pub move_to: String,
        pub active: bool,
        pub validity: i64,
        pub last_uid: i64,
        pub well_at: Option<Time>,
        pub failing_since: Option<Time>,
        pub fault: Option<Fault>,
        /// The server's own words.
        pub words: String,
        pub renew_by: Option<Time>,
        pub changed_at: Time,
        /// Somebody wanted a look at once.
        pub asked_at: Option<Time>,
        /// Letters that are kept here and that the server would not mark; `words` are its words.
        pub unsettled: i64,
        pub renumbered_at: Option<Time>,
    }
}

/// What an administrator says of a source.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFields {
    pub protocol: Protocol,
    pub host: String,
    /// `None`: the usual one.
    pub port: Option<i64>,
    pub protection: Protection,
    pub sign_in: SignIn,
    pub user_name: String,
    /// The number of our application with the mail provider.
    pub client: String,
    pub tenant: String,
    /// The password, or the secret of our application. Empty: the one that is kept stays.
    pub secret: String,
    pub folder: String,
    pub afterwards: Afterwards,
    pub move_to: String,
    pub active: bool,
    /// When the secret of our application ends, if it does.
    pub renew_by: Option<Time>,
}

impl std::fmt::Debug for SourceFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SourceFields")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

impl SourceFields {
    pub fn new(host: &str, user_name: &str, secret: &str) -> SourceFields {
        SourceFields {
            protocol: Protocol::Imap,
            host: host.to_string(),
            port: None,
            protection: Protection::Implicit,
            sign_in: SignIn::Password,
            user_name: user_name.to_string(),
            client: String::new(),
            tenant: String::new(),
            secret: secret.to_string(),
            folder: "INBOX".to_string(),
            afterwards: Afterwards::Seen,
            move_to: String::new(),
            active: true,
            renew_by: None,
        }
    }

    pub(super) fn folder_or_inbox(&self) -> &str {
        match self.folder.trim() {
            "" => "INBOX",
            folder => folder,
        }
    }

    /// Another server, person or folder than before: other letters.
    pub(super) fn is_elsewhere(&self, before: &Source) -> bool {
        !before.host.eq_ignore_ascii_case(self.host.trim())
            || before.user_name != self.user_name.trim()
            || before.folder != self.folder_or_inbox()
            || before.protocol != self.protocol
    }

    pub(super) fn usual_port(&self) -> i64 {
        match (self.protocol, self.protection) {
            (Protocol::Imap, Protection::Implicit) => 993,
            (Protocol::Imap, _) => 143,
            (Protocol::Pop3, Protection::Implicit) => 995,
            (Protocol::Pop3, _) => 110,
        }
    }

    /// `kept` is the source as it stands, if there is one.
    pub(super) fn check(&self, kept: Option<&Source>) -> Result<()> {
        let provider = self.sign_in != SignIn::Password;
        let clear = self.protection == Protection::None;
        let moves = self.afterwards == Afterwards::Move;
        Checks::default()
            .check(is_host(self.host.trim()), "host", "refused-host")
            .check(may_be_there(self.host.trim()), "host", "refused-host-never")
            .check(
                self.port.is_none_or(|p| (1..=65_535).contains(&p)),
                "port",
                "refused-port",
            )
            .text(&self.user_name, 250, "user_name")
            .check(!clear || is_here(&self.host), "protection", "refused-clear-password")
            .check(
                !moves || self.protocol == Protocol::Imap,
                "afterwards",
                "refused-pop3-moves",
            )
            .check(
                !moves || !self.move_to.trim().is_empty(),
                "move_to",
                "refused-move-where",
            )
            .check(
                !moves || !is_same_folder(self.move_to.trim(), self.folder_or_inbox()),
                "move_to",
                "refused-move-here",
            )
            .at_most(&self.folder, 250, "folder")
            .at_most(&self.move_to, 250, "move_to")
            .at_most(&self.secret, 4_000, "secret")
            .check(!provider || !self.client.trim().is_empty(), "client", "refused-client")
            .done()?;
        for (field, text) in [
            ("user_name", &self.user_name),
            ("folder", &self.folder),
            ("move_to", &self.move_to),
            ("secret", &self.secret),
        ] {
            if text.chars().any(char::is_control) {
                return Err(Error::refused(field, "refused-control-characters"));
            }
        }
        self.check_secret(kept)
    }

    /// What was given for one server and one name is not sent to another.
    fn check_secret(&self, kept: Option<&Source>) -> Result<()> {
        if !self.secret.is_empty() {
            return Ok(());
        }
        let same = kept.is_some_and(|k| {
            k.secret.is_some()
                && k.host.eq_ignore_ascii_case(self.host.trim())
                && k.user_name == self.user_name.trim()
                && k.sign_in == self.sign_in
                && k.client == self.client.trim()
        });
        if same {
            return Ok(());
        }
        let key = match kept.and_then(|k| k.secret.as_ref()) {
            Some(_) => "refused-secret-again",
            None => "refused-secret-none",
        };
        Err(Error::refused("secret", key))
    }
}

/// The secret of a source in the clear.
pub fn secret_of(vault: &Vault, source: &Source) -> Result<Option<String>> {
    let sealed = source.secret.as_deref();
    sealed
        .map(|sealed| vault.open_sealed(&purpose(source.mailbox), sealed))
        .transpose()
}

pub(super) fn purpose(mailbox: MailboxId) -> String {
    format!("source:{mailbox}")
}

/// Folders are told apart by case, but for the inbox (RFC 3501, section 5.1).
fn is_same_folder(one: &str, other: &str) -> bool {
    one == other || one.eq_ignore_ascii_case("INBOX") && other.eq_ignore_ascii_case("INBOX")
}

/// A name or an address of a machine, without a scheme, a port or a path.
pub(in crate::mailboxes) fn is_host(host: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':');
    (1..=253).contains(&host.len()) && host.bytes().all(fits) && !host.starts_with(['-', '.'])
}

/// An address that stands there instead of a name is judged at once; a name whenever it is connected to.
fn may_be_there(host: &str) -> bool {
    host.parse().map_or(true, outside::may_serve)
}

/// On this very machine nobody listens in.
pub(in crate::mailboxes) fn is_here(host: &str) -> bool {
    matches!(host.trim(), "localhost" | "127.0.0.1" | "::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut SourceFields)) -> Option<&'static str> {
        let mut fields = SourceFields::new("mail.example.org", "support@example.org", "word");
        change(&mut fields);
        match fields.check(None) {
            Err(Error::Refused(all)) => Some(all[0].key),
            _ => None,
        }
    }

    #[test]
    fn what_cannot_work_is_refused_in_words() {
        assert_eq!(refused(|_| {}), None);
        let none = |f: &mut SourceFields| f.protection = Protection::None;
        assert_eq!(refused(none), Some("refused-clear-password"));
        let here = |f: &mut SourceFields| {
            f.protection = Protection::None;
            f.host = "127.0.0.1".into();
        };
        assert_eq!(refused(here), None);
        assert_eq!(
            refused(|f| f.host = "https://mail.example.org/".into()),
            Some("refused-host")
        );
        for never in [
            "169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "0.0.0.0",
            "::ffff:169.254.1.1",
        ] {
            assert_eq!(
                refused(|f| f.host = never.into()),
                Some("refused-host-never"),
                "{never}"
            );
        }
        for fair in ["10.1.2.3", "192.168.7.9", "fd12::1", "::1"] {
            assert_eq!(refused(|f| f.host = fair.into()), None, "{fair}");
        }
        let nowhere = |f: &mut SourceFields, to: &str| {
            f.afterwards = Afterwards::Move;
            f.move_to = to.into();
        };
        assert_eq!(refused(|f| nowhere(f, " Inbox ")), Some("refused-move-here"));
        assert_eq!(refused(|f| nowhere(f, "Done")), None);
        assert_eq!(refused(|f| f.port = Some(70_000)), Some("refused-port"));
        assert_eq!(refused(|f| f.afterwards = Afterwards::Move), Some("refused-move-where"));
        let pop3 = |f: &mut SourceFields| {
            f.protocol = Protocol::Pop3;
            f.afterwards = Afterwards::Move;
            f.move_to = "Done".into();
        };
        assert_eq!(refused(pop3), Some("refused-pop3-moves"));
        assert_eq!(refused(|f| f.secret = String::new()), Some("refused-secret-none"));
        assert_eq!(
            refused(|f| f.user_name = "a\r\nb".into()),
            Some("refused-control-characters")
        );
        assert_eq!(refused(|f| f.sign_in = SignIn::Google), Some("refused-client"));
    }
}
