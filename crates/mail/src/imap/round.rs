//! One round through the folder: what is new, each letter's size first, one letter in memory at a
//! time, and only after it is kept the word to the server about it. A letter that cannot be had is
//! named as missed, so that it does not stop the others for ever.

use super::answer::Items;
use super::find::Seen;
use super::session::Session;
use crate::fetch::{Account, FetchError, Fetched, Known, LeftBecause, Mark, Place, Take, Taken, Visited};
use std::collections::HashSet;

/// Letters whose sizes are asked for in one command.
const BATCH: usize = 200;
/// A place in a folder that does not say which number comes next: only what is unread is new.
const NO_PLACE: u32 = u32::MAX;

/// `careful` asks for one letter at a time.
pub(crate) async fn round(
    session: &mut Session,
    account: &Account,
    place: Place,
    take: &dyn Take,
    careful: bool,
) -> Visited {
    let mut round = Round::begin(session, account, place);
    let batch = if careful { 1 } else { BATCH };
    let done = round.go(session, take, batch).await;
    let mut visited = round.visited;
    visited.failed = done.err();
    visited
}

pub(super) struct Round<'a> {
    pub(super) account: &'a Account,
    pub(super) visited: Visited,
    /// A letter below was not given to us: the place stays before it.
    behind: bool,
    /// Marked as deleted, still there: the server has no UID EXPUNGE.
    pub(super) to_expunge: bool,
    /// Kept, and marked as deleted at an earlier visit.
    pub(super) half_gone: HashSet<u32>,
}

