//! Jobs that were given up: what they said, and one more try when an administrator says so.

use db::{Read, Sql, Write, args};

use super::queue::{self, JobKind};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{JobId, LetterId};
use crate::mailboxes::ledger;

/// More than a person reads on one page.
const SHOWN: i64 = 50;

db::table! {
    #[derive(Clone, Debug)]
    pub struct GivenUp {
        pub id: JobId,
        pub kind: JobKind,
        /// The letter, the outgoing letter or the ticket it is about.
        pub subject: i64,
        pub attempts: i64,
        pub run_at: Time,
        /// What was said when it failed last.
        pub words: String,
    }
}

/// The newest first.
pub fn given_up(r: &mut Read, cx: &Context) -> Result<Vec<GivenUp>> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut sql = Sql::new("SELECT id, kind, subject, attempts, run_at, words FROM job WHERE kind IN (");
    sql.bind_list(JobKind::ALL.iter().copied());
    sql.push(") AND state = 'given_up' ORDER BY run_at DESC, id DESC LIMIT ")
        .bind(SHOWN);
    Ok(r.query_sql(&sql)?)
}

/// Has a job that was given up tried once more, from the beginning.
pub fn try_again(tx: &mut Write, cx: &Context, id: JobId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let job: GivenUp = tx.one(
        "SELECT id, kind, subject, attempts, run_at, words FROM job WHERE id = $1 AND state = 'given_up'",
        &args![id],
    )?;
    let subject = format!("{} {}", job.kind, job.subject);
    access::audit(tx, cx.now, Some(cx.viewer.person), "job-again", &subject, &job.words)?;
    if job.kind == JobKind::ReadLetter {
        return read_again(tx, cx, &job);
    }
    tx.exec(
        "UPDATE job SET state = 'waiting', attempts = 0, lease_until = 0, run_at = $2 WHERE id = $1",
        &args![id, cx.now],
    )?;
    tx.announce();
    Ok(())
}

/// A letter that could not be read was held; it has a job of its own once it is read again.
fn read_again(tx: &mut Write, cx: &Context, job: &GivenUp) -> Result<()> {
    queue::done(tx, job.id)?;
    match ledger::read_again(tx, cx, LetterId(job.subject)) {
        // Somebody has let it in meanwhile: then nothing is left to do.
        Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        other => other,
    }
}
