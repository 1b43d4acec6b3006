//! The table of jobs. A node claims what is due under a lease; a node that dies lets the lease run out and another
//! takes the job up.

use db::{Read, Write, args};

use crate::clock::{MINUTE, SECOND, Time};
use crate::error::Result;
use crate::ids::JobId;

db::text_enum! {
    pub enum JobKind {
        /// Read a kept letter; the subject is the letter.
        ReadLetter => "read_letter",
        /// Send an outgoing letter; the subject is its row.
        SendLetter => "send_letter",
        /// Close a ticket that has been solved for seven days; the subject is its number.
        CloseSolved => "close_solved",
        /// Write the letter of a report; the subject is the subscription.
        MailReport => "mail_report",
        /// Bring back a ticket that was put away; the subject is its number.
        WakeTicket => "wake_ticket",
        /// Send a reply that was planned; the subject is its row.
        SendPlanned => "send_planned",
        /// Tell somebody who was named in a message and has not looked; the subject is the mention.
        TellNamed => "tell_named",
        /// Tell the owner of an article that its review comes or is due; the subject is the article.
        RemindReview => "remind_review",
        /// Go on telling everybody a problem affects that it is solved; the subject is the telling.
        TellAffected => "tell_affected",
        /// Look for the words inside a file of an article; the subject is the file.
        ReadManual => "read_manual",
        /// Tell somebody that his certification ends; the subject is the certification.
        RemindCertification => "remind_certification",
        /// Compute the clocks of open tickets anew; the subject is the last number that is done.
        RecomputeClocks => "recompute_clocks",
    }
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct Job { pub id: JobId, pub kind: JobKind, pub subject: i64, pub attempts: i64 }
}

/// How long a node may work on a job before another takes it up. A server may take ten minutes over a letter.
fn lease(kind: JobKind) -> i64 {
    match kind {
        JobKind::SendLetter => 15 * MINUTE,
        _ => 2 * MINUTE,
    }
}

pub fn enqueue(tx: &mut Write, kind: JobKind, subject: i64, run_at: Time) -> Result<()> {
    tx.exec(
        "INSERT INTO job (kind, subject, run_at) VALUES ($1, $2, $3)",
        &args![kind, subject, run_at],
    )?;
    tx.announce();
    Ok(())
}

/// Takes up to `limit` due jobs of one kind, oldest first. Two nodes never take the same one: the second finds the
/// lease already set.
pub fn claim(tx: &mut Write, kind: JobKind, now: Time, limit: i64) -> Result<Vec<Job>> {
    let due: Vec<JobId> = tx.query(
        "SELECT id FROM job WHERE state = 'waiting' AND run_at <= $1 AND kind = $2 AND lease_until < $1
         ORDER BY run_at, id LIMIT $3",
        &args![now, kind, limit],
    )?;
    let mut mine = Vec::with_capacity(due.len());
    for id in due {
        let job: Option<Job> = tx.maybe(
            "UPDATE job SET lease_until = $2, attempts = attempts + 1
             WHERE id = $1 AND state = 'waiting' AND lease_until < $3 RETURNING id, kind, subject, attempts",
            &args![id, now.plus(lease(kind)), now],
        )?;
        mine.extend(job);
    }
    Ok(mine)
}

/// Frees what a process that is gone had in hand. Only for a node that is alone with its database, and before it claims
/// anything itself: then nobody else holds a lease, and no letter waits for one of the dead to run out.
pub fn take_back(tx: &mut Write) -> Result<()> {
    tx.exec("UPDATE job SET lease_until = 0 WHERE lease_until > 0", &[])?;
    Ok(())
}

pub fn done(tx: &mut Write, id: JobId) -> Result<()> {
    tx.exec("DELETE FROM job WHERE id = $1", &args![id])?;
    Ok(())
}

/// Try again later: 10 s, then twice as long each time, at most an hour.
pub fn retry(tx: &mut Write, job: &Job, now: Time, words: &str) -> Result<()> {
    let doublings = u32::try_from(job.attempts.clamp(1, 10) - 1).unwrap_or(0);
    let wait = (10 * SECOND).saturating_mul(1 << doublings).min(60 * MINUTE);
    tx.exec(
        "UPDATE job SET run_at = $2, lease_until = 0, words = $3 WHERE id = $1",
        &args![job.id, now.plus(wait), words],
    )?;
    Ok(())
}

/// It was not its turn: the claim counts as no attempt.
pub fn postpone(tx: &mut Write, job: &Job, until: Time) -> Result<()> {
    tx.exec(
        "UPDATE job SET run_at = $2, lease_until = 0, attempts = attempts - 1 WHERE id = $1",
        &args![job.id, until],
    )?;
    Ok(())
}

/// It will never work: kept for the operator to see, with the reason.
pub fn give_up(tx: &mut Write, job: &Job, words: &str) -> Result<()> {
    tx.exec(
        "UPDATE job SET state = 'given_up', lease_until = 0, words = $2 WHERE id = $1",
        &args![job.id, words],
    )?;
    Ok(())
}

/// How many wait and how many were given up: for `/metrics` and the state of the system.
pub fn counts(r: &mut Read) -> Result<(i64, i64)> {
    let waiting = r.one("SELECT count(*) FROM job WHERE state = 'waiting'", &[])?;
    let given_up = r.one("SELECT count(*) FROM job WHERE state = 'given_up'", &[])?;
    Ok((waiting, given_up))
}
