//! What is alike: the documents nearest to a whole text, where a query asks for a few words.
//!
//! Ranked by BM25 over title and body as one text (Robertson and Zaragoza 2009, section 3.6), with how rare a word is
//! and how long a text is taken from documents of the same kind alone: an article is not short because letters are
//! long. A word that the text repeats counts less each time. [`Weights::pieces`] adds overlapping parts of words, by
//! which *imprimante réseau* comes near *network printer* in another language, and a slip near what was meant.

use crate::kinds::{Lengths, OfKind, Places};
use crate::schema::{AT, Fields, GATE, ID};
use crate::stems::Stems;
use crate::tokenizers::pieces;
use crate::vocabulary::{Standing, Vocabulary};
use crate::words::{Words, is_stop_word};
use crate::{Index, Lang, Result};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher};

/// No more different words of a text are asked for: the rarest are kept.
const MOST_TERMS: usize = 64;
/// No more parts of words.
const MOST_PIECES: usize = 160;
/// A text is read this far.
const MOST_BYTES: usize = 16 << 10;

/// How near is measured: one set for each kind of document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// A word in a title counts as often as this in a body.
    pub title: f32,
    /// How soon a word that a document repeats stops adding: BM25's k1.
    pub k1: f32,
    /// How much long documents are held back: BM25's b, from 0 to 1.
    pub b: f32,
    /// What n times the same word in the text asked with counts: n to this power.
    pub damping: f32,
    /// What parts of words count beside words; 0 asks for none.
    pub pieces: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            title: 1.0,
            k1: 1.2,
            b: 0.75,
            damping: 0.5,
            pieces: 0.0,
        }
    }
}

/// What to find the like of.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    pub text: String,
    pub lang: Lang,
    pub kind: String,
    pub weights: Weights,
    /// Documents behind these gates are not there.
    pub closed_gates: Vec<i64>,
    /// Only documents with these ids, in order; `None` for all.
    pub only: Option<Vec<i64>>,
    /// Documents with these ids are left out: the one itself.
    pub except: Vec<i64>,
    /// Only documents that last mattered before this time.
    pub before: Option<i64>,
    pub limit: usize,
}

impl Likeness {
    pub fn new(kind: &str, text: &str, lang: Lang) -> Self {
        Self {
            text: text.to_owned(),
            lang,
            kind: kind.to_owned(),
            weights: Weights::default(),
            closed_gates: Vec::new(),
            only: None,
            except: Vec::new(),
            before: None,
            limit: 20,
        }
    }
}

/// A document that is near.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub id: i64,
    pub at: i64,
    /// Comparable within one answer.
    pub score: f32,
}

/// The words asked with, each with how often.
type Terms = HashMap<String, f32>;

impl Index {
    /// The documents of one kind that are most like a text, the nearest first.
    pub fn alike(&self, asked: &Likeness) -> Result<Vec<Near>> {
        let searcher = self.reader.searcher();
        let kinds = self.of_kind(&searcher, &asked.kind)?;
        let mut scores: Vec<Vec<f32>> = searcher.segment_readers().iter().map(|_| Vec::new()).collect();
        let text = crate::document::capped(&asked.text, MOST_BYTES);
        let round = Round {
            searcher: &searcher,
            fields: self.fields,
            kinds: &kinds,
            weights: asked.weights,
            lengths: kinds
                .iter()
                .fold(Lengths::default(), |sum, kind| sum.plus(kind.lengths)),
        };
        if round.lengths.documents == 0 {
            return Ok(Vec::new());
        }
        round.add_words(words(text, asked.lang), &mut scores)?;
        if asked.weights.pieces > 0.0 {
            round.add_pieces(parts(text), &mut scores)?;
        }
        Ok(best(&searcher, asked, &scores)?)
    }
}

/// Words of a question that say nothing of what it is about.
fn only_asks(folded: &str) -> bool {
    const ASKS: &[&str] = &[
        "avoir", "bonjour", "ca", "cela", "combien", "comment", "dois", "doit", "etre", "faire", "faut", "fois",
        "hello", "merci", "please", "peut", "peuvent", "peux", "pourquoi", "puis", "quand", "quel", "quelle",
        "quelles", "quels", "quoi", "should", "suis", "thank", "thanks", "where",
    ];
    ASKS.contains(&folded)
}

/// The stems of a text, common words left out.
fn words(text: &str, lang: Lang) -> Terms {
    let stems = Stems::new();
    let mut terms = Terms::new();
    for word in Words::new(text).filter(|word| !is_stop_word(&word.folded) && !only_asks(&word.folded)) {
        stems.each(&word, lang, |stem| *terms.entry(stem).or_default() += 1.0);
    }
    terms
}

fn parts(text: &str) -> Terms {
    let mut terms = Terms::new();
    for word in Words::new(text).filter(|word| !is_stop_word(&word.folded) && !only_asks(&word.folded)) {
        for piece in pieces(&word.folded) {
            *terms.entry(piece).or_default() += 1.0;
        }
    }
    terms
}

/// One question under way.
struct Round<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    kinds: &'a [Arc<OfKind>],
    weights: Weights,
    lengths: Lengths,
}

