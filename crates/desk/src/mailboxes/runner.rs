//! The two loops that move letters: reading what was kept, sending what waits. They are woken by the log and look once
//! a second without being woken; what they do is safe to do twice, so a crash anywhere costs time and nothing else.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use db::Write;
use mail::outbound::Ended;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

use super::boxes;
use super::carrier::{self, Carrier, Means};
use super::intake;
use super::outbox::{self, Prepared};
use super::pacing::Pace;
use super::sending::{self, Own, Sending, Ways};
use super::sources::Fault;
use crate::access::Viewer;
use crate::clock::{MINUTE, Time};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{LetterId, OutgoingId, PersonId};
use crate::jobs::{self, Job, JobKind};

/// Letters read at the same time.
const READERS: usize = 16;
/// Letters sent at the same time: a slow start is kinder to a server that was down.
const SENDERS: usize = 4;
/// A fault of the letter, not of the moment: tried this often, then held.
const TRIES: i64 = 5;
/// Claimed this often and never finished: reading it ends the program, whatever the reason. It is held like any letter
/// that cannot be read, so that the desk can start and the other letters are read.
const CLAIMS: i64 = 30;
/// A letter that has no way out at all is looked at again then.
const NO_WAY: i64 = 5 * MINUTE;

#[derive(Clone)]
pub struct Runner {
    desk: Desk,
    carrier: Option<Carrier>,
}

impl Runner {
    /// Without a carrier letters are read, and what would leave waits, save where its mailbox has a way of its own.
    pub fn new(desk: Desk, carrier: Option<Carrier>) -> Runner {
        Runner { desk, carrier }
    }

    /// Works until `stop` says true (or its sender is gone), then finishes what is begun.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        // Who is alone with the database finds leases only of a process that died.
        if self.desk.db().is_alone()
            && let Err(e) = self.desk.write(jobs::take_back).await
        {
            tracing::warn!("letters in hand at the last stop wait until their leases end: {e}");
        }
        let desk = self.desk.clone();
        let reading = work(
            self.desk.clone(),
            |tx, now, limit| jobs::claim(tx, JobKind::ReadLetter, now, limit),
            READERS,
            stop.clone(),
            move |job| {
                let desk = desk.clone();
                async move { read_one(&desk, job).await }
            },
        );
        let sending = async {
            let hand = Arc::new(Hand::of(self.carrier.clone()));
            let desk = self.desk.clone();
            let claim: Claim = match self.carrier {
                Some(_) => |tx, now, limit| jobs::claim(tx, JobKind::SendLetter, now, limit),
                None => claim_own,
            };
            work(self.desk.clone(), claim, SENDERS, stop, move |job| {
                let (desk, hand) = (desk.clone(), Arc::clone(&hand));
                async move { send_one(&desk, &hand, job).await }
            })
            .await;
        };
        tokio::join!(reading, sending);
    }
}

type Claim = fn(&mut Write, Time, i64) -> Result<Vec<Job>>;

/// Without a server of the desk's only letters of mailboxes with one of their own can leave.
fn claim_own(tx: &mut Write, now: Time, limit: i64) -> Result<Vec<Job>> {
    if sending::any(tx)? {
        jobs::claim(tx, JobKind::SendLetter, now, limit)
    } else {
        Ok(Vec::new())
    }
}

/// Claims due jobs and runs each in a task, at most `most` at once.
async fn work<F, Fut>(desk: Desk, claim: Claim, most: usize, mut stop: watch::Receiver<bool>, run: F)
where
    F: Fn(Job) -> Fut,
    Fut: Future<Output = ()> + Send + 'static,
{
    let mut bell = desk.db().subscribe();
    let mut running = JoinSet::new();
    while !*stop.borrow() {
        bell.mark_unchanged();
        let room = most - running.len();
        let now = desk.now();
        let limit = i64::try_from(room).unwrap_or(1);
        let due = desk.write(move |tx| claim(tx, now, limit)).await.unwrap_or_default();
        let full = due.len() == room;
        for job in due {
            running.spawn(run(job));
        }
        if full {
            // Half of them first, so that one claim takes many.
            while running.len() > most / 2 {
                finished(running.join_next().await);
            }
            continue;
        }
        tokio::select! {
            done = running.join_next(), if !running.is_empty() => finished(done),
            heard = bell.changed() => if heard.is_err() { break },
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
            told = stop.changed() => if told.is_err() { break },
        }
    }
    while let Some(done) = running.join_next().await {
        finished(Some(done));
    }
}

fn finished(done: Option<Result<(), tokio::task::JoinError>>) {
    if let Some(Err(fault)) = done {
        tracing::error!("a job on a letter stopped; it is taken up again when its lease ends: {fault}");
    }
}

async fn read_one(desk: &Desk, job: Job) {
    let id = LetterId(job.subject);
    if job.attempts > CLAIMS {
        let cx = desk.context(Viewer::desk(PersonId(0)), None);
        return settle(desk, move |tx| {
            intake::give_up(tx, &cx, &job, "it was never read to its end")
        })
        .await;
    }
    let Err(error) = intake::read(desk, id, Some(job.clone())).await else {
        return;
    };
    let (now, cx) = (desk.now(), desk.context(Viewer::desk(PersonId(0)), None));
    let words = error.to_string();
    settle(desk, move |tx| match error {
        Error::NotFound => jobs::done(tx, job.id),
        Error::Busy | Error::Full => jobs::retry(tx, &job, now, &words),
        _ if job.attempts < TRIES => jobs::retry(tx, &job, now, &words),
        _ => intake::give_up(tx, &cx, &job, &words),
    })
    .await;
}

