//! The targets of one kind that are likely to help, best first.

use std::collections::{BTreeSet, HashMap};

use db::{Read, Sql};
use search::{Index, Lang as IndexLang, Likeness, Weights as Measure};

use super::learnt;
use super::meant;
use super::rank::{self, Neighbour, Signs, Weights};
use super::target::TargetKind;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::finding::{ARTICLE, KNOWN_ERROR, PAGE, SOLUTION, TICKET, article_of, articles_with};
use crate::meaning::Meant;
use crate::words::Lang;

/// The problem, in the requester's own words.
#[derive(Clone, Debug)]
pub struct Asked {
    pub text: String,
    pub language: Lang,
    /// Teams whose tickets are not there for who asks.
    pub closed_gates: Vec<i64>,
    /// The ticket that the words are of.
    pub of: Option<i64>,
    /// Only what was known before this moment.
    pub known_before: Time,
    /// Only what was learnt before this moment; everything, in use.
    pub learnt_before: Time,
    /// What it means to the model of this desk, where there is one that knows its language.
    pub meant: Option<Meant>,
}

/// A target that may help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub id: i64,
    pub score: f64,
    /// Words in common, from 0 to 1, the best being 1; 0 where it was found by what helped alone.
    pub text: f64,
    /// What the tickets most like this one say for it.
    pub votes: f64,
    /// On how many of them it helped.
    pub like: usize,
    /// The nearest ticket it helped on.
    pub voter: Option<i64>,
}

/// So many tickets are looked at for what helped on them.
const NEIGHBOURS: usize = 300;
/// So many targets are weighed.
const CANDIDATES: usize = 100;

/// A solution counts so much more when its ticket was solved.
const SOLVED: f64 = 1.25;

const AMONG_TICKETS: Measure = Measure {
    title: 1.0,
    k1: 1.2,
    b: 0.4,
    damping: 0.5,
    pieces: 0.0,
};
const AMONG_SOLUTIONS: Measure = Measure {
    title: 1.0,
    k1: 2.0,
    b: 0.9,
    damping: 1.0,
    pieces: 0.0,
};
const AMONG_ARTICLES: Measure = Measure {
    title: 3.0,
    k1: 2.0,
    b: 0.75,
    damping: 1.0,
    pieces: 0.3,
};
/// A page of a manual: its title is the name of a file.
const AMONG_PAGES: Measure = Measure {
    title: 1.0,
    k1: 1.2,
    b: 0.75,
    damping: 1.0,
    pieces: 0.0,
};
/// A manual has many pages, and one of them is about nearly anything: an article about it goes first.
const OF_PAGE: f64 = 0.5;

/// The best of one kind for this problem.
pub fn ranked(r: &mut Read, index: &Index, asked: &Asked, kind: TargetKind, most: usize) -> Result<Vec<Near>> {
    // Nothing votes for a solution.
    let beside = match kind {
        TargetKind::Solution => Vec::new(),
        _ => neighbours(index, asked)?,
    };
    ranked_beside(r, index, asked, &beside, kind, most)
}

/// The tickets most like this one: what is learnt is learnt from them, for every kind alike.
pub(super) fn neighbours(index: &Index, asked: &Asked) -> Result<Vec<(i64, f64)>> {
    near(index, asked, TargetKind::Ticket, NEIGHBOURS)
}

/// The same, with the neighbours at hand.
pub(super) fn ranked_beside(
    r: &mut Read,
    index: &Index,
    asked: &Asked,
    beside: &[(i64, f64)],
    kind: TargetKind,
    most: usize,
) -> Result<Vec<Near>> {
    let mut near = match kind {
        TargetKind::Ticket => beside.iter().take(CANDIDATES).copied().collect(),
        _ => near(index, asked, kind, CANDIDATES)?,
    };
    match kind {
        TargetKind::Solution => prefer_solved(r, &mut near)?,
        TargetKind::Article => add_pages(r, index, asked, &mut near)?,
        TargetKind::KnownError | TargetKind::Ticket => {}
    }
    let mut signs = voices(r, beside, asked, kind)?;
    let best = near.first().map_or(1.0, |n| n.1);
    for (id, score) in near {
        signs.entry(id).or_default().text = score / best;
    }
    add_often(r, asked, kind, &mut signs)?;
    let weights = weights(kind);
    let mut found: Vec<Near> = signs.iter().map(|(id, signs)| weighed(*id, signs, weights)).collect();
    let of = asked.of.filter(|_| kind == TargetKind::Ticket);
    found.retain(|near| near.score > 0.0 && of.is_none_or(|of| of != near.id));
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(b.id.cmp(&a.id)));
    found.truncate(most);
    Ok(found)
}

fn weights(kind: TargetKind) -> &'static Weights {
    match kind {
        TargetKind::Article | TargetKind::KnownError => &rank::ARTICLES,
        TargetKind::Ticket => &rank::TICKETS,
        TargetKind::Solution => &rank::SOLUTIONS,
    }
}

fn weighed(id: i64, signs: &Signs, weights: &Weights) -> Near {
    Near {
        id,
        score: signs.weighed(weights),
        text: signs.text,
        votes: signs.votes,
        like: signs.like,
        voter: signs.voter,
    }
}

