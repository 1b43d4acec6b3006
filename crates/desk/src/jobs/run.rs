//! Jobs of the trade that send nothing themselves: closing what has been solved and quiet for seven days, bringing back
//! what was put away until now, writing planned replies, the letters of reports and those to whoever was named into the
//! outbox, telling everybody a problem affects, looking for groups of similar tickets, and sweeping out rows nobody needs any
//! more.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use db::Write;

use super::queue::{self, Job, JobKind};
use crate::access::Viewer;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;
use crate::ids::{ArticleId, CertificationId, MentionId, PersonId, PlannedId, TellingId, TicketNumber};
use crate::{chat, competence, knowledge, once, problems, reports, sign_in, tickets};

type OfSubject = fn(&mut Write, &Context, i64) -> Result<()>;

/// Each is safe to run twice, and does nothing to what it no longer fits.
const VERBS: [(JobKind, OfSubject); 8] = [
    (JobKind::CloseSolved, |tx, cx, id| {
        tickets::close_when_quiet(tx, cx, TicketNumber(id))
    }),
    (JobKind::WakeTicket, |tx, cx, id| {
        tickets::wake_when_due(tx, cx, TicketNumber(id))
    }),
    (JobKind::SendPlanned, |tx, cx, id| {
        tickets::send_when_due(tx, cx, PlannedId(id))
    }),
    (JobKind::TellNamed, |tx, cx, id| {
        tickets::tell_when_due(tx, cx, MentionId(id))
    }),
    (JobKind::RemindReview, |tx, cx, id| {
        knowledge::remind_when_due(tx, cx, ArticleId(id))
    }),
    (JobKind::TellAffected, |tx, cx, id| {
        problems::tell_when_due(tx, cx, TellingId(id))
    }),
    (JobKind::RemindCertification, |tx, cx, id| {
        competence::remind_when_due(tx, cx, CertificationId(id))
    }),
    (JobKind::RecomputeClocks, |tx, cx, id| {
        tickets::recompute_clocks(tx, cx, TicketNumber(id))
    }),
];

/// Runs until `stop` resolves.
pub async fn run(desk: Desk, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    loop {
        if let Err(e) = run_due(&desk).await {
            tracing::error!(error = %e, "due jobs could not be run; they are tried again");
        }
        tokio::select! {
            () = &mut stop => break,
            () = tokio::time::sleep(Duration::from_secs(20)) => {}
        }
    }
}

/// Everything that is due now; safe to call from two nodes at once.
pub async fn run_due(desk: &Desk) -> Result<()> {
    let now = desk.now();
    for (kind, verb) in VERBS {
        loop {
            let jobs = desk.write(move |tx| queue::claim(tx, kind, now, 100)).await?;
            if jobs.is_empty() {
                break;
            }
            for job in jobs {
                if let Err(e) = run_one(desk, &job, verb).await {
                    // One job that cannot be done keeps no other back.
                    tracing::warn!(error = %e, kind = %job.kind, subject = job.subject, "a job failed; it is tried again");
                    desk.write(move |tx| queue::retry(tx, &job, now, &e.to_string()))
                        .await?;
                }
            }
        }
    }
    tickets::ring_due(desk).await?;
    reports::mail_due(desk).await?;
    chat::sweep(desk).await?;
    problems::look_for_groups(desk).await?;
    desk.write(move |tx| {
        sign_in::sweep(tx, now)?;
        once::sweep(tx, now)
    })
    .await
}

async fn run_one(desk: &Desk, job: &Job, verb: OfSubject) -> Result<()> {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let job = job.clone();
    desk.write(move |tx| {
        verb(tx, &cx, job.subject)?;
        queue::done(tx, job.id)
    })
    .await
}
