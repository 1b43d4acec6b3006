//! The command line: one file a command. Results go to standard output, everything else to standard error.

mod articles;
mod backup;
mod check;
mod import;
mod mailbox;
mod model;
mod progress;
mod read_manual;
mod restore;
mod serve;
mod token;
mod user;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use desk::words::Lang;

use crate::config::{File, Place};

/// The desk of the person who gives first-line technical support: mail, portal, phone and counter in one place.
#[derive(Debug, Parser)]
#[command(name = "firstline", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a sample desk in a throw-away folder, everything switched on.
    Demo(crate::demo::DemoArgs),
    /// Run the desk. On an empty folder it prints a one-time address for setting it up.
    Serve(serve::ServeArgs),
    /// People who sign in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Addresses the desk answers for.
    #[command(subcommand)]
    Mailbox(mailbox::MailboxCommand),
    /// Bring in tickets from elsewhere.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Articles of the knowledge base as Markdown files.
    #[command(subcommand)]
    Articles(articles::ArticlesCommand),
    /// A model by which suggestions go by meaning too. Optional; nothing leaves this machine.
    #[command(subcommand)]
    Model(model::ModelCommand),
    /// Copy the whole desk into one file while it runs, or verify such a file.
    Backup(backup::BackupArgs),
    /// Put a backup back into an empty folder.
    Restore(restore::RestoreArgs),
    /// Read everything back: integrity, index against rows, files, audit chain.
    Check(check::CheckArgs),
    #[command(hide = true)]
    ReadManual(read_manual::ReadManualArgs),
}

/// Where the desk lies. Every command takes these.
#[derive(Clone, Debug, Args)]
pub(crate) struct Where {
    /// The folder of the desk.
    #[arg(long, value_name = "DIR", default_value = "./firstline-data", env = "FIRSTLINE_DATA")]
    pub(crate) data: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://user@host/database.
    #[arg(long, value_name = "URL", env = "FIRSTLINE_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

impl Where {
    /// The settings file of the folder, and where everything lies.
    pub(crate) fn place(&self) -> Result<(File, Place)> {
        let file = File::read(&self.data)?;
        let database = self.database.clone().or_else(|| file.database.clone());
        let (backlog, authorities, networks) = (file.backlog, file.authorities.clone(), file.networks.clone());
        Ok((
            file,
            Place {
                folder: self.data.clone(),
                database,
                backlog,
                authorities,
                networks,
            },
        ))
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Doors {
    /// Where pages and the API are served.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// Take letters by SMTP here.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) smtp: Option<SocketAddr>,
    /// Take letters by LMTP here.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) lmtp: Option<SocketAddr>,
}

impl Arguments {
    pub(crate) fn is_server(&self) -> bool {
        matches!(self.command, Command::Demo(_) | Command::Serve(_))
    }
}

pub(crate) fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Demo(args) => crate::demo::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::User(command) => user::run(command),
        Command::Token(command) => token::run(command),
        Command::Mailbox(command) => mailbox::run(command),
        Command::Import(command) => import::run(command),
        Command::Articles(command) => articles::run(command),
        Command::Model(command) => model::run(command),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(&args),
        Command::Check(args) => check::run(&args),
        Command::ReadManual(args) => read_manual::run(&args),
    }
}

/// A line of the result. A closed pipe (`| head`) is no fault of the command.
pub(crate) fn say(line: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

pub(crate) fn progress_bar(total: u64, words: &'static str) -> indicatif::ProgressBar {
    progress::bar(Some(total), words)
}

/// What the desk refused, in the sentences the pages use.
pub(crate) fn spoken(error: desk::Error) -> anyhow::Error {
    let desk::Error::Refused(refusals) = &error else {
        return match error {
            desk::Error::Conflict(key) => anyhow::anyhow!("{}", web::text(Lang::En, key, &[])),
            other => other.into(),
        };
    };
    let sentence = |refusal: &desk::Refusal| {
        let number = refusal.number.unwrap_or_default();
        let words = web::text(Lang::En, refusal.key, &[("number", number.into())]);
        format!("{}: {words}", refusal.field)
    };
    anyhow::anyhow!(
        "refused. {}",
        refusals.iter().map(sentence).collect::<Vec<_>>().join(" ")
    )
}

/// Runs the program's one runtime to the end of `work`. What a stop has cut off does not hold the process up.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(Duration::from_secs(1));
    done
}
