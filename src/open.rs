//! Opening the desk that lies in a folder (or in PostgreSQL), for the server and for every command.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use db::{Db, PostgresOptions, SqliteOptions};
use desk::{Clock, Desk, Parts, Trust, Vault, files, vault};
use mail::vouch::Checker;
use outside::{Client, Networks};
use search::Index;

use crate::config::{DoorsFile, Place};

/// Opens the database for itself alone, brings its schema up to date, and opens files and index beside it.
pub(crate) fn desk(place: &Place) -> Result<Desk> {
    whole(place, Trust::default())
}

/// The same for the server, which asks the name servers of this machine about senders.
pub(crate) fn server(place: &Place, doors: &DoorsFile) -> Result<Desk> {
    let vouch = Checker::system()
        .inspect_err(|e| {
            tracing::warn!("technicians' letters by SMTP are held, for nobody can be asked about them: {e}");
        })
        .ok();
    let trust = Trust {
        vouch,
        sealers: doors.sealers.clone(),
        own_servers: doors.own_servers()?,
        ..Trust::default()
    };
    whole(place, trust)
}

fn whole(place: &Place, trust: Trust) -> Result<Desk> {
    let db = alone(place)?;
    let index = Index::open(&place.index()).context("the search index cannot be opened")?;
    open(place, db, index, Clock::Machine, trust)
}

/// The same on another clock and without an index: a sample desk lives through its week before it is opened.
pub(crate) fn on_clock(place: &Place, clock: Clock) -> Result<Desk> {
    open(place, alone(place)?, Index::in_memory()?, clock, Trust::default())
}

fn alone(place: &Place) -> Result<Db> {
    folder(place)?;
    Ok(match &place.database {
        Some(url) => {
            let usual = PostgresOptions::default();
            let backlog = place.backlog.unwrap_or(usual.backlog);
            Db::postgres(url, PostgresOptions { backlog, ..usual })?
        }
        None => {
            let usual = SqliteOptions::default();
            let backlog = place.backlog.unwrap_or(usual.backlog);
            Db::sqlite(&place.sqlite_file(), SqliteOptions { backlog, ..usual })?
        }
    })
}

/// The desk for a short command, which may run beside the server: it takes no lock of its own and its index is not
/// touched, for the server follows the log.
pub(crate) fn desk_beside(place: &Place) -> Result<Desk> {
    beside_with(place, Index::in_memory()?)
}

/// The same with an index that nobody else writes to.
pub(crate) fn beside_with(place: &Place, index: Index) -> Result<Desk> {
    folder(place)?;
    let db = match &place.database {
        Some(url) => Db::postgres(
            url,
            PostgresOptions {
                threads: 4,
                ..PostgresOptions::default()
            },
        )?,
        None => beside(&place.sqlite_file())?,
    };
    open(place, db, index, Clock::Machine, Trust::default())
}

/// A database file beside whoever else has it open.
pub(crate) fn beside(file: &Path) -> Result<Db> {
    Ok(Db::sqlite(
        file,
        SqliteOptions {
            alone: false,
            readers: 1,
            ..SqliteOptions::default()
        },
    )?)
}

fn folder(place: &Place) -> Result<()> {
    fs::create_dir_all(&place.folder).with_context(|| format!("{} cannot be made", place.folder.display()))
}

/// `trust` without the key and the certificates, which lie where the desk does.
fn open(place: &Place, db: Db, index: Index, clock: Clock, trust: Trust) -> Result<Desk> {
    let parts = Parts {
        db,
        files: files::Store::open(&place.files())?,
        index,
        clock,
    };
    let file = place.key();
    let vault = Vault::open(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let roots = place.roots()?;
    let networks = place.networks.as_deref().unwrap_or_default().parse::<Networks>();
    let networks = networks.map_err(|e| anyhow::anyhow!("networks in firstline.toml: {e}"))?;
    let trust = Trust {
        vault: vault.clone(),
        client: Some(Client::new(networks, &roots)),
        roots,
        ..trust
    };
    let desk = Desk::open_with(parts, trust).context("the desk cannot be opened")?;
    if !desk.read_now(move |r| vault.fits(r))? {
        bail!(
            "this desk keeps secrets (passwords of mailboxes, keys that sign letters) under another key than {}: copy \
             that file from where the desk ran before, or run `firstline mailbox forget-secrets` and give them anew",
            file.display()
        );
    }
    Ok(desk)
}

/// Forgets the secrets that no key opens any more, and how many there were.
pub(crate) fn forget_secrets(place: &Place) -> Result<u64> {
    let db = match &place.database {
        Some(url) => Db::postgres(url, PostgresOptions::default())?,
        None => beside(&place.sqlite_file())?,
    };
    let parts = Parts {
        db,
        files: files::Store::open(&place.files())?,
        index: Index::in_memory()?,
        clock: Clock::Machine,
    };
    let desk = Desk::open(parts).context("the desk cannot be opened")?;
    Ok(desk.write_now(vault::forget)?)
}
