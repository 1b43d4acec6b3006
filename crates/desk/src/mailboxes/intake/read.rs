//! The job that reads a kept letter. Reading and storing its files happen outside of any transaction; what follows
//! from it is one transaction that also ends the job.

use std::sync::Arc;

use db::{Read, Write, args};
use mail::vouch::{Verdict, Vouched};

use super::decide::decide;
use super::keep::{LetterState, Way};
use super::outcome::{BROUGHT_OLD, RELEASED_NEW, RELEASED_TICKET, hold_unread, split_reason, write_down};
use super::refresh::refresh;
use super::room::SMALL;
use crate::access::Viewer;
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::files;
use crate::house::House;
use crate::ids::{LetterId, MailboxId, PersonId, TeamId, TicketNumber};
use crate::jobs::{self, Job};
use crate::mailboxes::boxes::{self, Mailbox};
use crate::mailboxes::gist::{Gist, gist_of};
use crate::mailboxes::vouching;
use crate::tickets::NewFile;

db::table! {
    #[derive(Clone, Debug)]
    pub(super) struct Arrived {
        id: LetterId,
        received_at: Time,
        mailbox: Option<MailboxId>,
        envelope_from: String,
        envelope_to: String,
        way: Way,
        peer: String,
        bytes: i64,
        sha256: String,
        state: LetterState,
        reason: String,
        ticket: Option<TicketNumber>,
    }
}

/// Everything the decision needs besides the letter itself.
pub(super) struct Hand {
    pub arrived: Arrived,
    pub recipients: Vec<String>,
    pub mailbox: Option<Mailbox>,
    /// When what the letter says was said: for one out of a file, long ago.
    pub now: Time,
    pub today: Time,
    pub house: Arc<House>,
    pub files: Vec<NewFile>,
    /// What the name servers say of its sender, if they were asked.
    pub vouched: Option<Vouched>,
    /// As it came.
    pub raw: Arc<Vec<u8>>,
}

impl Hand {
    /// The desk, acting in the name of `person`.
    pub(super) fn desk(&self, person: PersonId) -> Context {
        Context {
            viewer: Viewer::desk(person),
            now: self.now,
            house: Arc::clone(&self.house),
            request: None,
        }
    }

    /// Out of a file, and nobody has said since what is to be done with it: it changes nothing of today.
    pub(super) fn is_old_news(&self) -> bool {
        self.arrived.way == Way::File && self.released().is_none()
    }

    /// The desk now, whenever the letter was written.
    pub(super) fn desk_today(&self) -> Context {
        Context {
            now: self.today,
            ..self.desk(PersonId(0))
        }
    }

    /// Too old to be anybody's turn.
    pub(super) fn is_long_ago(&self) -> bool {
        self.is_old_news() && split_reason(&self.arrived.reason).0 == BROUGHT_OLD
    }

    /// The sender as the conversation named it; a letter that was fetched or read from a file came without one.
    pub(super) fn envelope_from(&self) -> Option<&str> {
        let told = matches!(self.arrived.way, Way::Smtp | Way::Lmtp) || !self.arrived.envelope_from.is_empty();
        told.then_some(self.arrived.envelope_from.as_str())
    }

    /// What a technician said when he released it.
    pub(super) fn released(&self) -> Option<&'static str> {
        let key = split_reason(&self.arrived.reason).0;
        [RELEASED_TICKET, RELEASED_NEW].into_iter().find(|k| *k == key)
    }
}

/// Reads one letter and ends its job, if it came with one.
pub async fn read(desk: &Desk, id: LetterId, job: Option<Job>) -> Result<LetterState> {
    // What it weighs comes first; with it the bytes themselves, if they are few.
    let (bytes, small): (i64, Option<Vec<u8>>) = desk
        .read(move |r| {
            Ok(r.one(
                "SELECT l.bytes, CASE WHEN l.bytes <= $2 THEN w.raw END FROM letter l
                 JOIN letter_raw w ON w.letter = l.id WHERE l.id = $1",
                &args![id, SMALL],
            )?)
        })
        .await?;
    let _room = desk.reading_room().enter(bytes).await?;
    let raw = match small {
        Some(raw) => raw,
        None => {
            let whole = "SELECT raw FROM letter_raw WHERE letter = $1";
            desk.read(move |r| Ok(r.one(whole, &args![id])?)).await?
        }
    };
    let store = desk.files().clone();
    let raw = Arc::new(raw);
    let bytes = Arc::clone(&raw);
    let read = tokio::task::spawn_blocking(move || understand(&bytes, &store)).await;
    let (gist, files) = read.map_err(|e| Error::fault(format!("reading stopped: {e}")))??;
    let from = gist.letter.from.as_ref().map(|f| f.address.as_str());
    let vouched = vouching::ask(desk, id, from, &raw).await?;
    let (now, house) = (desk.now(), desk.house());
    if let (Some(asked), Some(job)) = (&vouched, &job)
        && asked.dmarc == Verdict::TempError
        && job.attempts <= vouching::TRIES_AGAIN
    {
        let (job, words) = (job.clone(), asked.words.clone());
        desk.write(move |tx| jobs::retry(tx, &job, now, &words)).await?;
        return Ok(LetterState::Kept);
    }
    desk.write(move |tx| {
        let state = settle(tx, &house, now, id, (&gist, &files, raw), vouched)?;
        if let Some(job) = &job {
            jobs::done(tx, job.id)?;
        }
        Ok(state)
    })
    .await
}

