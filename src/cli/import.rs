//! `firstline import tickets FILE` and `firstline import letters FILE|FOLDER`.

mod letters;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::tickets::{NumberForm, usual_forms};
use import::tickets::Options;

use super::{Where, progress, say};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Tickets from a file of JSON lines (.jsonl or .jsonl.gz). Safe to run again: what is in stays as it is.
    Tickets {
        #[command(flatten)]
        place: Where,
        file: PathBuf,
        /// Read and count, but keep nothing.
        #[arg(long)]
        dry_run: bool,
        /// Where lines that cannot be read are written.
        #[arg(long, value_name = "FILE")]
        rejects: Option<PathBuf>,
        /// The system they come from, such as otrs, znuny, zammad, osticket, glpi or rt.
        #[arg(long, value_name = "NAME", default_value = import::tickets::UNNAMED)]
        system: String,
        /// How that system writes a number into subjects, such as "[Ticket#{number}]"; may be given several times. Without
        /// it: the usual one of otrs, znuny, zammad, osticket and glpi.
        #[arg(long = "number-form", value_name = "FORM")]
        forms: Vec<String>,
    },
    /// Letters from an mbox file, or a folder of .eml files or a Maildir. They are kept in the ledger and filed like
    /// letters that come in, but nobody is told. Safe to run again: what is in the ledger already is passed over.
    Letters {
        #[command(flatten)]
        place: Where,
        file: PathBuf,
        /// The mailbox they belong to, by its address.
        #[arg(long, value_name = "ADDRESS")]
        mailbox: String,
        /// A ticket that an older letter opens is closed at once; 0 closes all of them.
        #[arg(long, value_name = "DAYS", default_value_t = desk::mailboxes::intake::OPEN_DAYS,
            value_parser = clap::value_parser!(i64).range(0..=36_500))]
        open_days: i64,
        /// Read and count, but keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) fn run(command: ImportCommand) -> Result<()> {
    match command {
        ImportCommand::Tickets {
            place,
            file,
            dry_run,
            rejects,
            system,
            forms,
        } => {
            let forms = forms_of(&system, forms)?;
            let options = Options {
                dry_run,
                rejects,
                system,
                forms,
            };
            tickets(&place, &file, &options)
        }
        ImportCommand::Letters {
            place,
            file,
            mailbox,
            open_days,
            dry_run,
        } => letters::run(&place, &file, &mailbox, letters::How { open_days, dry_run }),
    }
}

/// Those that were given, else the usual ones of the system.
fn forms_of(system: &str, given: Vec<String>) -> Result<Vec<String>> {
    for form in &given {
        if let Err(why) = form.parse::<NumberForm>() {
            bail!("--number-form {form:?}: {why}");
        }
    }
    let usual = usual_forms(system).iter().map(ToString::to_string);
    Ok(if given.is_empty() { usual.collect() } else { given })
}

fn tickets(place: &Where, file: &Path, options: &Options) -> Result<()> {
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let bar = progress::bar(None, "tickets");
    let done = import::tickets::run(&desk, file, options, |n| bar.set_position(n))?;
    bar.finish_and_clear();
    let would = if options.dry_run { "would be " } else { "" };
    say(&format!(
        "{} {would}imported, {} already here, {} rejected",
        done.imported, done.known, done.rejected
    ))
}
