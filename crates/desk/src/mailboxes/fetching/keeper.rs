//! Who takes the letters of one source: keeps each with the note how far its folder was read, in one transaction.

use std::sync::atomic::{AtomicI64, Ordering};

use db::Write;
use mail::fetch::{
    Account, Afterwards as There, Event, FetchError, Fetched, Keeper, Known, LeftBecause, Login, Mark, Place, Take,
    Taken, Tls, Visited, Way as Language,
};
use mail::smtp::BoxFuture;
use sha2::{Digest, Sha256};

use super::tokens::Tokens;
use crate::access::Viewer;
use crate::clock::{SECOND, Time};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{MailboxId, PersonId};
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
    /// When a visit last went well, as `Time` counts; 0 for never.
    last_well: AtomicI64,
}

impl SourceKeeper {
    pub(super) fn new(desk: Desk, source: Source) -> SourceKeeper {
        let tokens = Tokens::new(desk.clone(), source.mailbox);
        let last_well = AtomicI64::new(source.well_at.map_or(0, |at| at.0));
        SourceKeeper {
            desk,
            source,
            tokens,
            last_well,
        }
    }

    async fn keep(&self, letter: Fetched) -> Taken {
        let (now, mailbox) = (self.desk.now(), self.source.mailbox);
        let kept = self.desk.write(move |tx| {
            let address = boxes::find(tx, mailbox)?.address;
            let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&letter.raw));
            // Kept before, when its server did not hear of it: handed over once more, it is one letter.
            if sources::saw(tx, mailbox, &letter.mark.to_string(), &sha256)? {
                keep(tx, now, Way::Imap, Some(mailbox), "", &[address], &letter.raw)?;
            }
            match &letter.mark {
                Mark::Imap { .. } => reached(tx, mailbox, letter.place),
                Mark::Pop3 { .. } => Ok(()),
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

    async fn known_already(&self, marks: &[Mark]) -> Vec<Known> {
        let (mailbox, now) = (self.source.mailbox, self.desk.now());
        let names: Vec<String> = marks.iter().map(Mark::to_string).collect();
        let known = self.desk.read(move |r| sources::known(r, mailbox, now, &names)).await;
        // Without an answer everything comes again; what is here already is recognised when it is kept.
        known.unwrap_or_default()
    }

    /// A server that shows nothing at all may only be unwell.
    async fn forget_others(&self, marks: &[Mark]) -> Result<()> {
        if marks.is_empty() {
            return Ok(());
        }
        let mailbox = self.source.mailbox;
        let mut remembered = self.desk.read(move |r| sources::remembered(r, mailbox)).await?;
        for mark in marks {
            remembered.remove(&mark.to_string());
        }
        if remembered.is_empty() {
            return Ok(());
        }
        let gone: Vec<String> = remembered.into_iter().collect();
        self.desk.write(move |tx| sources::gone(tx, mailbox, &gone)).await
    }

    async fn forget_before(&self, first: &Mark) -> Result<()> {
        let (mailbox, first) = (self.source.mailbox, first.to_string());
        self.desk
            .write(move |tx| sources::gone_before(tx, mailbox, &first))
            .await
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
        let last_well = self.last_well.load(Ordering::Relaxed);
        account.last_well = (last_well != 0).then(|| last_well.div_euclid(SECOND));
        account.may_connect = outside::may_serve;
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
            Event::Visited(visited) => {
                let went_well = visited.failed.is_none() && visited.stopped.is_none();
                self.desk.write(move |tx| visit(tx, &cx, mailbox, &visited)).await?;
                if went_well {
                    self.last_well.store(self.desk.now().0, Ordering::Relaxed);
                }
                Ok(())
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

/// How a visit went, in one transaction.
fn visit(tx: &mut Write, cx: &Context, mailbox: MailboxId, visited: &Visited) -> Result<()> {
    reached(tx, mailbox, visited.place)?;
    if visited.renumbered {
        sources::renumbered(tx, cx, mailbox, i64::from(visited.place.uidvalidity))?;
    }
    for (mark, words) in &visited.missed {
        sources::missed(tx, mailbox, cx.now, &mark.to_string(), words)?;
    }
    leave(tx, mailbox, cx.now, visited)?;
    match (&visited.failed, visited.stopped) {
        // What failed is told by the event that follows.
        (Some(_), _) => Ok(()),
        // The server did its part; it is here that nothing can be kept.
        (None, Some(_)) => sources::failed(tx, cx, mailbox, Fault::Refused, CANNOT_KEEP),
        (None, None) => {
            sources::went_well(tx, cx, mailbox)?;
            let refused = visited.refusal.as_deref().filter(|_| visited.unsettled > 0);
            refused.map_or(Ok(()), |words| {
                sources::unsettled(tx, mailbox, visited.unsettled, words)
            })
        }
    }
}

fn reached(tx: &mut Write, mailbox: MailboxId, place: Place) -> Result<()> {
    sources::reached(tx, mailbox, i64::from(place.uidvalidity), i64::from(place.last))
}

/// Letters that stay there because they cannot be taken.
fn leave(tx: &mut Write, mailbox: MailboxId, now: Time, visited: &Visited) -> Result<()> {
    for left in &visited.left {
        let name = left.mark.to_string();
        let given_up = match &left.why {
            LeftBecause::GivenUp => sources::words_of(tx, mailbox, &name)?,
            _ => String::new(),
        };
        let why = match &left.why {
            LeftBecause::TooLarge(bytes) => (WhyLeft::TooLarge, i64::try_from(*bytes).unwrap_or(i64::MAX), ""),
            LeftBecause::Withheld(words) => (WhyLeft::Withheld, 0, words.as_str()),
            LeftBecause::GivenUp => (WhyLeft::GivenUp, 0, given_up.as_str()),
            LeftBecause::Gone => continue,
        };
        sources::leave(tx, mailbox, now, &name, why)?;
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

fn told_if_not(forgotten: Result<()>) {
    if let Err(e) = forgotten {
        tracing::warn!("what is remembered of letters that are gone stays for now: {e}");
    }
}

impl Take for SourceKeeper {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken> {
        Box::pin(self.keep(letter))
    }

    fn known<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, Vec<Known>> {
        Box::pin(self.known_already(marks))
    }

    fn listed<'a>(&'a self, marks: &'a [Mark]) -> BoxFuture<'a, ()> {
        Box::pin(async move { told_if_not(self.forget_others(marks).await) })
    }

    fn begins_with<'a>(&'a self, first: &'a Mark) -> BoxFuture<'a, ()> {
        Box::pin(async move { told_if_not(self.forget_before(first).await) })
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