/// What it says, and its files, stored and synced.
fn understand(raw: &[u8], store: &files::Store) -> Result<(Gist, Vec<NewFile>)> {
    let mut gist = gist_of(raw);
    let mut kept = Vec::with_capacity(gist.files.len());
    for file in &mut gist.files {
        let sha256 = store.put(&file.bytes)?;
        kept.push(NewFile {
            name: file.name.clone(),
            mime: file.mime.clone(),
            bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            sha256,
            content_id: file.content_id.clone(),
        });
    }
    Ok((gist, kept))
}

/// One transaction: decide, do it, write it down. A letter that has been read already stays as it is.
fn settle(
    tx: &mut Write,
    house: &Arc<House>,
    now: Time,
    id: LetterId,
    (gist, files, raw): (&Gist, &[NewFile], Arc<Vec<u8>>),
    vouched: Option<Vouched>,
) -> Result<LetterState> {
    // The update takes the row: a second reader waits here, and then finds nothing left to do.
    let taken: Option<Arrived> = tx.maybe(
        "UPDATE letter SET read_at = $2 WHERE id = $1 AND state = 'kept'
         RETURNING id, received_at, mailbox, envelope_from, envelope_to, way, peer, bytes, sha256, state, reason, ticket",
        &args![id, now],
    )?;
    let cx = Context {
        viewer: Viewer::desk(PersonId(0)),
        now,
        house: Arc::clone(house),
        request: None,
    };
    let Some(arrived) = taken else {
        return match refresh(tx, &cx, id, gist, files)? {
            Some(state) => Ok(state),
            None => Ok(tx.one("SELECT state FROM letter WHERE id = $1", &args![id])?),
        };
    };
    if let Some(vouched) = &vouched {
        vouching::note(tx, id, vouched)?;
    }
    let recipients: Vec<String> = serde_json::from_str(&arrived.envelope_to).unwrap_or_default();
    let mailbox = mailbox_of(tx, &arrived, &recipients)?;
    let said_at = match arrived.way {
        Way::File => arrived.received_at,
        _ => now,
    };
    let hand = Hand {
        arrived,
        recipients,
        mailbox,
        now: said_at,
        today: now,
        house: Arc::clone(house),
        files: files.to_vec(),
        vouched,
        raw,
    };
    let outcome = decide(tx, &hand, gist)?;
    write_down(tx, id, gist, &hand.arrived.envelope_from, &outcome)?;
    // What waits for a technician's word must be told; the ledger shows what became of every other one.
    let kind = if outcome.state == LetterState::Held {
        EventKind::LetterHeld
    } else {
        EventKind::LetterRead
    };
    let fact = Fact::new(kind).about(id.0);
    let fact = match outcome.ticket.filter(|_| outcome.state == LetterState::Held) {
        // Its ticket says that it waits.
        Some(ticket) => fact.on(ticket, team_of(tx, ticket)?),
        None => fact,
    };
    events::record(tx, &cx, fact)?;
    Ok(outcome.state)
}

fn team_of(r: &mut Read, ticket: TicketNumber) -> Result<Option<TeamId>> {
    Ok(r.one("SELECT team FROM ticket WHERE number = $1", &args![ticket])?)
}

fn mailbox_of(r: &mut Read, arrived: &Arrived, recipients: &[String]) -> Result<Option<Mailbox>> {
    if let Some(id) = arrived.mailbox {
        return boxes::find(r, id).map(Some);
    }
    for recipient in recipients {
        if let Some(mailbox) = boxes::find_by_recipient(r, recipient)? {
            return Ok(Some(mailbox));
        }
    }
    Ok(None)
}

/// It failed for good: the letter is held with the reason, and the job ends.
pub fn give_up(tx: &mut Write, cx: &Context, job: &Job, words: &str) -> Result<()> {
    hold_unread(tx, LetterId(job.subject), cx.now, words)?;
    events::record(tx, cx, Fact::new(EventKind::LetterHeld).about(job.subject))?;
    jobs::give_up(tx, job, words)
}
