//! `firstline token add`: prints a token, alone, on standard output.

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::access::{Scopes, Viewer};
use desk::{PersonId, people, sign_in};

use super::{Where, say, spoken};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token for a person's programs.
    Add {
        #[command(flatten)]
        place: Where,
        /// The address of the person whose rights it carries.
        #[arg(long)]
        user: String,
        /// read, write, admin: what it may do, never above the person's role.
        #[arg(long, default_value = "read,write")]
        scope: String,
        #[arg(long, default_value = "command line")]
        name: String,
    },
}

pub(crate) fn run(command: TokenCommand) -> Result<()> {
    let TokenCommand::Add {
        place,
        user,
        scope,
        name,
    } = command;
    let Some(scopes) = Scopes::parse(&scope) else {
        bail!("--scope is {scope:?}; it must be a list of read, write and admin");
    };
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let address = user.clone();
    let Some(person) = desk.read_now(move |r| people::by_address(r, &address))? else {
        bail!("nobody here has the address {user}; add them first: firstline user add --email {user} ...");
    };
    let token = desk
        .write_now(move |tx| sign_in::add_token(tx, &cx, person, &name, scopes))
        .map_err(spoken)?;
    say(&token)
}
