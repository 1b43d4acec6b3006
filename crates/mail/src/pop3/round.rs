//! One round through a POP3 mailbox: names and sizes, then the letters that are not here yet, one
//! in memory at a time.

use super::session::{Reply, Session};
use crate::fetch::{
    Account, Afterwards, FetchError, Fetched, Known, LeftBecause, Mark, Place, Take, Taken, Visited, one_line,
};
use std::collections::HashMap;

/// Letters of one visit: they leave the server only at its end, so it does not last for ever.
const FOUND: usize = 500;
/// Letters that are asked about at a time.
const BATCH: usize = 500;
/// Letters of one mailbox that are looked at.
const LISTED: usize = 200_000;
/// Bytes of a letter's name; the standard allows 70.
const NAME: usize = 255;

pub(crate) async fn round(session: &mut Session, account: &Account, place: Place, take: &dyn Take) -> Visited {
    let visited = Visited {
        place,
        ..Visited::default()
    };
    let mut round = Round { account, take, visited };
    let done = round.go(session).await;
    // After nonsense nothing is deleted: what was kept comes again, and is recognised.
    let goodbye = match done {
        Err(FetchError::Broken(_) | FetchError::Line(_)) => Ok(()),
        _ => session.quit().await,
    };
    let mut visited = round.visited;
    visited.failed = match done.and(goodbye) {
        // It took back what it said to DELE: all is kept here, and comes again.
        Err(FetchError::Refused(words)) if visited.kept > 0 => {
            visited.refuse(words);
            None
        }
        done => done.err(),
    };
    visited
}

struct Round<'a> {
    account: &'a Account,
    take: &'a dyn Take,
    visited: Visited,
}

/// One letter as the server lists it.
struct Listed {
    number: u32,
    mark: Mark,
    size: Option<u64>,
}

impl Round<'_> {
    async fn go(&mut self, session: &mut Session) -> Result<(), FetchError> {
        let names = listed(session, "UIDL", name).await?;
        let sizes: HashMap<u32, u64> = listed(session, "LIST", number).await?.into_iter().collect();
        self.visited.there = names.len() as u64;
        let new = self.unknown(names).await;
        self.visited.found = new.len();
        self.visited.more = new.len() > FOUND;
        for (number, mark) in new.into_iter().take(FOUND) {
            if session.wire.told_to_stop() {
                return Err(FetchError::Stopped);
            }
            let size = sizes.get(&number).copied();
            self.letter(session, Listed { number, mark, size }).await?;
            if self.visited.stopped.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// The letters that are to be fetched. Where they leave the server, all but those that are given
    /// up: the name of a letter that is to be deleted is never trusted to say that we have it.
    async fn unknown(&mut self, names: Vec<(u32, String)>) -> Vec<(u32, Mark)> {
        let (numbers, marks): (Vec<u32>, Vec<Mark>) = names
            .into_iter()
            .map(|(number, uidl)| (number, Mark::Pop3 { uidl }))
            .unzip();
        self.take.listed(&marks).await;
        let mut all = Vec::with_capacity(marks.len());
        for batch in marks.chunks(BATCH) {
            let mut known = self.take.known(batch).await;
            known.resize(batch.len(), Known::New);
            all.extend(known);
        }
        let mut new = Vec::new();
        for ((number, mark), known) in numbers.into_iter().zip(marks).zip(all) {
            match known {
                Known::GivenUp => self.visited.leave(mark, LeftBecause::GivenUp),
                Known::Kept if self.account.afterwards != Afterwards::Delete => {}
                Known::LeftAlone => self.visited.refuse("the server breaks off when it is told".to_owned()),
                Known::New | Known::Kept => new.push((number, mark)),
            }
        }
        new
    }

    async fn letter(&mut self, session: &mut Session, one: Listed) -> Result<(), FetchError> {
        let most = self.account.largest;
        if let Some(size) = one.size.filter(|size| *size > most as u64) {
            self.visited.leave(one.mark, LeftBecause::TooLarge(size));
            return Ok(());
        }
        let (raw, size) = match self.body(session, &one, most).await {
            Ok(Some(letter)) => letter,
            Ok(None) => return Ok(()),
            Err(error) => {
                self.visited.miss(one.mark, &error);
                return Err(error);
            }
        };
        if size > most {
            self.visited.leave(one.mark, LeftBecause::TooLarge(size as u64));
            return Ok(());
        }
        self.visited.handed += 1;
        let letter = Fetched {
            mark: one.mark.clone(),
            raw,
            received: None,
            place: self.visited.place,
        };
        match self.take.take(letter).await {
            Taken::Kept => {
                self.visited.kept += 1;
                self.delete(session, one).await
            }
            not_now => {
                self.visited.stopped = Some(not_now);
                Ok(())
            }
        }
    }

    /// The letter, or nothing where the server does not give it out.
    async fn body(
        &mut self,
        session: &mut Session,
        one: &Listed,
        most: usize,
    ) -> Result<Option<(Vec<u8>, usize)>, FetchError> {
        match session.command(&format!("RETR {}", one.number)).await? {
            Reply::Ok(_) => session.letter(most).await.map(Some),
            Reply::No(words) => {
                let words = one_line(&words);
                self.visited.miss(one.mark.clone(), &words);
                self.visited.leave(one.mark.clone(), LeftBecause::Withheld(words));
                Ok(None)
            }
            Reply::Go(words) => Err(FetchError::Broken(one_line(&words))),
        }
    }

    async fn delete(&mut self, session: &mut Session, one: Listed) -> Result<(), FetchError> {
        if self.account.afterwards != Afterwards::Delete {
            return Ok(());
        }
        session.wire.finish(true);
        let told = session.command(&format!("DELE {}", one.number)).await;
        session.wire.finish(false);
        match told.and_then(Reply::ok) {
            Err(FetchError::Refused(words)) => self.visited.refuse(words),
            Err(error) => {
                self.visited.miss(one.mark, &error);
                return Err(error);
            }
            Ok(_) => {}
        }
        Ok(())
    }
}

/// A list of numbers of letters, each with something behind it.
async fn listed<T>(
    session: &mut Session,
    command: &str,
    read: impl Fn(&[u8]) -> Option<T>,
) -> Result<Vec<(u32, T)>, FetchError> {
    session.command(command).await?.ok()?;
    let mut list = Vec::new();
    session
        .lines(|line| {
            let mut words = line.split(|b| *b == b' ').filter(|word| !word.is_empty());
            let letter = words
                .next()
                .and_then(number)
                .and_then(|n| u32::try_from(n).ok())
                .filter(|n| *n > 0);
            let value = words.next().and_then(&read);
            let (Some(letter), Some(value)) = (letter, value) else {
                return Err(FetchError::Broken(one_line(line)));
            };
            if list.len() >= LISTED {
                return Err(FetchError::Refused(format!(
                    "the mailbox holds more than {LISTED} letters"
                )));
            }
            list.push((letter, value));
            Ok(())
        })
        .await?;
    Ok(list)
}

fn number(word: &[u8]) -> Option<u64> {
    let plain = word.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(word).ok().filter(|_| plain)?.parse().ok()
}

fn name(word: &[u8]) -> Option<String> {
    let plain = word.len() <= NAME && word.iter().all(u8::is_ascii_graphic);
    String::from_utf8(word.to_vec()).ok().filter(|_| plain)
}