impl<'a> Round<'a> {
    fn begin(session: &Session, account: &'a Account, place: Place) -> Round<'a> {
        let uidvalidity = session.folder.uidvalidity;
        let renumbered = place.uidvalidity != 0 && place.uidvalidity != uidvalidity;
        let here = if place.uidvalidity == uidvalidity {
            place
        } else {
            // What was read before we first came is nobody's news.
            let last = session.folder.uidnext.map_or(NO_PLACE, |next| next - 1);
            Place { uidvalidity, last }
        };
        let visited = Visited {
            place: here,
            renumbered,
            ..Visited::default()
        };
        Round {
            account,
            visited,
            behind: false,
            to_expunge: false,
            half_gone: HashSet::new(),
        }
    }

    async fn go(&mut self, session: &mut Session, take: &dyn Take, batch: usize) -> Result<(), FetchError> {
        let found = self.find(session, take).await?;
        for part in found.chunks(batch) {
            let said = self.sizes(session, part).await?;
            for (uid, known) in part {
                if session.wire.told_to_stop() {
                    return Err(FetchError::Stopped);
                }
                match known {
                    Known::New => self.letter(session, take, *uid, &said).await?,
                    Known::Kept => self.settle_again(session, *uid).await?,
                    Known::LeftAlone => self.visited.refuse("the server breaks off when it is told".to_owned()),
                    Known::GivenUp => self.visited.leave(self.mark(*uid), LeftBecause::GivenUp),
                }
                if self.visited.stopped.is_some() {
                    return self.expunge(session).await;
                }
                self.pass(*uid);
            }
        }
        self.expunge(session).await
    }

    /// What the server says of the new letters of a batch. Where it refuses them together, each is
    /// asked for by itself.
    async fn sizes(&mut self, session: &mut Session, part: &[Seen]) -> Result<Vec<Items>, FetchError> {
        let is_new = |(uid, known): &Seen| (*known == Known::New).then_some(*uid);
        let new: Vec<u32> = part.iter().filter_map(is_new).collect();
        match new.as_slice() {
            [] => return Ok(Vec::new()),
            [uid] => return self.size(session, *uid).await,
            _ => {}
        }
        match self.sizes_of(session, &new).await {
            Err(FetchError::Refused(_)) => {}
            asked => return asked,
        }
        let mut said = Vec::new();
        for uid in new {
            said.extend(self.size(session, uid).await?);
        }
        Ok(said)
    }

    /// Of one letter: nothing where it is refused. A line that breaks over it is its miss.
    async fn size(&mut self, session: &mut Session, uid: u32) -> Result<Vec<Items>, FetchError> {
        match self.sizes_of(session, &[uid]).await {
            Err(FetchError::Refused(_)) => Ok(Vec::new()),
            Err(error) => {
                self.miss(uid, &error);
                Err(error)
            }
            asked => asked,
        }
    }

    async fn sizes_of(&self, session: &mut Session, uids: &[u32]) -> Result<Vec<Items>, FetchError> {
        let names: Vec<String> = uids.iter().map(u32::to_string).collect();
        let words = format!("UID FETCH {} (UID RFC822.SIZE INTERNALDATE)", names.join(","));
        session.items.clear();
        session.command(words.as_bytes()).await?.ok()?;
        Ok(std::mem::take(&mut session.items))
    }

    async fn letter(
        &mut self,
        session: &mut Session,
        take: &dyn Take,
        uid: u32,
        said: &[Items],
    ) -> Result<(), FetchError> {
        let items = said.iter().find(|items| items.uid == Some(uid) && items.size.is_some());
        let raw = match items.and_then(|items| items.size) {
            None => Err(LeftBecause::Gone),
            Some(size) if size > self.account.largest as u64 => Err(LeftBecause::TooLarge(size)),
            Some(size) => match self.body(session, uid, size).await {
                Ok(raw) => raw,
                Err(error) => {
                    self.miss(uid, &error);
                    return Err(error);
                }
            },
        };
        let raw = match raw {
            Ok(raw) => raw,
            Err(why) => {
                self.leave(uid, why);
                return Ok(());
            }
        };
        self.visited.handed += 1;
        let letter = Fetched {
            mark: self.mark(uid),
            raw,
            received: items.and_then(|items| items.received),
            place: self.place_after(uid),
        };
        match take.take(letter).await {
            Taken::Kept => {
                self.visited.kept += 1;
                self.pass(uid);
                self.settle(session, uid).await
            }
            not_now => {
                self.visited.stopped = Some(not_now);
                Ok(())
            }
        }
    }

    /// The bytes of one letter. One more than is allowed is asked for: sizes that servers tell are
    /// not always true, and so a letter that is larger shows it.
    async fn body(
        &self,
        session: &mut Session,
        uid: u32,
        size: u64,
    ) -> Result<Result<Vec<u8>, LeftBecause>, FetchError> {
        let most = self.account.largest;
        session.items.clear();
        let words = format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{}>)", most.saturating_add(1));
        let done = session.command_for_letter(words.as_bytes()).await?;
        let items = std::mem::take(&mut session.items);
        let refused = done.ok();
        if let Err(FetchError::Refused(words)) = refused {
            return Ok(Err(LeftBecause::Withheld(words)));
        }
        let body = items
            .into_iter()
            .find(|items| items.uid == Some(uid) && items.body.is_some());
        Ok(match body.and_then(|items| items.body) {
            None => Err(LeftBecause::Gone),
            Some(raw) if raw.len() > most => Err(LeftBecause::TooLarge(size.max(raw.len() as u64))),
            Some(raw) => Ok(raw),
        })
    }

    /// It was not handed over. What may only have been in the way this time is looked for again.
    fn leave(&mut self, uid: u32, why: LeftBecause) {
        match &why {
            LeftBecause::Withheld(words) => self.miss(uid, words),
            LeftBecause::Gone => self.miss(uid, "the server names it and does not give it"),
            LeftBecause::TooLarge(_) | LeftBecause::GivenUp => {}
        }
        if why != LeftBecause::Gone {
            self.visited.leave(self.mark(uid), why);
        }
    }

    fn miss(&mut self, uid: u32, why: impl std::fmt::Display) {
        self.behind = true;
        self.visited.miss(self.mark(uid), why);
    }

    pub(super) fn mark(&self, uid: u32) -> Mark {
        Mark::Imap {
            uidvalidity: self.visited.place.uidvalidity,
            uid,
        }
    }

    fn place_after(&self, uid: u32) -> Place {
        let Place { uidvalidity, last } = self.visited.place;
        let last = if self.behind { last } else { last.max(uid) };
        Place { uidvalidity, last }
    }

    fn pass(&mut self, uid: u32) {
        self.visited.place = self.place_after(uid);
    }
}
