//! What is likely to solve a problem, from every kind of source together, each with its reasons. Beside a ticket, what
//! somebody has linked, used or set aside there already is not said again.

use db::Read;

use super::learnt;
use super::reason::Reason;
use super::round::Round;
use super::target::Target;
use crate::access::{self, Place};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;
use crate::ids::{TicketNumber, TopicId};
use crate::tickets;
use crate::words::Lang;

/// Less in common than this, and nothing that helped on tickets like it: it is not worth a look.
const LEAST: f64 = 0.2;

#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    pub target: Target,
    pub title: String,
    /// The language of the title, and of the fix.
    pub lang: Lang,
    /// What helped, in its first words; an article has none, it is read whole.
    pub fix: String,
    pub reasons: Vec<Reason>,
    /// From 0 to about 2; comparable between kinds.
    pub score: f64,
    /// A known error whose symptom this is, and which is not mended yet: before everything else.
    pub known: bool,
}

/// A problem in somebody's own words.
#[derive(Clone, Debug)]
pub struct Question {
    pub text: String,
    pub language: Lang,
    pub topic: Option<TopicId>,
}

/// The best for a ticket, of all kinds together.
pub async fn likely(desk: &Desk, cx: &Context, number: TicketNumber, most: usize) -> Result<Vec<Suggestion>> {
    access::require(&cx.viewer, Place::Desk)?;
    let (cx, own) = (cx.clone(), desk.clone());
    desk.read(move |r| {
        let problem = tickets::problem(r, &cx, number)?;
        let question = Question {
            text: format!("{}\n{}", problem.subject, problem.words),
            language: problem.language,
            topic: problem.topic,
        };
        let round = Round::new(&own, &cx, question, Some(number))?;
        let mut found = all(&round, r, &cx)?;
        let there = learnt::on_ticket(r, number)?;
        found.retain(|one| !there.contains(&one.target));
        found.truncate(most);
        Ok(found)
    })
    .await
}

/// The best for a problem that is no ticket yet.
pub async fn likely_to(desk: &Desk, cx: &Context, question: Question, most: usize) -> Result<Vec<Suggestion>> {
    access::require(&cx.viewer, Place::Desk)?;
    if question.text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let (cx, own) = (cx.clone(), desk.clone());
    desk.read(move |r| {
        let round = Round::new(&own, &cx, question, None)?;
        let mut found = all(&round, r, &cx)?;
        found.truncate(most);
        Ok(found)
    })
    .await
}

fn all(round: &Round<'_>, r: &mut Read, cx: &Context) -> Result<Vec<Suggestion>> {
    let mut found = round.known_errors(r, cx)?;
    found.extend(round.articles(r, Some(&cx.viewer))?);
    found.extend(round.tickets(r, cx)?);
    Ok(best_first(found))
}

pub(super) fn best_first(mut found: Vec<Suggestion>) -> Vec<Suggestion> {
    found.retain(|one| one.known || one.score >= LEAST);
    found.sort_by(|a, b| {
        let known = b.known.cmp(&a.known);
        known.then(b.score.total_cmp(&a.score)).then(a.target.cmp(&b.target))
    });
    found
}