impl Round<'_> {
    fn add_words(&self, terms: Terms, scores: &mut [Vec<f32>]) -> tantivy::Result<()> {
        let of = [(self.fields.title, self.weights.title), (self.fields.body, 1.0)];
        self.add(&of, terms, MOST_TERMS, 1.0, scores)
    }

    fn add_pieces(&self, terms: Terms, scores: &mut [Vec<f32>]) -> tantivy::Result<()> {
        self.add(
            &[(self.fields.pieces, 1.0)],
            terms,
            MOST_PIECES,
            self.weights.pieces,
            scores,
        )
    }

    fn add(
        &self,
        of: &[(Field, f32)],
        terms: Terms,
        most: usize,
        share: f32,
        scores: &mut [Vec<f32>],
    ) -> tantivy::Result<()> {
        let words = Vocabulary::open(self.searcher, of)?;
        let segments = self.searcher.segment_readers();
        let mut often: Vec<Vec<f32>> = segments
            .iter()
            .map(|segment| vec![0.0; segment.max_doc() as usize])
            .collect();
        for (term, count) in rarest(&words, terms, most)? {
            let mut places: Vec<Places> = vec![Places::new(); segments.len()];
            for (at, segment) in segments
                .iter()
                .enumerate()
                .filter(|(at, _)| !self.kinds[*at].is_empty())
            {
                let postings = words.postings(at, &term)?;
                places[at] = self.kinds[at].places(postings, segment.alive_bitset(), &mut often[at]);
            }
            let found = places.iter().map(Vec::len).sum::<usize>() as f32;
            let rarity = ((self.lengths.documents as f32 - found + 0.5) / (found + 0.5))
                .max(0.0)
                .ln_1p();
            let weight = share * rarity * count.powf(self.weights.damping);
            for (segment, (places, scores)) in places.iter().zip(scores.iter_mut()).enumerate() {
                self.score(segment, places, weight, scores)?;
            }
        }
        Ok(())
    }

    fn score(&self, segment: usize, places: &Places, weight: f32, scores: &mut Vec<f32>) -> tantivy::Result<()> {
        if places.is_empty() {
            return Ok(());
        }
        let reader = &self.searcher.segment_readers()[segment];
        scores.resize(reader.max_doc() as usize, 0.0);
        let title = reader.get_fieldnorms_reader(self.fields.title)?;
        let body = reader.get_fieldnorms_reader(self.fields.body)?;
        let Weights { k1, b, .. } = self.weights;
        let average = self.lengths.average(self.weights.title);
        for (doc, times) in places {
            let length = title.fieldnorm(*doc) as f32 * self.weights.title + body.fieldnorm(*doc) as f32;
            let held_back = k1 * (1.0 - b + b * length / average);
            scores[*doc as usize] += weight * times * (k1 + 1.0) / (times + held_back);
        }
        Ok(())
    }
}

/// The words that tell most, by how few documents of any kind hold them.
fn rarest(words: &Vocabulary, terms: Terms, most: usize) -> tantivy::Result<Vec<(Standing, f32)>> {
    let mut counted = Vec::with_capacity(terms.len());
    for (term, count) in terms {
        let standing = words.standing(&term)?;
        let found = standing.documents();
        if found > 0 {
            counted.push((found, term, standing, count));
        }
    }
    // By the word as well, so that the same text asks the same.
    counted.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    counted.truncate(most);
    let told = counted.into_iter();
    Ok(told.map(|(_, _, standing, count)| (standing, count)).collect())
}

/// A score, and the segment and the document it is of.
type Scored = (f32, usize, DocId);

fn best(searcher: &Searcher, asked: &Likeness, scores: &[Vec<f32>]) -> tantivy::Result<Vec<Near>> {
    let mut scored: Vec<Scored> = Vec::new();
    for (segment, scores) in scores.iter().enumerate() {
        let found = (0..).zip(scores).filter(|(_, score)| **score > 0.0);
        scored.extend(found.map(|(doc, score)| (*score, segment, doc)));
    }
    // What a document says of itself is only read of the best: a few times as many as are wanted, or else all.
    let mut most = asked.limit.saturating_mul(2).max(1);
    loop {
        let whole = most >= scored.len();
        let kept = if whole {
            scored.len()
        } else {
            most_of(&mut scored, most)
        };
        let mut near = let_in(searcher, asked, &scored[..kept])?;
        if near.len() >= asked.limit || whole {
            near.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(b.id.cmp(&a.id)));
            near.truncate(asked.limit);
            return Ok(near);
        }
        most = most.saturating_mul(8);
    }
}

/// Puts the best of them first, and says how many these are: so many, and all that are as good as the last of those.
fn most_of(scored: &mut [Scored], most: usize) -> usize {
    let (_, last, _) = scored.select_nth_unstable_by(most - 1, |a, b| b.0.total_cmp(&a.0));
    let last = last.0;
    let mut kept = most;
    for at in most..scored.len() {
        if scored[at].0 >= last {
            scored.swap(at, kept);
            kept += 1;
        }
    }
    kept
}

fn let_in(searcher: &Searcher, asked: &Likeness, scored: &[Scored]) -> tantivy::Result<Vec<Near>> {
    let mut near = Vec::new();
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let column = |name| Ok::<_, tantivy::TantivyError>(segment.fast_fields().i64(name)?.first_or_default_col(0));
        let (id, when, gate) = (column(ID)?, column(AT)?, column(GATE)?);
        for (score, _, doc) in scored.iter().filter(|(_, of, _)| *of == at) {
            let found = Near {
                id: id.get_val(*doc),
                at: when.get_val(*doc),
                score: *score,
            };
            if asked.lets_in(&found, gate.get_val(*doc)) {
                near.push(found);
            }
        }
    }
    Ok(near)
}

impl Likeness {
    fn lets_in(&self, found: &Near, gate: i64) -> bool {
        let wanted = self
            .only
            .as_ref()
            .is_none_or(|ids| ids.binary_search(&found.id).is_ok());
        let early = self.before.is_none_or(|before| found.at < before);
        wanted && early && !self.except.contains(&found.id) && !self.closed_gates.contains(&gate)
    }
}
