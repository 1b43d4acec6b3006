//! One question under way: what is near of each kind, past the policy, with what it has in common with the question.

use std::cell::RefCell;
use std::collections::BTreeMap;

use db::{Packed, Read, Sql};
use search::{Index, Said};

use super::likely::{Question, Suggestion};
use super::meant;
use super::near::{Asked, Near, language, neighbours, ranked_beside};
use super::reason::{COUNTED, Count, Reason, counted, reasons};
use super::target::{Target, TargetKind};
use crate::access::Viewer;
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::finding::article_gates;
use crate::ids::{ArticleId, ProblemNumber, TicketNumber, TopicId};
use crate::knowledge;
use crate::meaning::{Meant, Usual};
use crate::problems::{self, Part, Problem, ProblemState};
use crate::tickets::{self, Stage};
use crate::words::Lang;

/// So many of each kind are looked at.
const LOOKED_AT: usize = 8;
/// Words said as evidence.
const SAID: usize = 3;
/// A fix is told as far as a card holds it.
const SHOWN: usize = 160;
/// A known error is meant when so much of what its symptom says stands in the question.
const MEANT: f32 = 0.4;
/// A ticket is like this one when so much of what is asked stands in it; what helped on one less like it counts less, and
/// under half of that not at all. In a small log the nearest ticket may be far.
const ALIKE: f64 = 0.3;
/// What is left of the words in common when none of them is what the text is about.
const ASIDE: f64 = 0.5;
/// What the same topic adds.
const SAME_TOPIC: f64 = 0.05;

pub(super) struct Round<'a> {
    index: &'a Index,
    asked: Asked,
    /// How near texts usually are to what it means.
    usual: Option<Usual>,
    topic: Option<TopicId>,
    /// The tickets most like it, nearest first.
    beside: Vec<(i64, f64)>,
    /// The question, ready to be held against texts in English and in French.
    said: [Said; 2],
    /// How far tickets it was learnt from are like this one.
    trusted: RefCell<BTreeMap<i64, f64>>,
}

/// What is said of a target before it is weighed.
struct Found<'a> {
    target: Target,
    titled: (String, Lang),
    /// What is compared with the question.
    text: &'a str,
    fix: String,
    topic: Option<TopicId>,
    count: Count,
}

impl<'a> Round<'a> {
    pub(super) fn new(desk: &'a Desk, cx: &Context, question: Question, of: Option<TicketNumber>) -> Result<Round<'a>> {
        let closed = cx.viewer.closed_teams.iter().map(|team| team.0).collect();
        Round::begin(desk, question, closed, (cx.now, of))
    }

    /// Whoever asks; teams whose tickets are not there for him are closed.
    pub(super) fn begin(
        desk: &'a Desk,
        question: Question,
        closed_gates: Vec<i64>,
        (now, of): (Time, Option<TicketNumber>),
    ) -> Result<Round<'a>> {
        let (index, of) = (desk.index(), of.map(|number| number.0));
        let asked = Asked {
            meant: desk.meaning().meant(&question.text, question.language, of),
            text: question.text,
            language: question.language,
            closed_gates,
            of,
            known_before: now.plus(1),
            learnt_before: now.plus(1),
        };
        Ok(Round {
            beside: neighbours(index, &asked)?,
            said: [Lang::En, Lang::Fr].map(|lang| index.said(&asked.text, language(lang))),
            topic: question.topic,
            usual: asked.meant.as_ref().map(Meant::usual),
            index,
            asked,
            trusted: RefCell::default(),
        })
    }

    fn ranked(&self, r: &mut Read, asked: &Asked, kind: TargetKind) -> Result<Vec<Near>> {
        let mut ranked = ranked_beside(r, self.index, asked, &self.beside, kind, LOOKED_AT)?;
        for near in &mut ranked {
            let Some(voter) = near.voter.filter(|_| near.votes > 0.0) else {
                continue;
            };
            let trust = self.trust(r, voter)?;
            if trust < 0.5 {
                (near.votes, near.like) = (0.0, 0);
            }
            near.votes *= trust;
        }
        Ok(ranked)
    }

    /// From 0 to 1: how far what helped on an earlier ticket says something of this one.
    fn trust(&self, r: &mut Read, voter: i64) -> Result<f64> {
        if let Some(known) = self.trusted.borrow().get(&voter) {
            return Ok(*known);
        }
        let (subject, words, lang) = tickets::asked_at_first(r, TicketNumber(voter))?;
        let trust = if lang == self.asked.language {
            let share = self.said(lang).in_common(&format!("{subject}\n{words}"), 0).share;
            let means = self.means(Target::ticket(TicketNumber(voter)));
            (f64::from(share).max(means) / ALIKE).min(1.0)
        } else {
            // Few words are the same in another language: that it is near at all has to do.
            1.0
        };
        self.trusted.borrow_mut().insert(voter, trust);
        Ok(trust)
    }

