//! `firstline model add DIR`, `model remove` and `model status`: the model by which suggestions go by meaning too.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use desk::meaning::{Kept, Models, NotKept};
use desk::words::Lang;

use super::{Where, say};

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Copy a model into the desk: a folder with config.json, tokenizer.json and model.safetensors as
    /// sentence-transformers keeps it. A desk that runs begins to use it by itself.
    Add {
        #[command(flatten)]
        place: Where,
        folder: PathBuf,
        /// What it is called; the name of the folder, unless said.
        #[arg(long)]
        name: Option<String>,
    },
    /// Do without a model again.
    Remove {
        #[command(flatten)]
        place: Where,
    },
    /// Which model is in use.
    Status {
        #[command(flatten)]
        place: Where,
    },
}

pub(crate) fn run(command: ModelCommand) -> Result<()> {
    match command {
        ModelCommand::Add { place, folder, name } => add(&models(&place)?, &folder, name),
        ModelCommand::Remove { place } => remove(&models(&place)?),
        ModelCommand::Status { place } => status(&models(&place)?),
    }
}

fn models(place: &Where) -> Result<Models> {
    let (_, place) = place.place()?;
    Ok(Models::new(&place.models()))
}

fn add(models: &Models, folder: &Path, name: Option<String>) -> Result<()> {
    if !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let name = match name {
        Some(name) => name,
        None => {
            let whole = folder.canonicalize()?;
            whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
        }
    };
    match models.add(folder, &name) {
        Ok(kept) => say(&format!(
            "{}\nA desk that runs begins to use it within seconds.",
            told(&kept)
        )),
        Err(NotKept::Unfit(unfit)) => {
            let of = [
                ("file", unfit.file.as_str().into()),
                ("part", unfit.part.as_str().into()),
            ];
            let why = web::text(Lang::En, &format!("model-unfit-{}", unfit.wrong.name()), &of);
            bail!(
                "{} is no model this desk can use. {why} Nothing has changed.",
                folder.display()
            )
        }
        Err(NotKept::Disk(e)) => Err(e).context("the model could not be copied; nothing has changed"),
    }
}

fn remove(models: &Models) -> Result<()> {
    let there = models.remove().context("the model could not be removed")?;
    say(if there {
        "removed; suggestions go by words"
    } else {
        "there was no model"
    })
}

fn status(models: &Models) -> Result<()> {
    match models
        .current()
        .context("what names the model cannot be read; add the model again")?
    {
        Some(kept) => say(&told(&kept)),
        None => say("no model; suggestions go by words"),
    }
}

fn told(kept: &Kept) -> String {
    format!(
        "{}, {} numbers a text, sha256 {}",
        kept.name, kept.dimension, kept.sha256
    )
}
