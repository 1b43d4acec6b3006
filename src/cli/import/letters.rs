//! Letters from files: each is kept, counted and named; what is no letter is said, and nothing is passed over silently.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail};
use desk::mailboxes::{Brought, boxes, intake};
use desk::{Desk, Error, MailboxId};
use mail::mbox::{Folder, Found, Mbox};

use super::super::{Where, progress, say, spoken};
use crate::open;

/// As large as a letter may be at any door.
const LARGEST: usize = 35 * 1024 * 1024;
/// Letters, and bytes, that go into one transaction.
const AT_ONCE: usize = 50;
const BYTES_AT_ONCE: usize = 8 * 1024 * 1024;

#[derive(Default)]
struct Counts {
    kept: u64,
    known: u64,
    passed: u64,
}

#[derive(Clone, Copy)]
pub(super) struct How {
    /// A ticket that an older letter opens is closed.
    pub open_days: i64,
    pub dry_run: bool,
}

pub(super) fn run(place: &Where, file: &Path, address: &str, how: How) -> Result<()> {
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let wanted = address.to_string();
    let Some(mailbox) = desk.read_now(move |r| boxes::find_by_recipient(r, &wanted))? else {
        bail!("{address} is no mailbox of this desk; add it first: firstline mailbox add --address {address}");
    };
    let letters = letters_of(file)?;
    let bar = progress::bar(None, "letters");
    let mut counts = Counts::default();
    let mut batch: Vec<Vec<u8>> = Vec::new();
    for found in letters {
        match found {
            Found::Letter { raw, .. } => batch.push(raw),
            Found::TooLarge { name, size } => pass(&mut counts, &name, &format!("{size} bytes are too many"))?,
            Found::Other { name } => pass(&mut counts, &name, "it is no letter by its name")?,
            Found::Unreadable { name, words } => pass(&mut counts, &name, &words)?,
        }
        if batch.len() >= AT_ONCE || batch.iter().map(Vec::len).sum::<usize>() >= BYTES_AT_ONCE {
            keep(&desk, mailbox.id, &mut batch, how, &mut counts)?;
            bar.set_position(counts.kept + counts.known);
        }
    }
    keep(&desk, mailbox.id, &mut batch, how, &mut counts)?;
    bar.finish_and_clear();
    let would = if how.dry_run { "would be " } else { "" };
    say(&format!(
        "{} {would}kept, {} already here, {} passed over",
        counts.kept, counts.known, counts.passed
    ))
}

fn letters_of(file: &Path) -> Result<Box<dyn Iterator<Item = Found>>> {
    if file.is_dir() {
        return Ok(Box::new(Folder::new(file, LARGEST)));
    }
    let open = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    Ok(Box::new(Mbox::new(BufReader::new(open), LARGEST)))
}

fn pass(counts: &mut Counts, name: &str, why: &str) -> Result<()> {
    counts.passed += 1;
    say(&format!("passed over {name}: {why}"))
}

fn keep(desk: &Desk, mailbox: MailboxId, batch: &mut Vec<Vec<u8>>, how: How, counts: &mut Counts) -> Result<()> {
    let (letters, now) = (std::mem::take(batch), desk.now());
    let done = desk.write_now(move |tx| {
        let (mut kept, mut known) = (0, 0);
        for raw in &letters {
            match intake::keep_from_file(tx, now, mailbox, raw, how.open_days, how.dry_run)? {
                Brought::New => kept += 1,
                Brought::HereAlready => known += 1,
            }
        }
        Ok::<_, Error>((kept, known))
    });
    let (kept, known) = done.map_err(spoken)?;
    counts.kept += kept;
    counts.known += known;
    Ok(())
}
