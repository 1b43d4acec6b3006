//! What a reply or a solution says of the knowledge base: articles it points to, and those whose words were put into it.
//! They helped there, which counts for them and teaches the ranking, until the words are taken back.

use db::{Read, Write, args};

use super::learnt::{self, How, Lesson};
use super::target::Target;
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{ArticleId, TicketNumber};
use crate::knowledge;

/// More articles are not looked for in one text.
const MOST: usize = 20;

/// Words went to the requester, or into the solution.
///
/// No event: the verb it is a part of has its own, and each use of an article has one.
pub(crate) fn said(tx: &mut Write, cx: &Context, number: TicketNumber, words: &[&str]) -> Result<()> {
    let own = cx.house.public_url.as_deref().unwrap_or_default();
    let mut articles: Vec<ArticleId> = words
        .iter()
        .flat_map(|words| knowledge::pointed_to(words, own))
        .collect();
    articles.extend(put_in(tx, cx, number)?);
    articles.sort_unstable();
    articles.dedup();
    for id in articles.into_iter().take(MOST) {
        match knowledge::read(tx, Some(&cx.viewer), id) {
            Ok(_) => {}
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        }
        knowledge::used(tx, cx, id, number, knowledge::How::Sent)?;
        let target = Target::article(id);
        if matches!(learnt::of(tx, number, target)?, None | Some(How::Dismissed)) {
            let how = How::Linked;
            learnt::teach(
                tx,
                cx,
                Lesson {
                    ticket: number,
                    target,
                    how,
                },
            )?;
        }
    }
    Ok(())
}

/// What somebody put into his words on this ticket lately.
fn put_in(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<ArticleId>> {
    Ok(r.query(
        "SELECT DISTINCT article FROM article_use WHERE ticket = $1 AND how = 'inserted' AND person = $2 AND at > $3
         ORDER BY article",
        &args![number, cx.viewer.person, cx.now.plus(-DAY)],
    )?)
}

/// Words of that moment were taken back: what they taught is forgotten.
///
/// No event: the undo it is a part of has its own.
pub(crate) fn unsaid(tx: &mut Write, number: TicketNumber, at: Time) -> Result<()> {
    tx.exec(
        "DELETE FROM article_use WHERE ticket = $1 AND how = 'sent' AND at = $2",
        &args![number, at],
    )?;
    tx.exec(
        "DELETE FROM learnt WHERE ticket = $1 AND kind = 'article' AND how = 'linked' AND at = $2",
        &args![number, at],
    )?;
    Ok(())
}
