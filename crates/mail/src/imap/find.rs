//! Which letters of a folder a visit looks at, and what is known of each. However many stay there
//! for ever, those behind them are found.

use super::date;
use super::round::Round;
use super::session::{FOUND, Session};
use crate::fetch::{Afterwards, FetchError, Known, Mark, Take};

/// Letters that are asked about at a time.
const ASKED: usize = 500;
/// Searches of `FOUND` letters each in one visit.
const WINDOWS: usize = 40;
/// Seconds that clocks and zones may differ by: SEARCH knows days only.
const MARGIN: i64 = 2 * 86_400;

/// One letter of the folder.
pub(super) type Seen = (u32, Known);

impl Round<'_> {
    /// Smallest number first: what is unread, and what came since we were here even if somebody has
    /// read it meanwhile. Where letters leave the folder, all that is in it.
    pub(super) async fn find(&mut self, session: &mut Session, take: &dyn Take) -> Result<Vec<Seen>, FetchError> {
        session.news = false;
        let leaves = self.account.afterwards != Afterwards::MarkSeen;
        let words = if leaves { "UNDELETED" } else { "UNSEEN UNDELETED" };
        let mut found = Vec::new();
        let whole = self.sift(session, take, words, 1, &mut found).await?;
        if leaves && self.find_half_gone(session, take, &mut found).await? && whole {
            let marks: Vec<Mark> = found.iter().map(|(uid, _)| self.mark(*uid)).collect();
            take.listed(&marks).await;
        }
        if !leaves {
            self.find_newer(session, take, &mut found).await?;
            if found.is_empty() {
                self.find_first(session, take).await?;
            }
        }
        self.visited.found = found.iter().filter(|(_, known)| *known == Known::New).count();
        self.visited.there = u64::from(session.exists);
        found.sort_by_key(|(uid, _)| *uid);
        if self.visited.found > FOUND {
            self.visited.more = true;
            self.choose(&mut found);
        }
        Ok(found)
    }

    /// Letters that are kept and marked as deleted: the line broke before they were removed. What somebody else marked
    /// and is not kept here is his. True when nothing is left to search.
    async fn find_half_gone(
        &mut self,
        session: &mut Session,
        take: &dyn Take,
        found: &mut Vec<Seen>,
    ) -> Result<bool, FetchError> {
        let mut marked = Vec::new();
        let whole = self.sift(session, take, "DELETED", 1, &mut marked).await?;
        marked.retain(|(_, known)| matches!(known, Known::Kept | Known::LeftAlone));
        self.half_gone.extend(marked.iter().map(|(uid, _)| *uid));
        found.extend(marked);
        Ok(whole)
    }

    /// Of more than one visit takes, first what came since we were here; of that and of the rest
    /// the smallest.
    fn choose(&self, found: &mut Vec<Seen>) {
        let last = self.visited.place.last;
        found.sort_by_key(|(uid, _)| (*uid <= last, *uid));
        let mut room = FOUND;
        found.retain(|(_, known)| {
            let fits = *known != Known::New || room > 0;
            room = room.saturating_sub(usize::from(*known == Known::New));
            fits
        });
    }

    /// What came since we were here. After all numbers were changed, by the day.
    async fn find_newer(
        &mut self,
        session: &mut Session,
        take: &dyn Take,
        found: &mut Vec<Seen>,
    ) -> Result<(), FetchError> {
        let words = match self.account.last_well.filter(|_| self.visited.renumbered) {
            Some(then) => format!("UNDELETED SINCE {}", date::day(then - MARGIN)),
            None => "UNDELETED".to_owned(),
        };
        let from = match self.visited.renumbered && self.account.last_well.is_some() {
            true => 1,
            false => match self.visited.place.last.checked_add(1) {
                Some(next) => next,
                None => return Ok(()),
            },
        };
        let mut newer = Vec::new();
        self.sift(session, take, &words, from, &mut newer).await?;
        let unread: std::collections::HashSet<u32> = found.iter().map(|(uid, _)| *uid).collect();
        found.extend(newer.into_iter().filter(|(uid, _)| !unread.contains(uid)));
        Ok(())
    }

    /// The smallest number still there: no number below it is ever used again (RFC 3501, section 2.3.1.1). A server
    /// may speak of other letters meanwhile, or refuse; then less is forgotten, or nothing. It is asked when there is
    /// nothing to fetch: letters never wait for it.
    async fn find_first(&mut self, session: &mut Session, take: &dyn Take) -> Result<(), FetchError> {
        if session.asked_first || session.exists == 0 {
            return Ok(());
        }
        session.asked_first = true;
        session.items.clear();
        let asked = session.command(b"FETCH 1 (UID)").await?;
        let items = std::mem::take(&mut session.items);
        if let (Ok(()), Some(first)) = (asked.ok(), items.iter().filter_map(|items| items.uid).min()) {
            take.begins_with(&self.mark(first)).await;
        }
        Ok(())
    }

    /// Searches on until enough is new. True when nothing is left to search.
    async fn sift(
        &mut self,
        session: &mut Session,
        take: &dyn Take,
        words: &str,
        mut from: u32,
        found: &mut Vec<Seen>,
    ) -> Result<bool, FetchError> {
        let mut new = 0;
        for _ in 0..WINDOWS {
            let here = match from {
                1 => format!("UID SEARCH {words}"),
                _ => format!("UID SEARCH {words} UID {from}:*"),
            };
            let uids = session.search(&here).await?;
            // `n:*` names the last letter even where its number is below n (RFC 3501, section 6.4.8).
            let uids: Vec<u32> = uids.into_iter().filter(|uid| *uid >= from).collect();
            let is_whole = session.found_count <= FOUND;
            for part in uids.chunks(ASKED) {
                let marks: Vec<Mark> = part.iter().map(|uid| self.mark(*uid)).collect();
                let mut known = take.known(&marks).await.into_iter();
                for uid in part {
                    let known = known.next().unwrap_or(Known::New);
                    new += usize::from(known == Known::New);
                    found.push((*uid, known));
                }
            }
            let next = uids.last().and_then(|last| last.checked_add(1));
            match next {
                Some(next) if !is_whole => from = next,
                _ => return Ok(true),
            }
            if new > FOUND {
                break;
            }
        }
        self.visited.more = true;
        Ok(false)
    }
}
