//! `firstline check`: reads everything back and says what does not fit.

use anyhow::{Result, bail};
use clap::Args;
use desk::{Desk, access, finding};
use search::{Index, SearchError};

use super::{Where, block_on, progress, say};
use crate::config::Place;
use crate::open;

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    place: Where,
}

/// What a part of the check has to say: faults, and where it could not look.
#[derive(Debug, Default)]
struct Found {
    faults: Vec<String>,
    remark: Option<&'static str>,
}

pub(crate) fn run(args: &CheckArgs) -> Result<()> {
    let (_, place) = args.place.place()?;
    if place.database.is_none() && !place.sqlite_file().exists() {
        bail!("{} holds no desk", place.folder.display());
    }
    let desk = open::desk_beside(&place)?;
    let mut faults = desk.db().check()?;
    faults.extend(audit(&desk)?);
    faults.extend(files(&desk)?);
    faults.extend(letters(&desk)?);
    let indexed = index(&place)?;
    faults.extend(indexed.faults);
    if let Some(remark) = indexed.remark {
        say(remark)?;
    }
    if faults.is_empty() {
        return say("everything fits: database, audit chain, files, letters, index");
    }
    for fault in &faults {
        say(fault)?;
    }
    bail!(
        "{} {} found",
        faults.len(),
        if faults.len() == 1 { "fault" } else { "faults" }
    );
}

fn audit(desk: &Desk) -> Result<Option<String>> {
    let broken = desk.read_now(access::verify_audit)?;
    Ok(broken.map(|id| format!("audit: line {id} does not fit the chain")))
}

/// Every attached file is there and is what its name says.
fn files(desk: &Desk) -> Result<Vec<String>> {
    let names = desk.read_now(desk::files::in_use)?;
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

/// Every letter of the ledger still has its bytes as they came, and as many are there as were handed over.
fn letters(desk: &Desk) -> Result<Vec<String>> {
    let damaged = desk.read_now(desk::mailboxes::damaged_letters)?;
    let bent = damaged
        .into_iter()
        .map(|id| format!("letter {id}: its bytes are missing or changed"));
    let astray = desk.read_now(desk::mailboxes::astray)?.into_iter();
    let astray = astray.map(|(mailbox, handed, held)| {
        format!("letters of mailbox {mailbox}: {handed} were handed over, the ledger holds {held}")
    });
    Ok(bent.chain(astray).collect())
}

/// The index is sound, and every ticket, article and known error is in it once it has followed the log to its end.
fn index(place: &Place) -> Result<Found> {
    if !place.index().exists() {
        return Ok(Found {
            remark: Some("index: none yet; it is built when the desk starts"),
            ..Found::default()
        });
    }
    let index = match Index::open(&place.index()) {
        Ok(index) => index,
        Err(SearchError::Locked(_)) => {
            let remark = Some("index: in use by the running desk; stop it to have the index checked too");
            return Ok(Found {
                remark,
                ..Found::default()
            });
        }
        Err(e) => return Ok(fault(&e.to_string())),
    };
    if index.needs_rebuild() {
        return Ok(fault(
            "it was damaged and is emptied; it is rebuilt when the desk starts",
        ));
    }
    if index.cursor().is_none() {
        return Ok(Found {
            remark: Some("index: none yet; it is built when the desk starts"),
            ..Found::default()
        });
    }
    let desk = open::beside_with(place, index)?;
    block_on(async { Ok(finding::catch_up(&desk).await?) })?;
    Ok(Found {
        faults: missing(&desk)?,
        remark: None,
    })
}

fn fault(words: &str) -> Found {
    Found {
        faults: vec![format!("index: {words}")],
        remark: None,
    }
}

fn missing(desk: &Desk) -> Result<Vec<String>> {
    let remedy = "is missing; stop the desk and remove its folder `index`, which is then built anew";
    let missing = finding::missing(desk)?;
    Ok(missing
        .into_iter()
        .map(|one| format!("index: {one} {remedy}"))
        .collect())
}
