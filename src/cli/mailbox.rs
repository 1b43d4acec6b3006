//! `firstline mailbox add`: an address the desk answers for.

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::access::Viewer;
use desk::mailboxes::{MailboxFields, boxes};
use desk::words::Lang;
use desk::{PersonId, teams};

use super::{Where, say, spoken};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum MailboxCommand {
    /// Answer for an address.
    Add {
        #[command(flatten)]
        place: Where,
        #[arg(long)]
        address: String,
        /// The name letters leave under.
        #[arg(long, default_value = "")]
        name: String,
        /// The team its tickets go to, by its English or French name; made when there is none.
        #[arg(long)]
        team: Option<String>,
        /// en or fr
        #[arg(long, default_value = "en")]
        language: String,
        /// The name our own mail server signs Authentication-Results with: only then is a technician's mail believed.
        #[arg(long)]
        authserv_id: Option<String>,
    },
    /// Forget the passwords of mailboxes and the keys that sign letters, when the file `firstline.key` that opens them is
    /// lost. Everything else stays; they are given anew on the page of each mailbox.
    ForgetSecrets {
        #[command(flatten)]
        place: Where,
    },
}

pub(crate) fn run(command: MailboxCommand) -> Result<()> {
    let (place, address, name, team, language, authserv_id) = match command {
        MailboxCommand::ForgetSecrets { place } => {
            let (_, place) = place.place()?;
            return say(&format!("{} forgotten", open::forget_secrets(&place)?));
        }
        MailboxCommand::Add {
            place,
            address,
            name,
            team,
            language,
            authserv_id,
        } => (place, address, name, team, language, authserv_id),
    };
    let Some(language) = Lang::parse(&language) else {
        bail!("--language is {language:?}; it must be en or fr");
    };
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let added = desk.write_now(move |tx| {
        let team = match team {
            Some(name) => Some(teams::by_name_or_add(tx, &cx, &name)?),
            None => None,
        };
        let fields = MailboxFields {
            name,
            team,
            language,
            authserv_id,
            ..MailboxFields::new(&address)
        };
        boxes::add(tx, &cx, &fields)
    });
    say(&added.map_err(spoken)?.to_string())
}
