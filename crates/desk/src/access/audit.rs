//! The audit log: appended to, never changed, each row carrying the hash of the one before. Editing or removing a row
//! breaks the chain, and `verify` says where.

use db::{Read, Write, args};
use sha2::{Digest, Sha256};

use crate::clock::Time;
use crate::error::Result;
use crate::ids::PersonId;

db::table! {
    struct Row { id: i64, at: Time, actor: Option<PersonId>, action: String, subject: String, data: String, previous: String, hash: String }
}

/// Adds a line in the transaction of the fact it records.
pub fn record(
    tx: &mut Write,
    at: Time,
    actor: Option<PersonId>,
    action: &'static str,
    subject: &str,
    data: &str,
) -> Result<()> {
    // The head row is locked by the update, so two writers never chain to the same line.
    tx.exec(
        "INSERT INTO setting (name, value) VALUES ('audit-head', '') ON CONFLICT (name) DO UPDATE SET value = setting.value",
        &[],
    )?;
    let previous: String = tx.one("SELECT value FROM setting WHERE name = 'audit-head'", &[])?;
    let hash = link(&previous, at, actor, action, subject, data);
    tx.exec(
        "INSERT INTO audit (at, actor, action, subject, data, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args![at, actor, action, subject, data, previous.as_str(), hash.as_str()],
    )?;
    tx.exec(
        "UPDATE setting SET value = $1 WHERE name = 'audit-head'",
        &args![hash.as_str()],
    )?;
    Ok(())
}

fn link(previous: &str, at: Time, actor: Option<PersonId>, action: &str, subject: &str, data: &str) -> String {
    let mut hash = Sha256::new();
    let actor = actor.map_or(String::new(), |a| a.to_string());
    for part in [previous, &at.0.to_string(), &actor, action, subject, data] {
        // Lengths first, so that no two different rows read the same.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// Walks the chain. `Ok(None)` when it is whole; otherwise the id of the first row that does not fit.
pub fn verify(r: &mut Read) -> Result<Option<i64>> {
    let (mut previous, mut after) = (String::new(), 0);
    loop {
        let rows: Vec<Row> = r.query(
            "SELECT id, at, actor, action, subject, data, previous, hash FROM audit WHERE id > $1 ORDER BY id LIMIT 1000",
            &args![after],
        )?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let expected = link(&previous, row.at, row.actor, &row.action, &row.subject, &row.data);
            if row.previous != previous || row.hash != expected {
                return Ok(Some(row.id));
            }
            (previous, after) = (row.hash, row.id);
        }
    }
    let head: Option<String> = r.maybe("SELECT value FROM setting WHERE name = 'audit-head'", &[])?;
    Ok((head.unwrap_or_default() != previous).then_some(after))
}
