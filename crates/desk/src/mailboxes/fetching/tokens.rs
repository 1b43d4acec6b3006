//! Access tokens of mail providers: renewed with what was granted once, a little before they end.

use mail::fetch::FetchError;
use mail::oauth::{Answer, Meaning};
use tokio::sync::Mutex;

use crate::clock::{MINUTE, SECOND, Time};
use crate::desk::Desk;
use crate::ids::MailboxId;
use crate::mailboxes::sources::{self, Grant, Source, application};

/// A token is renewed this long before its end.
const EARLY: i64 = 5 * MINUTE;

pub(in crate::mailboxes) struct Tokens {
    desk: Desk,
    mailbox: MailboxId,
    kept: Mutex<Option<(String, Time)>>,
}

impl Tokens {
    pub(in crate::mailboxes) fn new(desk: Desk, mailbox: MailboxId) -> Tokens {
        Tokens {
            desk,
            mailbox,
            kept: Mutex::new(None),
        }
    }

    /// A token that is good for a while.
    pub(in crate::mailboxes) async fn of(&self, source: &Source) -> Result<String, FetchError> {
        let mut kept = self.kept.lock().await;
        let fresh = kept.as_ref().filter(|(_, end)| end.since(self.desk.now()) > EARLY);
        if let Some((token, _)) = fresh {
            return Ok(token.clone());
        }
        let (token, seconds) = self.renew(source).await?;
        *kept = Some((token.clone(), self.desk.now().plus(seconds.saturating_mul(SECOND))));
        Ok(token)
    }

    /// A server did not take this one: the next is asked for anew, unless that was done meanwhile.
    pub(in crate::mailboxes) async fn forget(&self, refused: &str) {
        let mut kept = self.kept.lock().await;
        kept.take_if(|(token, _)| token == refused);
    }

    async fn renew(&self, source: &Source) -> Result<(String, i64), FetchError> {
        let grant = self.grant().await?;
        let Some(application) = application(source, &grant) else {
            return Err(setting("this mailbox is signed in to with a password"));
        };
        if grant.refresh_token.is_empty() {
            return Err(setting("source-not-connected"));
        }
        match super::provider::ask(&self.desk, &application.refresh(&grant.refresh_token)).await? {
            Answer::Tokens {
                access_token,
                expires_in,
                refresh_token,
            } => {
                if let Some(new) = refresh_token.filter(|new| *new != grant.refresh_token) {
                    self.keep(new).await?;
                }
                Ok((access_token, expires_in))
            }
            Answer::Refused(no) => Err(match no.meaning {
                Meaning::ConnectAgain | Meaning::MendRegistration => FetchError::SignIn(words(&no)),
                _ => FetchError::Refused(words(&no)),
            }),
        }
    }

    /// As it is kept now: another token may have come since the stay began.
    async fn grant(&self) -> Result<Grant, FetchError> {
        let (mailbox, vault) = (self.mailbox, self.desk.vault().clone());
        let found = self.desk.read(move |r| match sources::of(r, mailbox)? {
            Some(source) => Grant::of(&vault, &source),
            None => Ok(Grant::default()),
        });
        found.await.map_err(|e| setting(&e.to_string()))
    }

    /// Before the old one is forgotten there: some providers take it back at once.
    async fn keep(&self, token: String) -> Result<(), FetchError> {
        let (mailbox, vault) = (self.mailbox, self.desk.vault().clone());
        let kept = self
            .desk
            .write(move |tx| sources::renewed(tx, &vault, mailbox, &token))
            .await;
        kept.map_err(|e| FetchError::Refused(format!("the new token could not be kept: {e}")))
    }
}

fn words(no: &mail::oauth::Refusal) -> String {
    format!("{}: {}", no.error, no.description)
}

fn setting(words: &str) -> FetchError {
    FetchError::Setting(words.to_string())
}
