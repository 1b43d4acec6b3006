//! STARTTLS (RFC 3207) and AUTH (RFC 4954): how a conversation comes to be private and a client known.

use super::session::{Heard, Next, Session};
use super::sign_in::{self, Credentials, Mechanism};
use super::{Protocol, Refusal, SignIn, Submission};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::time::Instant;

impl Session<'_> {
    pub(super) fn may_sign_in(&self) -> bool {
        let offered = self.shared.limits.door.submission != Submission::Off;
        offered && self.shared.protocol == Protocol::Smtp && is_private(self.secure, self.peer)
    }

    pub(super) async fn start_tls(&mut self) -> io::Result<Next> {
        let Some(config) = self.shared.limits.door.tls.clone() else {
            return Ok(self.fault("502 5.5.1 This command is not offered here"));
        };
        if self.secure {
            return Ok(self.fault("503 5.5.1 This is TLS already"));
        }
        self.say("220 2.0.0 Begin TLS");
        let shared = self.shared;
        tokio::select! {
            made = self.connection.secure(Arc::clone(&config)) => made?,
            () = shared.out_of_patience(Instant::now()) => return Err(io::ErrorKind::TimedOut.into()),
        }
        // What was said in the clear was said by nobody.
        self.secure = true;
        self.helo = None;
        self.authenticated = None;
        self.reset();
        Ok(Next::Go)
    }

    pub(super) async fn auth(&mut self, mechanism: Mechanism, initial: Option<Vec<u8>>) -> io::Result<Next> {
        if self.shared.limits.door.submission == Submission::Off || self.shared.protocol == Protocol::Lmtp {
            return Ok(self.fault("502 5.5.1 This command is not offered here"));
        }
        if !self.may_sign_in() {
            return Ok(self.fault("538 5.7.11 Begin TLS first"));
        }
        if self.helo.is_none() {
            return Ok(self.fault("503 5.5.1 Greet first"));
        }
        if self.authenticated.is_some() || self.from.is_some() {
            return Ok(self.fault("503 5.5.1 Sign in once, before a letter"));
        }
        if !self.shared.may_sign_in(self.peer) {
            self.tell(Refusal::SignIn);
            self.say("421 4.7.0 Too many wrong passwords from your address; try again in five minutes");
            return Ok(Next::Stop);
        }
        let credentials = match mechanism {
            Mechanism::Plain => self.plain(initial).await,
            Mechanism::Login => self.login(initial).await,
        };
        match credentials {
            Ok(credentials) => Ok(self.admit(&credentials).await),
            Err(Next::Stop) => Ok(Next::Stop),
            Err(Next::Go) => Ok(self.fault("501 5.5.2 That is no name and password in base64")),
        }
    }

    async fn admit(&mut self, credentials: &Credentials) -> Next {
        let receiver = Arc::clone(&self.shared.receiver);
        let asked = receiver.sign_in(self.peer, &credentials.user, &credentials.password);
        match asked.await {
            SignIn::Accepted(who) => {
                self.authenticated = Some(who);
                self.say("235 2.7.0 Signed in")
            }
            SignIn::Refused => {
                self.shared.sign_in_refused(self.peer);
                self.turn_away(Refusal::SignIn, "535 5.7.8 The name or the password is wrong")
            }
            SignIn::Later => self.say("454 4.7.0 Signing in does not work at the moment, try again later"),
        }
    }

    async fn plain(&mut self, initial: Option<Vec<u8>>) -> Result<Credentials, Next> {
        let said = self.word(initial, "").await?;
        sign_in::plain(&said).ok_or(Next::Go)
    }

    async fn login(&mut self, initial: Option<Vec<u8>>) -> Result<Credentials, Next> {
        // "Username:" and "Password:" in base64.
        let user = self.word(initial, "VXNlcm5hbWU6").await?;
        let password = self.word(None, "UGFzc3dvcmQ6").await?;
        sign_in::login(&user, &password).ok_or(Next::Go)
    }

    /// What came with the command, or else is asked for. Without one, how the conversation goes on:
    /// the client changed its mind, or said what cannot be meant, or is gone.
    async fn word(&mut self, initial: Option<Vec<u8>>, question: &str) -> Result<Vec<u8>, Next> {
        if let Some(said) = initial {
            return Ok(said);
        }
        self.say(&format!("334 {question}"));
        match self.hear().await {
            Heard::Line(line) if line == b"*" => Err(Next::Go),
            Heard::Line(line) => Ok(line),
            Heard::TooLong => Err(Next::Go),
            Heard::Silence => {
                self.say("421 4.4.2 Nothing was said for too long");
                Err(Next::Stop)
            }
            Heard::End => Err(Next::Stop),
        }
    }
}

/// Whether a password may be heard here: it must not be read on the way.
fn is_private(secure: bool, peer: IpAddr) -> bool {
    secure || peer.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn passwords_are_not_heard_in_the_clear() {
        for (peer, clear) in [
            ("192.0.2.1", false),
            ("10.0.0.1", false),
            ("::1", true),
            ("127.0.0.9", true),
        ] {
            let peer = peer.parse().unwrap();
            assert_eq!(is_private(false, peer), clear, "{peer}");
            assert!(is_private(true, peer));
        }
    }
}
