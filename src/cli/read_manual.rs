//! `firstline read-manual`: reads one manual on standard input under limits of its own and says its words, for the desk
//! that started it. Not for people: it is not in the list of commands.

use anyhow::Result;
use clap::Args;
use manuals::Kind;

#[derive(Debug, Args)]
pub(crate) struct ReadManualArgs {
    /// pdf, docx, odt, text or text:CHARSET
    kind: Kind,
}

pub(crate) fn run(args: &ReadManualArgs) -> Result<()> {
    Ok(manuals::apart::serve(args.kind)?)
}
