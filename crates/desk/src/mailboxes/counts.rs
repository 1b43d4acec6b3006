//! Counts of the ledger and the outbox for the side bar, `/metrics` and `check`. They tell how much, never what.

use db::{Read, args};
use sha2::{Digest, Sha256};

use super::intake::LetterState;
use crate::error::Result;
use crate::ids::LetterId;

#[derive(Clone, Copy, Debug, Default)]
pub struct MailCounts {
    pub kept: i64,
    pub held: i64,
    pub outgoing_waiting: i64,
    pub outgoing_failed: i64,
}

fn of(r: &mut Read, state: LetterState) -> Result<i64> {
    Ok(r.one(
        "SELECT count(*) FROM (SELECT 1 AS one FROM letter WHERE state = $1 LIMIT 1000) AS counted",
        &args![state],
    )?)
}

pub fn counts(r: &mut Read) -> Result<MailCounts> {
    Ok(MailCounts {
        kept: of(r, LetterState::Kept)?,
        held: of(r, LetterState::Held)?,
        outgoing_waiting: r.one("SELECT count(*) FROM outgoing WHERE state = 'waiting'", &[])?,
        outgoing_failed: r.one("SELECT count(*) FROM outgoing WHERE state = 'failed'", &[])?,
    })
}

/// Letters whose bytes are no longer those that came.
pub fn damaged_letters(r: &mut Read) -> Result<Vec<LetterId>> {
    let (mut damaged, mut after) = (Vec::new(), LetterId(0));
    loop {
        let rows: Vec<(LetterId, String, Option<Vec<u8>>)> = r.query(
            "SELECT l.id, l.sha256, w.raw FROM letter l LEFT JOIN letter_raw w ON w.letter = l.id
             WHERE l.id > $1 ORDER BY l.id LIMIT 50",
            &args![after],
        )?;
        let Some((last, _, _)) = rows.last() else {
            return Ok(damaged);
        };
        after = *last;
        for (id, digest, raw) in rows {
            let sound = raw.is_some_and(|raw| data_encoding::HEXLOWER.encode(&Sha256::digest(&raw)) == digest);
            if !sound {
                damaged.push(id);
            }
        }
    }
}