    fn said(&self, lang: Lang) -> &Said {
        &self.said[usize::from(lang == Lang::Fr)]
    }

    /// Those that are compared with what comes in, by their symptom.
    pub(super) fn known_errors(&self, r: &mut Read, cx: &Context) -> Result<Vec<Suggestion>> {
        let near = self.ranked(r, &self.asked, TargetKind::KnownError)?;
        let counts = counted(r, &self.asked, TargetKind::KnownError, &ids(&near))?;
        let mut found = Vec::new();
        for near in near {
            // The index may lag a moment behind what was closed.
            let Some(problem) = there(problems::find(r, cx, ProblemNumber(near.id)))?.filter(Problem::is_matched)
            else {
                continue;
            };
            let count = counts.get(&near.id).copied().unwrap_or_default();
            found.push(self.known_error(&problem, &near, count));
        }
        Ok(found)
    }

    /// Those that requesters may read of and that are meant, each with the problem itself. No policy is asked.
    pub(super) fn public_known_errors(&self, r: &mut Read) -> Result<Vec<(Suggestion, Problem)>> {
        let near = self.ranked(r, &self.asked, TargetKind::KnownError)?;
        let mut found = Vec::new();
        for near in near {
            let Some(problem) = problems::matched(r, ProblemNumber(near.id))?.filter(|problem| problem.public) else {
                continue;
            };
            let one = self.known_error(&problem, &near, Count::default());
            if one.known {
                found.push((one, problem));
            }
        }
        found.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        Ok(found)
    }

    fn known_error(&self, problem: &Problem, near: &Near, count: Count) -> Suggestion {
        let reads = self.asked.language;
        let (lang, title) = problem.text_or(Part::Title, reads);
        let symptom = problem.text_or(Part::Symptom, reads).1;
        let text = format!("{title}\n{symptom}");
        let symptom = if symptom.is_empty() { title } else { symptom };
        let matched = self
            .index
            .in_common(symptom, &self.asked.text, language(lang), SAID)
            .share;
        let mended = problem.state == ProblemState::Solved;
        let mut one = self.suggestion(
            near,
            Found {
                target: Target::known_error(problem.number),
                titled: (title.to_string(), lang),
                text: &text,
                fix: shown(helps(problem, reads)),
                topic: problem.topic,
                count,
            },
        );
        let code = one.reasons.iter().any(|reason| matches!(reason, Reason::Codes(_)));
        one.score = one.score.max(f64::from(matched));
        one.known = !mended && (matched >= MEANT || code);
        if mended {
            one.reasons.insert(0, Reason::Mended);
        }
        one
    }

    pub(super) fn articles(&self, r: &mut Read, viewer: Option<&Viewer>) -> Result<Vec<Suggestion>> {
        let mut asked = self.asked.clone();
        asked.closed_gates.extend(article_gates(viewer));
        let near = self.ranked(r, &asked, TargetKind::Article)?;
        let ids: Vec<ArticleId> = near.iter().map(|near| ArticleId(near.id)).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let since = self.asked.learnt_before.plus(-COUNTED);
        let worths: BTreeMap<ArticleId, knowledge::Worth> = knowledge::worths(r, &ids, since)?.into_iter().collect();
        let mut found = Vec::new();
        for near in near {
            let id = ArticleId(near.id);
            // The index may lag a moment behind what was retired.
            let Some((article, text)) = there(knowledge::read(r, viewer, id))? else {
                continue;
            };
            let reads = self.asked.language;
            let lang = if text.speaks(reads) { reads } else { reads.other() };
            let title = text.titled(lang).to_string();
            let worth = worths.get(&id).copied().unwrap_or_default();
            let one = Found {
                target: Target::article(id),
                text: &format!("{title}\n{}", text.body(lang)),
                titled: (title, lang),
                fix: String::new(),
                topic: article.topic,
                count: Count {
                    solved: worth.solved,
                    of: worth.of,
                },
            };
            found.push(self.suggestion(&near, one));
        }
        Ok(found)
    }

