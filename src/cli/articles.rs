//! `firstline articles export DIR` and `firstline articles import DIR`: articles as Markdown files with a head.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use desk::access::Viewer;
use desk::knowledge::{self, LARGEST_PAPER, Paper};
use desk::words::Lang;
use desk::{Context, Desk, PersonId};

use super::{Where, say, spoken};
use crate::open;

#[derive(Debug, Subcommand)]
pub(crate) enum ArticlesCommand {
    /// Write every article into a folder, one file each. Files of the same name are written over.
    Export {
        #[command(flatten)]
        place: Where,
        folder: PathBuf,
        /// A file for each language instead of one for both.
        #[arg(long)]
        split: bool,
    },
    /// Bring in every .md file of a folder. Safe to run again: what says the same changes nothing, what says something
    /// else becomes a next version.
    Import {
        #[command(flatten)]
        place: Where,
        folder: PathBuf,
        /// Publish those whose file says that they are published; without it all wait as drafts.
        #[arg(long)]
        publish: bool,
    },
}

pub(crate) fn run(command: ArticlesCommand) -> Result<()> {
    match command {
        ArticlesCommand::Export { place, folder, split } => {
            let (desk, cx) = opened(&place)?;
            export(&desk, &cx, &folder, split)
        }
        ArticlesCommand::Import { place, folder, publish } => {
            let (desk, cx) = opened(&place)?;
            import(&desk, &cx, &folder, publish)
        }
    }
}

fn opened(place: &Where) -> Result<(Desk, Context)> {
    let (_, place) = place.place()?;
    let desk = open::desk_beside(&place)?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    Ok((desk, cx))
}

fn export(desk: &Desk, cx: &Context, folder: &Path, split: bool) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let asker = cx.clone();
    let numbers = desk.read_now(move |r| knowledge::all_numbers(r, &asker))?;
    let mut files = 0;
    for id in &numbers {
        let (asker, id) = (cx.clone(), *id);
        let paper = desk.read_now(move |r| knowledge::paper(r, &asker, id))?;
        for (end, paper) in parts(paper, split) {
            let path = folder.join(format!("{}{end}.md", knowledge::shown(id)));
            fs::write(&path, paper.write()).with_context(|| format!("{} cannot be written", path.display()))?;
            files += 1;
        }
    }
    say(&format!("{} articles in {files} files", numbers.len()))
}

fn parts(paper: Paper, split: bool) -> Vec<(&'static str, Paper)> {
    if !split {
        return vec![("", paper)];
    }
    let spoken =
        |lang: Lang| !paper.title.of(lang).is_empty() || paper.passages.iter().any(|p| !p.texts.of(lang).is_empty());
    [(".en", Lang::En), (".fr", Lang::Fr)]
        .into_iter()
        .filter(|(_, lang)| spoken(*lang))
        .map(|(end, lang)| (end, paper.in_one(lang)))
        .collect()
}

fn import(desk: &Desk, cx: &Context, folder: &Path, publish: bool) -> Result<()> {
    let (papers, mut refused) = papers_in(folder)?;
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for (name, paper) in papers {
        let by = cx.clone();
        match desk.write_now(move |tx| knowledge::import(tx, &by, &paper, publish)) {
            Ok(done) if done.new => new += 1,
            Ok(done) if done.changed || done.published => changed += 1,
            Ok(_) => same += 1,
            Err(error @ (desk::Error::Refused(_) | desk::Error::Conflict(_))) => {
                refused.push(format!("{name}: {}", spoken(error)));
            }
            Err(other) => return Err(other.into()),
        }
    }
    say(&format!("{new} new, {changed} changed, {same} as they were"))?;
    for line in &refused {
        say(line)?;
    }
    if !refused.is_empty() {
        bail!("{} files were refused; the others are in", refused.len());
    }
    Ok(())
}

/// What the files say, those of one article in two languages together; and what is wrong with the others.
fn papers_in(folder: &Path) -> Result<(BTreeMap<String, Paper>, Vec<String>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    let (mut papers, mut refused) = (BTreeMap::<String, Paper>::new(), Vec::new());
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let size = fs::metadata(&path)?.len();
        // One byte more than fits is enough to be told that it does not.
        let bytes = if size > LARGEST_PAPER as u64 {
            vec![b' '; LARGEST_PAPER + 1]
        } else {
            fs::read(&path)?
        };
        match knowledge::read_paper(&bytes, &name) {
            Ok(paper) => {
                let key = match paper.id.is_empty() {
                    true => name,
                    false => format!("{} {}", paper.desk, paper.id),
                };
                let joined = match papers.remove(&key) {
                    Some(other) => other.joined(paper),
                    None => paper,
                };
                papers.insert(key, joined);
            }
            Err(error) => refused.push(format!("{name}: {}", spoken(error))),
        }
    }
    Ok((papers, refused))
}
