//! The sources of a reply: what was shown as likely to help, and what of it the viewer may read.

use db::Read;

use super::mask::Mask;
use super::talk::is_private;
use crate::access::Audience;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{ArticleId, TicketNumber};
use crate::knowledge;
use crate::people;
use crate::suggestions::{self, Target, TargetKind};
use crate::tickets;
use crate::words::Lang;

/// So many are taken.
pub(super) const MOST: usize = 5;

#[derive(Clone, Debug)]
pub(super) struct Source {
    pub target: Target,
    pub title: String,
    pub lang: Lang,
    pub words: String,
    /// Where a requester may read it.
    pub link: Option<String>,
    /// Who had to do with an earlier ticket; `None` for what is written for readers.
    pub names: Option<Vec<String>>,
}

/// Those the viewer may read, in the order they were shown; what is gone meanwhile, what has no words and what is a
/// private team's is left out.
pub(super) fn read(r: &mut Read, cx: &Context, reads: Lang, targets: &[Target]) -> Result<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    for target in targets.iter().take(MOST) {
        if sources.iter().any(|one| one.target == *target) {
            continue;
        }
        match one(r, cx, reads, *target) {
            Ok(Some(source)) if !source.words.trim().is_empty() => sources.push(source),
            Ok(_) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(sources)
}

fn one(r: &mut Read, cx: &Context, reads: Lang, target: Target) -> Result<Option<Source>> {
    let words = suggestions::words_for(r, cx, reads, target)?;
    let mut source = Source {
        target,
        title: String::new(),
        lang: reads,
        words,
        link: None,
        names: None,
    };
    match target.kind {
        TargetKind::Article => article(r, cx, ArticleId(target.id), &mut source)?,
        TargetKind::Ticket | TargetKind::Solution => {
            let ticket = tickets::find_inside(r, cx, TicketNumber(target.id))?;
            if is_private(r, cx, &ticket)? {
                return Ok(None);
            }
            let asked = people::find_visible(r, cx, ticket.requester)?.name;
            (source.title, source.lang, source.names) = (ticket.subject, ticket.language, Some(vec![asked]));
        }
        TargetKind::KnownError => source.title = format!("KE-{}", target.id),
    }
    Ok(Some(source))
}

fn article(r: &mut Read, cx: &Context, id: ArticleId, source: &mut Source) -> Result<()> {
    let (article, text) = knowledge::read(r, Some(&cx.viewer), id)?;
    let lang = if text.speaks(source.lang) {
        source.lang
    } else {
        source.lang.other()
    };
    (source.title, source.lang) = (text.titled(lang).to_string(), lang);
    if let Some(url) = cx
        .house
        .public_url
        .as_deref()
        .filter(|_| article.audience == Audience::Public)
    {
        source.link = Some(knowledge::public_address(url, lang, id, text.titled(lang)));
    }
    Ok(())
}

impl Source {
    /// Its title and its words, as they may leave.
    pub(super) fn masked(&self, mask: &mut Mask) -> (String, String) {
        match &self.names {
            None => (mask.hide(&self.title), mask.hide(&self.words)),
            Some(names) => (mask.blot(&self.title, names), mask.blot(&self.words, names)),
        }
    }
}