/// What all letters that leave share.
struct Hand {
    carrier: Option<Carrier>,
    ways: Ways,
    /// From a letter's last byte to the note that it left there is only ever one.
    turn: Mutex<()>,
    /// Letters that become files go nowhere.
    pace: Option<Pace>,
}

impl Hand {
    fn of(carrier: Option<Carrier>) -> Hand {
        let pace = (!matches!(carrier, Some(Carrier::Folder(_)))).then(Pace::default);
        Hand {
            carrier,
            ways: Ways::default(),
            turn: Mutex::new(()),
            pace,
        }
    }

    /// The way of its mailbox, where it has one of its own and letters leave at all.
    async fn own(&self, desk: &Desk, job: &Job) -> Result<Option<Own>> {
        if matches!(self.carrier, Some(Carrier::Folder(_))) {
            return Ok(None);
        }
        let id = OutgoingId(job.subject);
        let found = desk.read(move |r| {
            let Some(way) = sending::of_letter(r, id)? else {
                return Ok(None);
            };
            let address = boxes::find(r, way.mailbox)?.address;
            Ok(Some((way, address)))
        });
        let found = found.await?;
        Ok(found.map(|(way, address)| self.ways.own(desk, way, address)))
    }
}

async fn send_one(desk: &Desk, hand: &Hand, job: Job) {
    let retry = |e: Error| Err(mail::SendError::Retry(e.to_string().into()));
    let own = match hand.own(desk, &job).await {
        Ok(own) => own,
        Err(e) => return outcome(desk, job, None, retry(e)).await,
    };
    let Some(means) = Means::of(hand.carrier.as_ref(), own.as_ref()) else {
        let until = desk.now().plus(NO_WAY);
        return settle(desk, move |tx| jobs::postpone(tx, &job, until)).await;
    };
    // Asked before the letter is written: until then it can be taken back.
    let trip = match &hand.pace {
        None => None,
        Some(pace) => match pace.begin(desk, &job, own.as_ref()).await {
            Ok(Some(trip)) => Some(trip),
            Ok(None) => return,
            Err(e) => return outcome(desk, job, None, retry(e)).await,
        },
    };
    let end = |how| trip.map_or((), |trip| trip.end(how));
    let (house, now, claimed) = (desk.house(), desk.now(), job.clone());
    let prepared = desk.write(move |tx| outbox::prepare(tx, &house, now, &claimed)).await;
    let draft = match prepared {
        Ok(Prepared::Gone | Prepared::Wait(_)) => return end(Ended::Answered),
        Ok(Prepared::Ready(draft)) => *draft,
        Err(e) => {
            end(Ended::Answered);
            return outcome(desk, job, None, retry(e)).await;
        }
    };
    let note = |said: Result<String, mail::SendError>| {
        end(said.as_ref().map_or_else(mail::SendError::ended, |_| Ended::Answered));
        outcome(desk, job, own.as_ref().map(|own| own.way.clone()), said)
    };
    carrier::carry(desk, means, &hand.turn, draft, note).await;
}

/// What came of it, for the letter and for the way it took.
async fn outcome(desk: &Desk, job: Job, way: Option<Sending>, said: Result<String, mail::SendError>) {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    settle(desk, move |tx| {
        if let Some(way) = &way {
            tell_way(tx, cx.now, way, &said)?;
        }
        match said {
            Ok(words) => outbox::sent(tx, &job, cx.now, &words),
            // Not the letter's fault, and mended by a person: however long that takes, it is not given up.
            Err(mail::SendError::Retry(refusal)) if refusal.sign_in && way.is_some() => {
                outbox::wait(tx, cx.now, &job, &refusal.words)
            }
            Err(mail::SendError::Retry(refusal)) => outbox::later(tx, &cx, &job, &refusal.words),
            Err(mail::SendError::GiveUp(refusal)) => outbox::refused(tx, &cx, &job, &refusal.words),
        }
    })
    .await;
}

/// A refusal of one letter says nothing about the way; a door that stays closed or a line that breaks does.
fn tell_way(tx: &mut Write, now: Time, way: &Sending, said: &Result<String, mail::SendError>) -> Result<()> {
    let (fault, refusal) = match said {
        Ok(_) | Err(mail::SendError::GiveUp(_)) => return sending::went_well(tx, way, now),
        // "Too many sign-ins just now" is no closed door yet.
        Err(mail::SendError::Retry(r)) if r.sign_in && r.code.is_some_and(|code| code < 500) => (Fault::Refused, r),
        Err(mail::SendError::Retry(r)) if r.sign_in => (Fault::SignIn, r),
        Err(mail::SendError::Retry(r)) if r.code.is_none() => (Fault::Line, r),
        Err(mail::SendError::Retry(_)) => return Ok(()),
    };
    sending::failed(tx, way, now, fault, &refusal.words)
}

/// Writes down how a job ended. If that fails too, the lease runs out and the job is taken up again.
async fn settle(desk: &Desk, body: impl FnOnce(&mut Write) -> Result<()> + Send + 'static) {
    if let Err(e) = desk.write(body).await {
        tracing::warn!("the end of a job could not be written down; it will be taken up again: {e}");
    }
}
