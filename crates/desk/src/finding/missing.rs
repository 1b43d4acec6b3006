//! What should be in the index and is not, for whoever checks a desk that has followed its log to the end.

use super::articles::document_id;
use super::pages;
use super::{ARTICLE, DRAFT, KNOWN_ERROR, PAGE, TICKET};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{ArticleId, ProblemNumber, TicketNumber};
use crate::{knowledge, problems, tickets};

/// Rows a step.
const STEP: i64 = 1_000;

/// In words that name the document: `ticket 1001`, `article KB-3 (fr)`, `known error KE-2`.
pub fn missing(desk: &Desk) -> Result<Vec<String>> {
    let mut missing = Missing {
        desk,
        found: Vec::new(),
    };
    missing.tickets()?;
    missing.articles()?;
    missing.known_errors()?;
    Ok(missing.found)
}

struct Missing<'a> {
    desk: &'a Desk,
    found: Vec<String>,
}

impl Missing<'_> {
    fn look(&mut self, kind: &str, id: i64, name: impl FnOnce() -> String) -> Result<()> {
        if !self.desk.index().contains(kind, id).map_err(Error::fault)? {
            self.found.push(name());
        }
        Ok(())
    }

    fn tickets(&mut self) -> Result<()> {
        let mut after = TicketNumber(0);
        loop {
            let numbers = self.desk.read_now(move |r| tickets::unmerged_after(r, after, STEP))?;
            let Some(last) = numbers.last() else { return Ok(()) };
            after = *last;
            for number in numbers {
                self.look(TICKET, number.0, || format!("ticket {number}"))?;
            }
        }
    }

    fn articles(&mut self) -> Result<()> {
        let mut after = ArticleId(0);
        loop {
            let ids = self.desk.read_now(move |r| knowledge::numbers_after(r, after, STEP))?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            for id in ids {
                self.article(id)?;
            }
        }
    }

    fn article(&mut self, id: ArticleId) -> Result<()> {
        let texts = self.desk.read_now(move |r| knowledge::for_index(r, id))?;
        for text in &texts {
            let kind = if text.published { ARTICLE } else { DRAFT };
            let name = || format!("article {} ({})", knowledge::shown(id), text.lang);
            self.look(kind, document_id(id, text.lang), name)?;
        }
        if !texts.first().is_some_and(|text| text.published) {
            return Ok(());
        }
        let mut after = 0;
        loop {
            let pages = self
                .desk
                .read_now(move |r| knowledge::pages_for_index(r, id, after, STEP))?;
            let Some(last) = pages.last() else { return Ok(()) };
            after = last.id;
            for page in pages.iter().filter(|page| pages::is_found(page)) {
                let name = || format!("page {} of {} ({})", page.page, page.name, knowledge::shown(id));
                self.look(PAGE, page.id, name)?;
            }
        }
    }

    fn known_errors(&mut self) -> Result<()> {
        let mut after = ProblemNumber(0);
        loop {
            let numbers = self.desk.read_now(move |r| problems::numbers_after(r, after, STEP))?;
            let Some(last) = numbers.last() else { return Ok(()) };
            after = *last;
            for number in numbers {
                if self.desk.read_now(move |r| problems::matched(r, number))?.is_some() {
                    self.look(KNOWN_ERROR, number.0, || format!("known error KE-{number}"))?;
                }
            }
        }
    }
}
