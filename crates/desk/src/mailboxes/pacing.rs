//! The pace of each destination: a domain that asks for another time, or that cannot be reached, is left alone for a
//! while, and the letters to others go on.

use std::sync::{Arc, Mutex, PoisonError};

use db::args;
use mail::outbound::{Destinations, Ended, May};

use super::sending::Own;
use crate::clock::Time;
use crate::desk::Desk;
use crate::error::Result;
use crate::jobs::{self, Job};

/// What is known of the destinations since this process began.
#[derive(Clone, Default)]
pub(super) struct Pace(Arc<Mutex<Destinations>>);

/// A letter on its way; it counts until it ended, however that comes about.
pub(super) struct Trip {
    pace: Pace,
    desk: Desk,
    place: String,
    how: Ended,
}

impl Pace {
    /// Lets the letter of a claimed job begin, or puts the job off until its destination may be tried. A letter that goes
    /// by its mailbox's own server goes to that one place, wherever it is to arrive in the end.
    pub(super) async fn begin(&self, desk: &Desk, job: &Job, own: Option<&Own>) -> Result<Option<Trip>> {
        let place = match own {
            Some(own) => own.place(),
            None => domain_of(desk, job).await?,
        };
        let may = self.with(|all| all.may_start(&place, desk.now().0));
        if let May::Wait(until) = may {
            let job = job.clone();
            desk.write(move |tx| jobs::postpone(tx, &job, Time(until))).await?;
            return Ok(None);
        }
        Ok(Some(Trip {
            pace: self.clone(),
            desk: desk.clone(),
            place,
            how: Ended::Line,
        }))
    }

    fn with<T>(&self, ask: impl FnOnce(&mut Destinations) -> T) -> T {
        ask(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn domain_of(desk: &Desk, job: &Job) -> Result<String> {
    let id = job.subject;
    let to: Option<String> = desk
        .read(move |r| Ok(r.maybe("SELECT recipient FROM outgoing WHERE id = $1", &args![id])?))
        .await?;
    let domain = to.as_deref().and_then(|to| to.rsplit_once('@')).map_or("", |(_, d)| d);
    Ok(domain.to_string())
}

impl Trip {
    pub(super) fn end(mut self, how: Ended) {
        self.how = how;
    }
}

impl Drop for Trip {
    fn drop(&mut self) {
        let now = self.desk.now().0;
        self.pace.with(|all| all.ended(&self.place, self.how, now));
    }
}
