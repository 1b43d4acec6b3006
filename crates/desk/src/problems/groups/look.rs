//! The look that finds groups: now and then, on one node, when something has happened since the last.

use std::collections::{BTreeMap, BTreeSet};

use db::{Read, Write};
use search::{Index, Likeness, Weights};

use super::cluster::{Pair, clusters};
use super::settle::settle;
use super::store::{self, Said};
use super::words::language;
use crate::clock::{MINUTE, Time};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{self, Cursor};
use crate::finding::TICKET;
use crate::house;
use crate::ids::TicketNumber;

/// How long after one look the next may be.
const EVERY: i64 = MINUTE;
/// The setting that says when the last look was, and how far the log had come.
pub(super) const LOOKED: &str = "groups-looked";
/// Tickets that are asked in one look; the rest in the next ones, the newest first.
const ASKED_AT_ONCE: usize = 100;
/// Pairs that are kept of one ticket.
const NEIGHBOURS: usize = 12;
/// Two tickets are alike when so much of what the longer one says stands in the other, in thousandths.
const ALIKE: i64 = 250;
/// Of a text with fewer different words too much stands anywhere.
const LEAST_WORDS: usize = 5;

const MEASURE: Weights = Weights {
    title: 1.0,
    k1: 1.2,
    b: 0.4,
    damping: 0.5,
    pieces: 0.0,
};

/// Safe to call from several nodes at once: one of them looks.
pub async fn look_for_groups(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let due = desk
        .read(move |r| Ok(is_due(&looked(r)?, events::newest(r)?, now)))
        .await?;
    if due && desk.write(move |tx| take_turn(tx, now)).await? {
        look_now(desk).await?;
    }
    Ok(())
}

/// When, and up to where.
type Looked = Option<(Time, Option<Cursor>)>;

fn looked(r: &mut Read) -> Result<Looked> {
    let kept = house::get(r, LOOKED)?;
    Ok(kept.as_deref().and_then(|kept| {
        let (at, cursor) = kept.split_once(' ')?;
        Some((Time(at.parse().ok()?), Cursor::parse(cursor)))
    }))
}

fn is_due(looked: &Looked, newest: Cursor, now: Time) -> bool {
    looked.is_none_or(|(at, up_to)| now.since(at) >= EVERY && up_to != Some(newest))
}

fn take_turn(tx: &mut Write, now: Time) -> Result<bool> {
    tx.hold_name(LOOKED)?;
    let newest = events::newest(tx)?;
    if !is_due(&looked(tx)?, newest, now) {
        return Ok(false);
    }
    // Without a place in the log until the look has ended: one that dies is made again.
    house::put(tx, LOOKED, &format!("{} -", now.0))?;
    Ok(true)
}

/// Asks the recent tickets that were not asked yet, and brings the groups up to date.
pub async fn look_now(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let newest = desk.read(events::newest).await?;
    let (recent, asked) = desk
        .read(move |r| Ok((store::recent(r, now)?, store::asked(r)?)))
        .await?;
    let all = recent.iter().rev().map(|one| one.ticket);
    let waiting: Vec<TicketNumber> = all.filter(|ticket| !asked.contains_key(ticket)).collect();
    let left = waiting.len() > ASKED_AT_ONCE;
    let next: Vec<TicketNumber> = waiting.into_iter().take(ASKED_AT_ONCE).collect();
    let said = desk.read(move |r| store::said(r, &next)).await?;
    let round = Round {
        ids: recent.iter().map(|one| one.ticket.0).collect(),
        says: asked,
        asked: Vec::new(),
        pairs: Vec::new(),
        whole: !left,
    };
    let round = ask(desk, said, round).await?;
    let whole = round.whole;
    desk.write(move |tx| store::keep_asked(tx, &round.asked, &round.pairs, now))
        .await?;
    let pairs = desk.read(store::pairs).await?;
    settle(desk, clusters(&recent, &pairs)).await?;
    let place = if whole { newest.as_text() } else { "-".to_string() };
    desk.write(move |tx| house::put(tx, LOOKED, &format!("{} {place}", now.0)))
        .await
}

/// A look under way.
struct Round {
    /// All that are recent.
    ids: Vec<i64>,
    /// How much each says that was asked already.
    says: BTreeMap<TicketNumber, i64>,
    asked: Vec<(TicketNumber, i64)>,
    pairs: Vec<Pair>,
    /// Nothing is left for the next look.
    whole: bool,
}

/// Ranking is work for a processor, not for the threads that answer requests.
async fn ask(desk: &Desk, said: Vec<Said>, mut round: Round) -> Result<Round> {
    let asking = desk.clone();
    let asked = tokio::task::spawn_blocking(move || {
        for one in &said {
            round.ask(asking.index(), one).map_err(Error::fault)?;
        }
        Ok(round)
    });
    asked.await.map_err(Error::fault)?
}

impl Round {
    fn ask(&mut self, index: &Index, one: &Said) -> search::Result<()> {
        if !index.contains(TICKET, one.ticket.0)? {
            // The index has not got it yet.
            self.whole = false;
            return Ok(());
        }
        let says = if different_words(&one.text) < LEAST_WORDS {
            0
        } else {
            self.compare(index, one)?
        };
        self.says.insert(one.ticket, says);
        self.asked.push((one.ticket, says));
        Ok(())
    }

    /// Its own score is what a ticket would have that says all of it. Two are compared when the second of them is asked,
    /// against the longer: or every long ticket would be like every short one.
    fn compare(&mut self, index: &Index, one: &Said) -> search::Result<i64> {
        let found = index.alike(&Likeness {
            weights: MEASURE,
            only: Some(self.ids.clone()),
            limit: NEIGHBOURS + 1,
            ..Likeness::new(TICKET, &one.text, language(one.language))
        })?;
        let thousandths = |score: f32| (score * 1000.0) as i64;
        let own = found.iter().find(|near| near.id == one.ticket.0);
        let own = own.map_or(0, |near| thousandths(near.score));
        for near in found.iter().filter(|near| near.id != one.ticket.0) {
            let other = TicketNumber(near.id);
            let Some(says) = self.says.get(&other).copied().filter(|says| *says > 0) else {
                continue;
            };
            let share = thousandths(near.score) * 1000 / own.max(says).max(1);
            if share >= ALIKE {
                self.pairs.push(Pair {
                    ticket: one.ticket,
                    other,
                    share,
                });
            }
        }
        Ok(own)
    }
}

fn different_words(text: &str) -> usize {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2);
    words.collect::<BTreeSet<_>>().len()
}