/// By their words, and by what they mean where there is a model.
fn near(index: &Index, asked: &Asked, kind: TargetKind, limit: usize) -> Result<Vec<(i64, f64)>> {
    let words = by_words(index, asked, kind, limit)?;
    let Some(meant) = &asked.meant else { return Ok(words) };
    let mut fused = rank::fused(&words, &meant::means(meant, asked, kind, (&words, limit)));
    fused.truncate(limit);
    Ok(fused)
}

fn by_words(index: &Index, asked: &Asked, kind: TargetKind, limit: usize) -> Result<Vec<(i64, f64)>> {
    let (kind, measure) = match kind {
        TargetKind::Article => (ARTICLE, AMONG_ARTICLES),
        TargetKind::KnownError => (KNOWN_ERROR, AMONG_ARTICLES),
        TargetKind::Ticket => (TICKET, AMONG_TICKETS),
        TargetKind::Solution => (SOLUTION, AMONG_SOLUTIONS),
    };
    let likeness = Likeness {
        weights: measure,
        limit,
        closed_gates: asked.closed_gates.clone(),
        except: asked.of.filter(|_| kind == TICKET).into_iter().collect(),
        before: (kind == TICKET).then_some(asked.known_before.0),
        ..Likeness::new(kind, &asked.text, language(asked.language))
    };
    let found = index.alike(&likeness).map_err(Error::fault)?;
    let found = found.into_iter().map(|n| (n.id, f64::from(n.score)));
    Ok(if kind == ARTICLE {
        by_article(found)
    } else {
        found.collect()
    })
}

/// An article is a document for each language: it is as near as the nearer of them, which comes first.
pub(super) fn by_article(found: impl Iterator<Item = (i64, f64)>) -> Vec<(i64, f64)> {
    let mut seen = BTreeSet::new();
    found
        .map(|(document, score)| (article_of(document).0, score))
        .filter(|(id, _)| seen.insert(*id))
        .collect()
}

/// A page of a manual speaks for its article, which is as near as its nearest page where its own words are farther.
fn add_pages(r: &mut Read, index: &Index, asked: &Asked, near: &mut Vec<(i64, f64)>) -> Result<()> {
    let likeness = Likeness {
        weights: AMONG_PAGES,
        limit: CANDIDATES,
        closed_gates: asked.closed_gates.clone(),
        ..Likeness::new(PAGE, &asked.text, language(asked.language))
    };
    let pages = index.alike(&likeness).map_err(Error::fault)?;
    if pages.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = pages.iter().map(|page| page.id).collect();
    let articles = articles_with(r, &ids)?;
    let mut best: HashMap<i64, f64> = near.drain(..).collect();
    for page in pages {
        let Some(article) = articles.get(&page.id) else {
            continue;
        };
        let score = best.entry(article.0).or_default();
        *score = score.max(f64::from(page.score) * OF_PAGE);
    }
    near.extend(best);
    near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    near.truncate(CANDIDATES);
    Ok(())
}

/// What solved its ticket is likelier to solve another than what was only tried.
fn prefer_solved(r: &mut Read, near: &mut [(i64, f64)]) -> Result<()> {
    let mut sql = Sql::new("SELECT number FROM ticket WHERE solved_at IS NOT NULL AND number IN (");
    sql.bind_list(near.iter().map(|(id, _)| *id)).push(")");
    let solved: BTreeSet<i64> = r.query_sql::<i64>(&sql)?.into_iter().collect();
    for (id, score) in near.iter_mut() {
        if solved.contains(id) {
            *score *= SOLVED;
        }
    }
    near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    Ok(())
}

pub(super) fn language(lang: Lang) -> IndexLang {
    match lang {
        Lang::En => IndexLang::En,
        Lang::Fr => IndexLang::Fr,
    }
}

/// What helped on the tickets most like this one.
fn voices(r: &mut Read, tickets: &[(i64, f64)], asked: &Asked, kind: TargetKind) -> Result<HashMap<i64, Signs>> {
    let numbers: Vec<i64> = tickets.iter().map(|(id, _)| *id).collect();
    let mut votes = learnt::on_tickets(r, kind, &numbers, asked.learnt_before)?;
    let neighbours: Vec<Neighbour> = tickets
        .iter()
        .filter_map(|(id, score)| {
            Some(Neighbour {
                ticket: *id,
                score: *score,
                votes: votes.remove(id)?,
            })
        })
        .collect();
    Ok(rank::voices(&neighbours, asked.learnt_before))
}

fn add_often(r: &mut Read, asked: &Asked, kind: TargetKind, signs: &mut HashMap<i64, Signs>) -> Result<()> {
    let targets: BTreeSet<i64> = signs.keys().copied().collect();
    let targets: Vec<i64> = targets.into_iter().collect();
    for (target, times) in learnt::helped(r, kind, &targets, asked.learnt_before)? {
        let sign = signs.entry(target).or_default();
        (sign.soon, sign.long) = rank::often(&times, asked.learnt_before);
    }
    Ok(())
}
