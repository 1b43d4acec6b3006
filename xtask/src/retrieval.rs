//! How well the desk finds what helped before, on real support questions: the table of `docs/quality.md` made anew, or the
//! answers to the questions of one folder.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::place::Place;
use crate::shell;

#[derive(Args)]
pub struct Asked {
    /// A folder shaped like a part of retrieval-dev; without it the whole table is made and held against what is promised
    #[arg(requires = "task")]
    folder: Option<PathBuf>,
    /// similar, kb or solution; fr-fr or fr-en; faq. Says `query-id doc-id score` lines
    task: Option<String>,
    /// A folder with a sentence model, which then helps
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

pub fn run(place: &Place, asked: &Asked) -> Result<()> {
    let mut command = shell::cargo(place.root());
    command.args(["bench", "--package", "firstline", "--bench", "retrieval", "--locked"]);
    command.arg("--");
    if let Some(model) = &asked.model {
        command.arg("--model").arg(std::path::absolute(model)?);
    }
    if let (Some(folder), Some(task)) = (&asked.folder, &asked.task) {
        // The bench runs in another folder than who asks stands in; what it says goes on to score.py as it is.
        command.arg(std::path::absolute(folder)?).arg(task);
        print!("{}", shell::read(&mut command)?);
        return Ok(());
    }
    if std::env::var_os("FIRSTLINE_TEST_DATA").is_none() {
        bail!("the questions are in FIRSTLINE_TEST_DATA/retrieval-dev: set it to the folder of the corpora");
    }
    shell::run(&mut command)
}
