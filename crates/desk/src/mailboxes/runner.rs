//! The two loops that move letters: reading what was kept, sending what waits. They are woken by the log and look once
//! a second without being woken; what they do is safe to do twice, so a crash anywhere costs time and nothing else.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use db::Write;
use mail::outbound::Ended;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

use super::carrier::{self, Carrier};
use super::intake;
use super::outbox::{self, Prepared};
use super::pacing::Pace;
use crate::access::Viewer;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{LetterId, PersonId};
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

#[derive(Clone)]
pub struct Runner {
    desk: Desk,
    carrier: Option<Carrier>,
}

impl Runner {
    /// Without a carrier letters are read, and what would leave waits.
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
            JobKind::ReadLetter,
            READERS,
            stop.clone(),
            move |job| {
                let desk = desk.clone();
                async move { read_one(&desk, job).await }
            },
        );
        let sending = async {
            let Some(carrier) = self.carrier.clone() else { return };
            let (desk, hand) = (self.desk.clone(), Arc::new(Hand::of(carrier)));
            work(self.desk.clone(), JobKind::SendLetter, SENDERS, stop, move |job| {
                let (desk, hand) = (desk.clone(), Arc::clone(&hand));
                async move { send_one(&desk, &hand, job).await }
            })
            .await;
        };
        tokio::join!(reading, sending);
    }
}

/// Claims due jobs of one kind and runs each in a task, at most `most` at once.
async fn work<F, Fut>(desk: Desk, kind: JobKind, most: usize, mut stop: watch::Receiver<bool>, run: F)
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
        let due = desk
            .write(move |tx| jobs::claim(tx, kind, now, limit))
            .await
            .unwrap_or_default();
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
    carrier: Carrier,
    /// From a letter's last byte to the note that it left there is only ever one.
    turn: Mutex<()>,
    /// Letters that become files go nowhere.
    pace: Option<Pace>,
}

impl Hand {
    fn of(carrier: Carrier) -> Hand {
        let pace = matches!(carrier, Carrier::Relay(_)).then(Pace::default);
        Hand {
            carrier,
            turn: Mutex::new(()),
            pace,
        }
    }
}

async fn send_one(desk: &Desk, hand: &Hand, job: Job) {
    // Asked before the letter is written: until then it can be taken back.
    let trip = match &hand.pace {
        None => None,
        Some(pace) => match pace.begin(desk, &job).await {
            Ok(Some(trip)) => Some(trip),
            Ok(None) => return,
            Err(e) => return outcome(desk, job, Err(mail::SendError::Retry(e.to_string().into()))).await,
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
            return outcome(desk, job, Err(mail::SendError::Retry(e.to_string().into()))).await;
        }
    };
    let note = |said: Result<String, mail::SendError>| {
        end(said.as_ref().map_or_else(mail::SendError::ended, |_| Ended::Answered));
        outcome(desk, job, said)
    };
    carrier::carry(desk, &hand.carrier, &hand.turn, draft, note).await;
}

async fn outcome(desk: &Desk, job: Job, said: Result<String, mail::SendError>) {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    settle(desk, move |tx| match said {
        Ok(words) => outbox::sent(tx, &job, cx.now, &words),
        Err(mail::SendError::Retry(refusal)) => outbox::later(tx, &cx, &job, &refusal.words),
        Err(mail::SendError::GiveUp(refusal)) => {
            outbox::failed_for_good(tx, &cx, crate::ids::OutgoingId(job.subject), &refusal.words)?;
            jobs::done(tx, job.id)
        }
    })
    .await;
}

/// Writes down how a job ended. If that fails too, the lease runs out and the job is taken up again.
async fn settle(desk: &Desk, body: impl FnOnce(&mut Write) -> Result<()> + Send + 'static) {
    if let Err(e) = desk.write(body).await {
        tracing::warn!("the end of a job could not be written down; it will be taken up again: {e}");
    }
}
