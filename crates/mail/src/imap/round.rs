//! One round through the folder: what is new, each letter's size first, one letter in memory at a
//! time, and only after it is kept the word to the server about it.

use super::answer::Items;
use super::folder::quoted_folder;
use super::session::{FOUND, Session};
use crate::fetch::{
    Account, Afterwards, FetchError, Fetched, LeftBecause, Mark, Place, Take, Taken, Visited, one_line,
};

/// Letters whose sizes are asked for in one command.
const BATCH: usize = 200;
/// A place in a folder that does not say which number comes next: only what is unread is new.
const NO_PLACE: u32 = u32::MAX;

pub(crate) async fn round(session: &mut Session, account: &Account, place: Place, take: &dyn Take) -> Visited {
    let mut round = Round::begin(session, account, place);
    let done = round.go(session, take).await;
    let mut visited = round.visited;
    visited.failed = done.err();
    visited
}

struct Round<'a> {
    account: &'a Account,
    visited: Visited,
    /// A letter below was not given to us: the place stays before it.
    behind: bool,
    /// Marked as deleted, still there: the server has no UID EXPUNGE.
    to_expunge: bool,
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
        }
    }

    async fn go(&mut self, session: &mut Session, take: &dyn Take) -> Result<(), FetchError> {
        let found = self.search(session).await?;
        for batch in found.chunks(BATCH) {
            for items in self.sizes(session, batch).await? {
                if session.wire.told_to_stop() {
                    return Err(FetchError::Stopped);
                }
                self.letter(session, take, &items).await?;
                if self.visited.stopped.is_some() {
                    return self.expunge(session).await;
                }
            }
        }
        self.expunge(session).await
    }

    /// The numbers to fetch, smallest first: what is unread, and what came since we were here even
    /// if somebody has read it meanwhile. Where letters leave the folder, all that is in it.
    async fn search(&mut self, session: &mut Session) -> Result<Vec<u32>, FetchError> {
        session.news = false;
        let last = self.visited.place.last;
        let unread = match self.account.afterwards {
            Afterwards::MoveTo(_) | Afterwards::Delete => "UID SEARCH UNDELETED",
            Afterwards::MarkSeen => "UID SEARCH UNSEEN UNDELETED",
        };
        let mut found = session.search(unread).await?;
        let mut count = session.found_count;
        if self.account.afterwards == Afterwards::MarkSeen && last != NO_PLACE {
            let newer = session
                .search(&format!("UID SEARCH UNDELETED UID {}:*", last + 1))
                .await?;
            // `n:*` names the last letter even where its number is below n (RFC 3501, section 6.4.8).
            let newer: Vec<u32> = newer
                .into_iter()
                .filter(|uid| *uid > last && !found.contains(uid))
                .collect();
            count += newer.len();
            found.extend(newer);
        }
        self.visited.found = count;
        self.visited.there = u64::from(session.exists);
        self.visited.more = count > FOUND;
        Ok(found.into_iter().take(FOUND).collect())
    }

    /// What the server says of each letter of a batch, in their order.
    async fn sizes(&mut self, session: &mut Session, batch: &[u32]) -> Result<Vec<Items>, FetchError> {
        let names: Vec<String> = batch.iter().map(u32::to_string).collect();
        let words = format!("UID FETCH {} (UID RFC822.SIZE INTERNALDATE)", names.join(","));
        session.items.clear();
        session.command(words.as_bytes()).await?.ok()?;
        let said = std::mem::take(&mut session.items);
        let of = |uid: u32| {
            let one = said.iter().find(|items| items.uid == Some(uid) && items.size.is_some());
            Items {
                uid: Some(uid),
                size: one.and_then(|items| items.size),
                received: one.and_then(|items| items.received),
                body: None,
            }
        };
        Ok(batch.iter().map(|uid| of(*uid)).collect())
    }

    async fn letter(&mut self, session: &mut Session, take: &dyn Take, items: &Items) -> Result<(), FetchError> {
        let uid = items.uid.unwrap_or_default();
        let mark = self.mark(uid);
        let raw = match items.size {
            None => Err(LeftBecause::Gone),
            Some(size) if size > self.account.largest as u64 => Err(LeftBecause::TooLarge(size)),
            Some(size) => self.body(session, uid, size).await?,
        };
        let raw = match raw {
            Ok(raw) => raw,
            Err(why) => {
                self.behind |= matches!(why, LeftBecause::Withheld(_));
                self.pass(uid);
                self.visited.leave(mark, why);
                return Ok(());
            }
        };
        self.visited.handed += 1;
        let place = self.place_after(uid);
        let received = items.received;
        match take
            .take(Fetched {
                mark,
                raw,
                received,
                place,
            })
            .await
        {
            Taken::Kept => {
                self.visited.kept += 1;
                self.pass(uid);
                session.wire.finish(true);
                let settled = self.settle(session, uid).await;
                session.wire.finish(false);
                settled
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

    fn mark(&self, uid: u32) -> Mark {
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

    /// The letter is kept: now the server may be told.
    async fn settle(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        match &self.account.afterwards {
            Afterwards::MarkSeen => store(session, uid, "\\Seen").await,
            Afterwards::Delete => self.delete(session, uid).await,
            Afterwards::MoveTo(folder) => {
                let verb = if session.can("MOVE") { "MOVE" } else { "COPY" };
                relocate(session, verb, uid, folder).await?;
                if verb == "COPY" {
                    self.delete(session, uid).await
                } else {
                    Ok(())
                }
            }
        }
    }

    async fn delete(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        store(session, uid, "\\Seen \\Deleted").await?;
        if session.can("UIDPLUS") {
            return session.command(format!("UID EXPUNGE {uid}").as_bytes()).await?.ok();
        }
        self.to_expunge = true;
        Ok(())
    }

    /// Where single letters cannot be removed, all that are marked as deleted are, ours and those
    /// that somebody else has marked.
    async fn expunge(&mut self, session: &mut Session) -> Result<(), FetchError> {
        if std::mem::take(&mut self.to_expunge) {
            return session.command(b"EXPUNGE").await?.ok();
        }
        Ok(())
    }
}

async fn store(session: &mut Session, uid: u32, flags: &str) -> Result<(), FetchError> {
    let words = format!("UID STORE {uid} +FLAGS.SILENT ({flags})");
    session.command(words.as_bytes()).await?.ok()
}

/// To another folder, which is made where the server says that it lacks.
async fn relocate(session: &mut Session, verb: &str, uid: u32, folder: &str) -> Result<(), FetchError> {
    let folder = quoted_folder(folder);
    let words = [format!("UID {verb} {uid} ").into_bytes(), folder.clone()].concat();
    let done = session.command(&words).await?;
    if !done.has_code(b"TRYCREATE") {
        return done.ok();
    }
    let made = session.command(&[b"CREATE ".to_vec(), folder].concat()).await?;
    made.ok().map_err(|error| match error {
        FetchError::Refused(words) => {
            FetchError::Refused(one_line(format!("no folder to move to: {words}").as_bytes()))
        }
        other => other,
    })?;
    session.command(&words).await?.ok()
}
