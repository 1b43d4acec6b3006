//! Dovecot: IMAP with IDLE, POP3 and LMTP, any user with one password, a Maildir each, and TLS with a certificate made
//! for the occasion. It runs as an ordinary user; root lends it the one Debian made for it.

use crate::child::{Server, free_ports, installed, is_root, run};
use crate::lmtp;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The password of every user.
pub const PASSWORD: &str = "correct-horse";

pub struct Dovecot {
    pub imap_port: u16,
    pub imaps_port: u16,
    pub pop3_port: u16,
    pub pop3s_port: u16,
    pub lmtp_port: u16,
    /// The certificate of `localhost` and 127.0.0.1, in PEM, which is its own root.
    pub certificate: Vec<u8>,
    owner: String,
    extra: String,
    // stopped before its folder goes
    server: Option<Server>,
    folder: TempDir,
}

impl Dovecot {
    /// None (said loudly) where it is not installed.
    pub fn start() -> Option<Dovecot> {
        Dovecot::start_with("")
    }

    /// With more lines of configuration, which win.
    pub fn start_with(extra: &str) -> Option<Dovecot> {
        if installed("dovecot").is_none() {
            crate::skip("dovecot is not installed (Debian: dovecot-imapd dovecot-pop3d dovecot-lmtpd)");
            return None;
        }
        let started = (0..5).find_map(|_| Dovecot::prepared(extra).started());
        Some(started.expect("dovecot starts"))
    }

    fn prepared(extra: &str) -> Dovecot {
        let folder = tempfile::Builder::new()
            .prefix("dovecot")
            .tempdir()
            .expect("a temporary folder");
        let [imap_port, imaps_port, pop3_port, pop3s_port, lmtp_port] = free_ports();
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate can be made");
        let home = folder.path().to_owned();
        let write = |name: &str, text: &str| fs::write(home.join(name), text).expect("the folder is ours");
        write("key.pem", &made.signing_key.serialize_pem());
        write("cert.pem", &made.cert.pem());
        write("log", "");
        let owner = if is_root() {
            "dovecot".to_owned()
        } else {
            run("id", &["-un"]).trim().to_owned()
        };
        let dovecot = Dovecot {
            imap_port,
            imaps_port,
            pop3_port,
            pop3s_port,
            lmtp_port,
            certificate: made.cert.pem().into_bytes(),
            owner,
            extra: extra.to_owned(),
            server: None,
            folder,
        };
        write("dovecot.conf", &dovecot.configuration());
        if is_root() {
            run("chown", &["-R", "dovecot:dovecot", &dovecot.path("")]);
        }
        dovecot
    }

    fn started(mut self) -> Option<Dovecot> {
        self.try_start().then_some(self)
    }

    fn try_start(&mut self) -> bool {
        // The words of an earlier start would be taken for those of this one.
        fs::write(self.folder.path().join("log"), "").expect("the folder is ours");
        let program = installed("dovecot").expect("looked for at the start");
        let configuration = self.path("dovecot.conf");
        let lent = ["setpriv", "--reuid=dovecot", "--regid=dovecot", "--clear-groups", "--"];
        let mut command: Vec<&str> = if is_root() { lent.to_vec() } else { vec![] };
        command.extend([program.as_str(), "-F", "-c", &configuration]);
        self.server = Server::start(&self.folder.path().join("log"), "starting up", &command);
        self.server.is_some()
    }

    fn configuration(&self) -> String {
        let (home, owner) = (self.folder.path().display(), &self.owner);
        let listener = |service: &str, listener: &str, port: u16, ssl: &str| {
            format!(
                "service {service} {{\n chroot =\n inet_listener {listener} {{\n port = {port}\n ssl = {ssl}\n }}\n}}\n"
            )
        };
        let listeners = [
            listener("imap-login", "imap", self.imap_port, "no"),
            listener("imap-login", "imaps", self.imaps_port, "yes"),
            listener("pop3-login", "pop3", self.pop3_port, "no"),
            listener("pop3-login", "pop3s", self.pop3s_port, "yes"),
            listener("lmtp", "lmtp", self.lmtp_port, "no"),
            "service anvil {\n chroot =\n}\n".to_owned(),
        ]
        .concat();
        format!(
            "base_dir = {home}/run\nstate_dir = {home}/state\nlog_path = {home}/log\nprotocols = imap pop3 lmtp\n\
             listen = 127.0.0.1\ndefault_internal_user = {owner}\ndefault_internal_group = {owner}\n\
             default_login_user = {owner}\nfirst_valid_uid = 1\nfirst_valid_gid = 1\nssl = yes\n\
             ssl_cert = <{home}/cert.pem\nssl_key = <{home}/key.pem\ndisable_plaintext_auth = no\n\
             auth_mechanisms = plain login\nauth_failure_delay = 0\nmail_location = maildir:~/Maildir\n\
             mail_max_userip_connections = 100\nmail_fsync = never\n\
             passdb {{\n driver = static\n args = password={PASSWORD}\n}}\n\
             userdb {{\n driver = static\n args = uid={owner} gid={owner} home={home}/mail/%u allow_all_users=yes\n}}\n\
             {listeners}{}\n",
            self.extra
        )
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Puts letters into a mailbox; each is there when this returns.
    pub fn deliver(&self, user: &str, letters: &[&[u8]]) {
        lmtp::deliver(self.lmtp_port, user, letters).expect("dovecot takes the letter");
    }

    /// Where a user's letters lie: `new` and `cur`, other folders in `.Name`.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.folder.path().join("mail").join(user).join("Maildir")
    }

    /// The administrator's program: `doveadm`, with these arguments.
    pub fn admin(&self, arguments: &[&str]) -> String {
        let program = installed("doveadm").expect("it comes with dovecot");
        run(
            &program,
            &[&["-c", self.path("dovecot.conf").as_str()], arguments].concat(),
        )
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Breaks all connections.
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// On the same ports, with the same letters.
    pub fn start_again(&mut self) {
        assert!(self.try_start(), "dovecot starts again: {}", self.log());
    }
}
