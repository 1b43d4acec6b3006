//! `firstline user add`: a person who signs in.

use std::io::Read as _;

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use desk::PersonId;
use desk::access::{Role, Viewer};
use desk::people::{self, NewPerson};
use desk::sign_in::{self, PasswordHash};
use desk::words::Lang;

use super::{Where, say, spoken};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add a person, or give a known address a role and a password.
    Add {
        #[command(flatten)]
        place: Where,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// requester, technician, supervisor or admin
        #[arg(long)]
        role: String,
        /// en or fr
        #[arg(long, default_value = "en")]
        language: String,
        /// Read a password of 12 to 128 characters from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(crate) fn run(command: UserCommand) -> Result<()> {
    let UserCommand::Add {
        place,
        email,
        name,
        role,
        language,
        password_stdin,
    } = command;
    let Some(role) = Role::parse(&role) else {
        bail!("--role is {role:?}; it must be requester, technician, supervisor or admin");
    };
    let Some(language) = Lang::parse(&language) else {
        bail!("--language is {language:?}; it must be en or fr");
    };
    let hash = if password_stdin {
        Some(read_password(&name, &email)?)
    } else {
        None
    };
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let added = desk.write_now(move |tx| {
        let new = NewPerson {
            language: Some(language),
            ..NewPerson::new(&name, &email, role)
        };
        let id = people::add_or_promote(tx, &cx, &new)?;
        if let Some(hash) = hash {
            sign_in::set_password(tx, &cx, id, &hash)?;
        }
        Ok(id)
    });
    say(&added.map_err(spoken)?.to_string())
}

/// One line of standard input, hashed. Refused in words when it is too short, too long, too common or too personal.
fn read_password(name: &str, email: &str) -> Result<PasswordHash> {
    let mut text = String::new();
    std::io::stdin()
        .take(1024)
        .read_to_string(&mut text)
        .context("standard input cannot be read")?;
    let password = text.trim_end_matches(['\r', '\n']);
    sign_in::check_password_for(password, &[name, email]).map_err(spoken)?;
    Ok(sign_in::hash(password)?)
}
