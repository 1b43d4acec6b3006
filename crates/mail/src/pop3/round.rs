//! One round through a POP3 mailbox: names and sizes, then the letters that are not here yet, one
//! in memory at a time.

use super::session::{Reply, Session};
use crate::fetch::{
    Account, Afterwards, FetchError, Fetched, LeftBecause, Mark, Place, Take, Taken, Visited, one_line,
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
    let mut visited = Visited {
        place,
        ..Visited::default()
    };
    let done = fetch(session, account, take, &mut visited).await;
    // After nonsense nothing is deleted: what was kept comes again, and is recognised.
    let goodbye = match done {
        Err(FetchError::Broken(_) | FetchError::Line(_)) => Ok(()),
        _ => session.quit().await,
    };
    visited.failed = done.and(goodbye).err();
    visited
}

async fn fetch(
    session: &mut Session,
    account: &Account,
    take: &dyn Take,
    visited: &mut Visited,
) -> Result<(), FetchError> {
    let names = listed(session, "UIDL", name).await?;
    let sizes: HashMap<u32, u64> = listed(session, "LIST", number).await?.into_iter().collect();
    visited.there = names.len() as u64;
    let new = unknown(account, take, names).await;
    visited.found = new.len();
    visited.more = new.len() > FOUND;
    for (number, uidl) in new.into_iter().take(FOUND) {
        if session.wire.told_to_stop() {
            return Err(FetchError::Stopped);
        }
        let size = sizes.get(&number).copied();
        letter(session, account, take, visited, (number, uidl, size)).await?;
        if visited.stopped.is_some() {
            break;
        }
    }
    Ok(())
}

/// The letters that are to be fetched. Where they leave the server all are; the name of a letter
/// that is to be deleted is never trusted to say that we have it.
async fn unknown(account: &Account, take: &dyn Take, names: Vec<(u32, String)>) -> Vec<(u32, String)> {
    if account.afterwards == Afterwards::Delete {
        return names;
    }
    let mut new = Vec::new();
    for batch in names.chunks(BATCH) {
        let marks: Vec<Mark> = batch
            .iter()
            .map(|(_, uidl)| Mark::Pop3 { uidl: uidl.clone() })
            .collect();
        let known = take.known(&marks).await;
        let is_new = |at: usize| !known.get(at).copied().unwrap_or(false);
        new.extend(
            batch
                .iter()
                .enumerate()
                .filter(|(at, _)| is_new(*at))
                .map(|(_, one)| one.clone()),
        );
    }
    new
}

async fn letter(
    session: &mut Session,
    account: &Account,
    take: &dyn Take,
    visited: &mut Visited,
    (number, uidl, size): (u32, String, Option<u64>),
) -> Result<(), FetchError> {
    let mark = Mark::Pop3 { uidl };
    let most = account.largest;
    if let Some(size) = size.filter(|size| *size > most as u64) {
        visited.leave(mark, LeftBecause::TooLarge(size));
        return Ok(());
    }
    match session.command(&format!("RETR {number}")).await? {
        Reply::Ok(_) => {}
        Reply::No(words) => {
            visited.leave(mark, LeftBecause::Withheld(one_line(&words)));
            return Ok(());
        }
        Reply::Go(words) => return Err(FetchError::Broken(one_line(&words))),
    }
    let (raw, size) = session.letter(most).await?;
    if size > most {
        visited.leave(mark, LeftBecause::TooLarge(size as u64));
        return Ok(());
    }
    visited.handed += 1;
    let place = visited.place;
    match take
        .take(Fetched {
            mark,
            raw,
            received: None,
            place,
        })
        .await
    {
        Taken::Kept => {
            visited.kept += 1;
            if account.afterwards == Afterwards::Delete {
                session.wire.finish(true);
                session.command(&format!("DELE {number}")).await?.ok()?;
                session.wire.finish(false);
            }
        }
        not_now => visited.stopped = Some(not_now),
    }
    Ok(())
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
