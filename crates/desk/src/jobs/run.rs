//! Jobs of the trade that send nothing themselves: closing what has been solved and quiet for seven days, writing the
//! letters of reports into the outbox, and sweeping out rows nobody needs any more.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use db::args;

use super::queue::{self, Job, JobKind};
use crate::access::Viewer;
use crate::clock::DAY;
use crate::desk::Desk;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};
use crate::{chat, reports, sign_in, tickets};

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
    loop {
        let jobs = desk
            .write(move |tx| queue::claim(tx, JobKind::CloseSolved, now, 100))
            .await?;
        if jobs.is_empty() {
            break;
        }
        for job in jobs {
            close(desk, job).await?;
        }
    }
    reports::mail_due(desk).await?;
    chat::sweep(desk).await?;
    desk.write(move |tx| {
        sign_in::sweep(tx, now)?;
        tx.exec("DELETE FROM idempotency WHERE at < $1", &args![now.plus(-DAY)])?;
        Ok(())
    })
    .await
}

async fn close(desk: &Desk, job: Job) -> Result<()> {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    desk.write(move |tx| {
        tickets::close_when_quiet(tx, &cx, TicketNumber(job.subject))?;
        queue::done(tx, job.id)
    })
    .await
}
