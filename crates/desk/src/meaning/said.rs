//! The texts that have a point, each as far as it is read: what stands in the index, in the same languages and behind the
//! same doors.

use db::Read;

use ::meaning::As;
use sha2::{Digest as _, Sha256};

use super::room::About;
use crate::access::Audience;
use crate::error::Result;
use crate::finding::{INTERNAL, document_id};
use crate::ids::{ArticleId, ProblemNumber, TicketNumber};
use crate::knowledge;
use crate::problems::{self, Part};
use crate::suggestions::TargetKind;
use crate::tickets;
use crate::words::Lang;

/// So much of a text is read: more than the pieces that are reckoned with, in any language.
const MOST: usize = 2000;

/// Something whose texts are to be reckoned; what matters most comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waiting {
    Ticket(TicketNumber),
    KnownError(ProblemNumber),
    Article(ArticleId),
}

/// What a text says now; `None` where there is none (any more).
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub kind: TargetKind,
    pub id: i64,
    pub now: Option<(String, About)>,
}

impl Said {
    pub(super) fn gone(kind: TargetKind, id: i64) -> Said {
        Said { kind, id, now: None }
    }

    pub(super) fn says(mut self, title: &str, body: &str, lang: Lang, (gate, at): (i64, i64)) -> Said {
        let mut text = format!("{title}\n{body}");
        text.truncate(text.floor_char_boundary(MOST));
        if !text.trim().is_empty() {
            let hash = Sha256::digest(text.as_bytes());
            let hash = hash.first_chunk::<8>().map_or(0, |first| u64::from_le_bytes(*first));
            self.now = Some((text, About { lang, gate, at, hash }));
        }
        self
    }

    /// Tickets are held against tickets: both are questions to a model that tells questions from answers.
    pub(super) fn is(&self) -> As {
        match self.kind {
            TargetKind::Ticket => As::Question,
            TargetKind::Article | TargetKind::Solution | TargetKind::KnownError => As::Passage,
        }
    }
}

pub(super) fn said(r: &mut Read, of: Waiting) -> Result<Vec<Said>> {
    match of {
        Waiting::Ticket(number) => ticket(r, number),
        Waiting::KnownError(number) => known_error(r, number),
        Waiting::Article(id) => article(r, id),
    }
}

fn ticket(r: &mut Read, number: TicketNumber) -> Result<Vec<Said>> {
    let both = [TargetKind::Ticket, TargetKind::Solution].map(|kind| Said::gone(kind, number.0));
    let Some(ticket) = tickets::for_index(r, number)? else {
        return Ok(both.into());
    };
    let door = (ticket.team, ticket.at.0);
    let [problem, solution] = both;
    // The problem alone: what was said later would be the answer to a question that is asked only now.
    let words = tickets::first_words(r, number)?;
    let problem = problem.says(&ticket.subject, &words, ticket.language, door);
    Ok(vec![
        problem,
        solution.says("", &ticket.solution, ticket.language, door),
    ])
}

fn known_error(r: &mut Read, number: ProblemNumber) -> Result<Vec<Said>> {
    let gone = Said::gone(TargetKind::KnownError, number.0);
    let Some(problem) = problems::matched(r, number)? else {
        return Ok(vec![gone]);
    };
    // It has one point: in the language somebody wrote it in first.
    let speaks = |lang: &Lang| !problem.text(Part::Title, *lang).is_empty();
    let lang = [Lang::En, Lang::Fr].into_iter().find(speaks).unwrap_or(Lang::En);
    let title = problem.text(Part::Title, lang);
    let symptom = problem.text(Part::Symptom, lang);
    Ok(vec![gone.says(title, symptom, lang, (0, problem.changed_at.0))])
}

fn article(r: &mut Read, id: ArticleId) -> Result<Vec<Said>> {
    let texts = knowledge::for_index(r, id)?;
    let of = |lang: Lang| {
        let gone = Said::gone(TargetKind::Article, document_id(id, lang));
        let Some(text) = texts.iter().find(|text| text.lang == lang && text.published) else {
            return gone;
        };
        let gate = match text.audience {
            Audience::Internal => INTERNAL,
            Audience::Public => 0,
        };
        gone.says(&text.title, &text.body, lang, (gate, text.at.0))
    };
    Ok(vec![of(Lang::En), of(Lang::Fr)])
}
