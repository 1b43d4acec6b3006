//! The server of a mailbox's own way out, ready to be spoken to: with its password, or with a token that is good now.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail::fetch::FetchError;
use mail::outbound::{Login, Offered, Refusal, Relay, Roots, SendError, Tls};

use super::record::{Sending, SignsInWith, purpose};
use crate::desk::Desk;
use crate::ids::MailboxId;
use crate::mailboxes::fetching::Tokens;
use crate::mailboxes::sources::{self, Protection};

/// For each step until the server waits for the letter.
const STEP: Duration = Duration::from_secs(30);
/// For the answer to the letter itself (RFC 5321, section 4.5.3.2.6).
const PATIENCE: Duration = Duration::from_secs(600);

/// The tokens that this process holds for sending.
#[derive(Clone, Default)]
pub(in crate::mailboxes) struct Ways(Arc<Mutex<HashMap<MailboxId, Arc<Tokens>>>>);

/// The way out of one letter.
#[derive(Clone)]
pub(in crate::mailboxes) struct Own {
    desk: Desk,
    pub(in crate::mailboxes) way: Sending,
    tokens: Arc<Tokens>,
    /// The mailbox: a submission server lets its user write as nobody else.
    pub(in crate::mailboxes) address: String,
}

impl Ways {
    pub(in crate::mailboxes) fn own(&self, desk: &Desk, way: Sending, address: String) -> Own {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tokens = all
            .entry(way.mailbox)
            .or_insert_with(|| Arc::new(Tokens::new(desk.clone(), way.mailbox)));
        Own {
            desk: desk.clone(),
            tokens: Arc::clone(tokens),
            way,
            address,
        }
    }
}

impl Own {
    pub(in crate::mailboxes) fn host(&self) -> &str {
        &self.way.host
    }

    /// One place among those letters go to; set anew it begins anew.
    pub(in crate::mailboxes) fn place(&self) -> String {
        format!("mailbox {} {}", self.way.mailbox, self.way.changed_at.0)
    }

    /// As far as the server's "go on". A token that the server no longer takes is renewed, once.
    pub(in crate::mailboxes) async fn offer(&self, to: &str, raw: &[u8]) -> Result<Offered, SendError> {
        let to = [to.to_string()];
        let relay = self.relay().await?;
        match (relay.offer(&self.address, &to, raw).await, &relay.login) {
            (Err(error), Some(Login::Token { token, .. })) if error.refusal().sign_in => {
                self.tokens.forget(token).await;
                self.relay().await?.offer(&self.address, &to, raw).await
            }
            (other, _) => other,
        }
    }

    async fn relay(&self) -> Result<Relay, SendError> {
        let pem = self.desk.roots().concat();
        let roots = match pem.is_empty() {
            true => Roots::default(),
            false => Roots::from_pem(&pem).map_err(|e| unset(&e.to_string()))?,
        };
        Ok(Relay {
            host: self.way.host.clone(),
            port: u16::try_from(self.way.port).map_err(|e| unset(&e.to_string()))?,
            tls: match self.way.protection {
                Protection::Implicit => Tls::Implicit,
                Protection::StartTls => Tls::StartTls,
                Protection::None => Tls::None,
            },
            login: Some(self.login().await?),
            roots,
            hello_name: self
                .address
                .rsplit_once('@')
                .map_or("localhost", |(_, d)| d)
                .to_string(),
            timeout: STEP,
            patience: PATIENCE,
        })
    }

    async fn login(&self) -> Result<Login, SendError> {
        let user = self.way.user_name.clone();
        if self.way.sign_in == SignsInWith::Connected {
            let token = self.token().await?;
            return Ok(Login::Token { user, token });
        }
        let sealed = self.way.secret.as_deref().ok_or_else(|| unset("source-no-password"))?;
        let opened = self.desk.vault().open_sealed(&purpose(self.way.mailbox), sealed);
        let password = opened.map_err(|e| unset(&e.to_string()))?;
        Ok(Login::Password { user, password })
    }

    async fn token(&self) -> Result<String, SendError> {
        let mailbox = self.way.mailbox;
        let source = self.desk.read(move |r| sources::of(r, mailbox)).await;
        let source = source.map_err(|e| SendError::Retry(e.to_string().into()))?;
        let source = source.ok_or_else(|| unset("source-not-connected"))?;
        self.tokens.of(&source).await.map_err(|error| match error {
            FetchError::SignIn(words) | FetchError::Setting(words) => unset(&words),
            other => SendError::Retry(other.to_string().into()),
        })
    }
}

/// Nothing to sign in with: for a person to mend; the letter waits.
fn unset(words: &str) -> SendError {
    SendError::Retry(Refusal {
        sign_in: true,
        ..Refusal::from(words.to_string())
    })
}
