//! Who takes the letters of one source: keeps each with the note how far its folder was read, in one transaction.

use mail::fetch::{
    Account, Afterwards as There, Event, FetchError, Fetched, Keeper, LeftBecause, Login, Mark, Place, Take, Taken,
    Tls, Visited, Way as Language,
};
use mail::smtp::BoxFuture;

use super::tokens::Tokens;
use crate::access::Viewer;
use crate::clock::Time;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::mailboxes::boxes;
use crate::mailboxes::intake::{Way, keep};
use crate::mailboxes::sources::{self, Afterwards, Fault, Protection, Protocol, SignIn, Source, WhyLeft};

/// Keys of our own words about a source; the server's stand as it said them.
const CANNOT_KEEP: &str = "source-cannot-keep";
const NO_PASSWORD: &str = "source-no-password";

pub(super) struct SourceKeeper {
    desk: Desk,
    source: Source,
    tokens: Tokens,
}

impl SourceKeeper {
    pub(super) fn new(desk: Desk, source: Source) -> SourceKeeper {
        let tokens = Tokens::new(desk.clone(), source.mailbox);
        SourceKeeper { desk, source, tokens }
    }

    async fn keep(&self, letter: Fetched) -> Taken {
        let (now, mailbox) = (self.desk.now(), self.source.mailbox);
        let kept = self.desk.write(move |tx| {
            let address = boxes::find(tx, mailbox)?.address;
            keep(tx, now, Way::Imap, Some(mailbox), "", &[address], &letter.raw)?;
            match &letter.mark {
                Mark::Imap { .. } => reached(tx, mailbox, letter.place),
                Mark::Pop3 { uidl } => sources::saw(tx, mailbox, uidl),
            }
        });
        match kept.await {
            Ok(()) => Taken::Kept,
            Err(Error::Full) => Taken::Full,
            Err(Error::Busy) => Taken::Later,
            Err(e) => {
                tracing::error!("a fetched letter could not be kept; it stays on its server: {e}");
                Taken::Later
            }
        }
    }

    async fn known_already(&self, marks: &[Mark]) -> Vec<bool> {
        let mailbox = self.source.mailbox;
        // Without an answer everything comes again; what is here already is recognised as a duplicate.
        let seen = self
            .desk
            .read(move |r| sources::seen(r, mailbox))
            .await
            .unwrap_or_default();
        let seen: std::collections::HashSet<String> = seen.into_iter().collect();
        marks.iter().map(|mark| seen.contains(&mark.to_string())).collect()
    }

    async fn found(&self) -> std::result::Result<Account, FetchError> {
        let s = &self.source;
        let language = match s.protocol {
            Protocol::Imap => Language::Imap,
            Protocol::Pop3 => Language::Pop3,
        };
        let mut account = Account::new(language, &s.host, self.login().await?);
        account.port = u16::try_from(s.port).unwrap_or(account.port);
        account.tls = match s.protection {
            Protection::Implicit => Tls::Implicit,
            Protection::StartTls => Tls::StartTls,
            Protection::None => Tls::None,
        };
        account.folder.clone_from(&s.folder);
        account.afterwards = match s.afterwards {
            Afterwards::Seen => There::MarkSeen,
            Afterwards::Move => There::MoveTo(s.move_to.clone()),
            Afterwards::Delete => There::Delete,
        };
        account.roots = self.desk.roots().to_vec();
        Ok(account)
    }

    async fn login(&self) -> std::result::Result<Login, FetchError> {
        let user = self.source.user_name.clone();
        if self.source.sign_in != SignIn::Password {
            let access_token = self.tokens.of(&self.source).await?;
            return Ok(Login::Token { user, access_token });
        }
        match sources::secret_of(self.desk.vault(), &self.source) {
            Ok(Some(password)) => Ok(Login::Password { user, password }),
            Ok(None) => Err(FetchError::Setting(NO_PASSWORD.to_string())),
            Err(e) => Err(FetchError::Setting(e.to_string())),
        }
    }

    async fn note(&self, event: Event) -> Result<()> {
        let (mailbox, cx) = (self.source.mailbox, self.desk.context(Viewer::desk(PersonId(0)), None));
        match event {
            Event::Connected => Ok(()),
            // What failed is told by the event that follows.
            Event::Visited(visited) if visited.failed.is_some() => {
                self.desk.write(move |tx| reached(tx, mailbox, visited.place)).await
            }
            Event::Visited(visited) => {
                let done = self.desk.write(move |tx| {
                    reached(tx, mailbox, visited.place)?;
                    leave(tx, mailbox, cx.now, &visited)?;
                    match visited.stopped {
                        // The server did its part; it is here that nothing can be kept.
                        Some(_) => sources::failed(tx, &cx, mailbox, Fault::Refused, CANNOT_KEEP),
                        None => sources::went_well(tx, &cx, mailbox),
                    }
                });
                done.await
            }
            Event::Failed { error, .. } => {
                let (fault, words) = fault_of(&error);
                self.desk
                    .write(move |tx| sources::failed(tx, &cx, mailbox, fault, &words))
                    .await
            }
        }
    }
}

fn reached(tx: &mut db::Write, mailbox: crate::ids::MailboxId, place: Place) -> Result<()> {
    sources::reached(tx, mailbox, i64::from(place.uidvalidity), i64::from(place.last))
}

/// Letters that stay there because they cannot be taken.
fn leave(tx: &mut db::Write, mailbox: crate::ids::MailboxId, now: Time, visited: &Visited) -> Result<()> {
    for left in &visited.left {
        let why = match &left.why {
            LeftBecause::TooLarge(bytes) => (WhyLeft::TooLarge, i64::try_from(*bytes).unwrap_or(i64::MAX), ""),
            LeftBecause::Withheld(words) => (WhyLeft::Withheld, 0, words.as_str()),
            LeftBecause::Gone => continue,
        };
        sources::leave(tx, mailbox, now, &left.mark.to_string(), why)?;
    }
    Ok(())
}

fn fault_of(error: &FetchError) -> (Fault, String) {
    match error {
        FetchError::SignIn(words) => (Fault::SignIn, words.clone()),
        FetchError::Setting(words) => (Fault::Key, words.clone()),
        FetchError::Refused(words) => (Fault::Refused, words.clone()),
        FetchError::Line(words) => (Fault::Line, words.clone()),
        FetchError::Broken(words) => (Fault::Broken, words.clone()),
        FetchError::Stopped => (Fault::Line, error.to_string()),
    }
}

impl Take for SourceKeeper {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken> {
        Box::pin(self.keep(letter))
    }

    fn known<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, Vec<bool>> {
        Box::pin(self.known_already(marks))
    }
}

impl Keeper for SourceKeeper {
    fn account<'a>(&'a self) -> BoxFuture<'a, std::result::Result<Account, FetchError>> {
        Box::pin(self.found())
    }

    fn happened<'a>(&'a self, event: Event) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Err(e) = self.note(event).await {
                tracing::warn!("how fetching went could not be written down: {e}");
            }
        })
    }
}