    /// Earlier tickets that were solved, found by their problem or by their solution.
    pub(super) fn tickets(&self, r: &mut Read, cx: &Context) -> Result<Vec<Suggestion>> {
        let mut best: BTreeMap<i64, Near> = BTreeMap::new();
        for kind in [TargetKind::Ticket, TargetKind::Solution] {
            for near in self.ranked(r, &self.asked, kind)? {
                let kept = best.entry(near.id).or_insert(near);
                if near.votes > kept.votes {
                    *kept = near;
                }
            }
        }
        best.remove(&self.asked.of.unwrap_or_default());
        let numbers: Vec<i64> = best.keys().copied().collect();
        let counts = counted(r, &self.asked, TargetKind::Ticket, &numbers)?;
        let mut found = Vec::new();
        for (number, fix) in fixes(r, &numbers)? {
            let Some(ticket) = there(tickets::find_inside(r, cx, TicketNumber(number)))? else {
                continue;
            };
            if ticket.status.stage() != Stage::Done || ticket.merged_into.is_some() {
                continue;
            }
            let problem = tickets::problem(r, cx, ticket.number)?;
            let one = Found {
                target: Target::ticket(ticket.number),
                text: &format!("{}\n{}\n{fix}", problem.subject, problem.words),
                titled: (problem.subject, problem.language),
                fix: shown(&fix),
                topic: ticket.topic,
                count: counts.get(&number).copied().unwrap_or_default(),
            };
            found.push(self.suggestion(&best[&number], one));
        }
        Ok(found)
    }

    /// What it means counts as a share of words; nothing without a model.
    fn means(&self, target: Target) -> f64 {
        let meant = self.asked.meant.as_ref().zip(self.usual.as_ref());
        meant.map_or(0.0, |(meant, usual)| meant::share(meant, usual, target))
    }

    fn suggestion(&self, near: &Near, one: Found<'_>) -> Suggestion {
        let (title, lang) = one.titled;
        let common = self.said(lang).in_common(one.text, SAID);
        // In the other language few words are the same: there the index's own measure stands in.
        let share = f64::from(common.share);
        let share = if lang == self.asked.language {
            share
        } else {
            share.max(near.text * 0.5)
        };
        let means = self.means(one.target);
        let topic = one.topic.filter(|topic| self.topic == Some(*topic));
        // A long text has some of every question in it; what it is about stands in its title.
        let beside_it = lang == self.asked.language
            && topic.is_none()
            && near.like == 0
            && common.codes.is_empty()
            && self.said(lang).in_common(&title, 1).words.is_empty();
        let share = if beside_it { share * ASIDE } else { share };
        let often = (one.count.solved as f64).ln_1p() * 0.05;
        let same = if topic.is_some() { SAME_TOPIC } else { 0.0 };
        let mut reasons = reasons(near, common, one.count, topic);
        if means > share {
            reasons.push(Reason::Meaning);
        }
        Suggestion {
            target: one.target,
            title,
            lang,
            fix: one.fix,
            reasons,
            score: share.max(means) + (near.votes.min(2.0) * 0.3) + often + same,
            known: false,
        }
    }
}

fn ids(near: &[Near]) -> Vec<i64> {
    near.iter().map(|near| near.id).collect()
}

/// What is not there for the viewer is left out.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What helps against a known error: the workaround, or the fix once it is mended; in that language where it was written.
pub(super) fn helps(problem: &Problem, reads: Lang) -> &str {
    helps_in(problem, reads).1
}

/// The same, with the language it is in.
pub(super) fn helps_in(problem: &Problem, reads: Lang) -> (Lang, &str) {
    let mut parts = [Part::Workaround, Part::Fix];
    if problem.state == ProblemState::Solved {
        parts.reverse();
    }
    let said = parts.iter().find(|part| problem.has(**part));
    said.map_or((reads, ""), |part| problem.text_or(*part, reads))
}

/// What helped on these tickets: the steps, or else what helped to find them, or else the cause.
fn fixes(r: &mut Read, numbers: &[i64]) -> Result<Vec<(i64, String)>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT ticket, steps, helped, cause FROM solution WHERE ticket IN (");
    sql.bind_list(numbers.iter().copied()).push(") ORDER BY ticket");
    let rows: Vec<(i64, Packed, Packed, Packed)> = r.query_sql(&sql)?;
    let told = rows.into_iter().filter_map(|(ticket, steps, helped, cause)| {
        let said = [steps.0, helped.0, cause.0]
            .into_iter()
            .find(|words| !words.trim().is_empty())?;
        Some((ticket, said))
    });
    Ok(told.collect())
}

/// The first words of a fix.
fn shown(fix: &str) -> String {
    let words = fix.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &words[..cut])
        }
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_is_told_in_its_first_words() {
        assert_eq!(shown("Turn\n it  on."), "Turn it on.");
        let long = shown(&"word ".repeat(100));
        assert!(long.ends_with("word…") && long.chars().count() <= SHOWN + 1, "{long}");
        assert_eq!(shown(&"é".repeat(500)).chars().count(), SHOWN + 1);
    }
}
