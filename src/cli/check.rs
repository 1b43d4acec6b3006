//! `firstline check`: reads everything back and says what does not fit.

use anyhow::{Result, bail};
use clap::Args;
use desk::{Desk, TicketNumber, access, tickets};

use super::{Where, progress, say};
use crate::config::Place;
use crate::open;

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    place: Where,
}

pub fn run(args: &CheckArgs) -> Result<()> {
    let (_, place) = args.place.place()?;
    if place.database.is_none() && !place.sqlite_file().exists() {
        bail!("{} holds no desk", place.folder.display());
    }
    let desk = open::desk_beside(&place)?;
    let mut faults = desk.db().check()?;
    faults.extend(audit(&desk)?);
    faults.extend(files(&desk)?);
    faults.extend(letters(&desk)?);
    faults.extend(index(&desk, &place)?);
    if faults.is_empty() {
        return say("everything fits: database, audit chain, files, letters, index");
    }
    for fault in &faults {
        say(fault)?;
    }
    bail!("{} faults found", faults.len());
}

fn audit(desk: &Desk) -> Result<Option<String>> {
    let broken = desk.read_now(access::verify_audit)?;
    Ok(broken.map(|id| format!("audit: line {id} does not fit the chain")))
}

/// Every attached file is there and is what its name says.
fn files(desk: &Desk) -> Result<Vec<String>> {
    let names = desk.read_now(tickets::file_hashes)?;
    let bar = progress::bar(Some(names.len() as u64), "files");
    let mut faults = Vec::new();
    for name in names {
        if !desk.files().verify(&name)? {
            faults.push(format!("file {name}: missing or changed"));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(faults)
}

/// Every letter of the ledger still has its bytes as they came.
fn letters(desk: &Desk) -> Result<Vec<String>> {
    let damaged = desk.read_now(desk::mailboxes::damaged_letters)?;
    Ok(damaged.into_iter().map(|id| format!("letter {id}: its bytes are missing or changed")).collect())
}

/// Every ticket is in the index. A running server holds the index; then this part is left to it.
fn index(desk: &Desk, place: &Place) -> Result<Vec<String>> {
    let index = match search::Index::open(&place.index()) {
        Ok(index) => index,
        Err(e) => return Ok(vec![format!("index: {e}; it is rebuilt when the desk starts")]),
    };
    let (mut after, mut missing) = (TicketNumber(0), Vec::new());
    loop {
        let numbers = desk.read_now(move |r| tickets::unmerged_after(r, after, 1000))?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        for number in numbers {
            if !index.contains("ticket", number.0)? {
                missing.push(format!("index: ticket {number} is missing; it is rebuilt when the desk starts"));
            }
        }
    }
    Ok(missing)
}
