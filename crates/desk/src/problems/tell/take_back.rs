//! Taking the telling back: nobody else is told, and each reply whose letter still waits is withdrawn with its solving.
//! What has left stays; such a ticket stays solved.

use db::{Write, args};

use super::TellingState;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::ids::{EventId, ProblemNumber, TellingId, TicketNumber};
use crate::tickets;

/// For the Undo of a solving, which has held the problem and has its event.
///
/// No event: each ticket has its own, and so has the problem.
pub(in crate::problems) fn take_back(
    tx: &mut Write,
    cx: &Context,
    number: ProblemNumber,
    solving: &Event,
) -> Result<()> {
    let Some(telling) = of_event(tx, number, solving.id)? else {
        return Ok(());
    };
    tx.exec("UPDATE telling SET stopped = TRUE WHERE id = $1", &args![telling])?;
    let told: Vec<(TicketNumber, EventId)> = tx.query(
        "SELECT ticket, event FROM telling_ticket WHERE telling = $1 AND state = $2 AND event IS NOT NULL ORDER BY ticket",
        &args![telling, TellingState::Told],
    )?;
    for (ticket, event) in told {
        let back = match tx.attempt(|tx| tickets::undo(tx, cx, event)) {
            Ok(_) => true,
            // Its letter has left, or somebody has worked on it since, or it is not his to work on.
            Err(Error::Conflict(_) | Error::NotFound | Error::Refused(_)) => false,
            Err(other) => return Err(other),
        };
        if back {
            tx.exec(
                "UPDATE telling_ticket SET state = $3 WHERE telling = $1 AND ticket = $2",
                &args![telling, ticket, TellingState::TakenBack],
            )?;
        }
    }
    tx.exec(
        "UPDATE telling_ticket SET state = $2 WHERE telling = $1 AND state = $3",
        &args![telling, TellingState::TakenBack, TellingState::Waiting],
    )?;
    Ok(())
}

fn of_event(tx: &mut Write, number: ProblemNumber, event: EventId) -> Result<Option<TellingId>> {
    Ok(tx.maybe(
        "SELECT id FROM telling WHERE event = $1 AND problem = $2",
        &args![event, number],
    )?)
}
