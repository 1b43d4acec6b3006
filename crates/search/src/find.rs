//! Asking: a query in, ranked hits out.
//!
//! All words must be found; when no document holds them all, those that hold some are ranked
//! instead.

use crate::collect::{Best, Candidate};
use crate::expand::Expansion;
use crate::query::{Clause, Parsed, parse};
use crate::schema::{AT, Fields, KIND};
use crate::unwanted::Unwanted;
use crate::words::is_stop_word;
use crate::{Index, Marks, Result};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

/// Hits beyond this depth are not served, only counted.
const MAX_DEPTH: usize = 10_000;

/// How hits are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The best first; of nearly equal ones the newer.
    #[default]
    Relevance,
    Newest,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed: words, `"phrases"`, `-exclusions`, identifiers.
    pub text: String,
    /// Only these kinds; empty for all.
    pub kinds: Vec<String>,
    /// Documents behind these gates are neither shown nor counted.
    pub closed_gates: Vec<i64>,
    /// Only documents with these ids; `None` for all. For a reader who has a few of his own among very many.
    pub only: Option<Vec<i64>>,
    pub limit: usize,
    pub offset: usize,
    pub order: Order,
    /// The last word is still being typed: words that begin with it count as well.
    pub prefix: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            kinds: Vec::new(),
            closed_gates: Vec::new(),
            only: None,
            limit: 25,
            offset: 0,
            order: Order::default(),
            prefix: false,
        }
    }
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub kind: String,
    pub id: i64,
    /// Comparable within one answer; 0 when the order is by time.
    pub score: f32,
    pub at: i64,
}

/// The answer.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many documents match, exactly.
    pub total: usize,
    pub hits: Vec<Hit>,
    /// Marks what was looked for in the texts of the hits.
    pub marks: Marks,
    /// The text with unknown words replaced by the known ones that were searched instead.
    pub corrected: Option<String>,
    /// No document holds all the words; these hold some.
    pub partial: bool,
}

impl Index {
    /// Finds documents. Any text is a query; one without a word finds nothing.
    pub fn find(&self, query: &Query) -> Result<Found> {
        let parsed = parse(&query.text);
        let searcher = self.reader.searcher();
        let mut expansion = Expansion::new(&searcher, self.fields);
        let (wanted, unwanted) = expand(&parsed, query, &mut expansion)?;
        if wanted.is_empty() && unwanted.is_empty() {
            return Ok(Found::default());
        }
        let asked = Asked {
            wanted,
            unwanted,
            title: expansion.whole_title(&query.text),
        };
        let (mut total, mut best) = run(&searcher, self.fields, query, &asked.all())?;
        let partial = total == 0 && asked.wanted.len() > 1;
        if partial {
            (total, best) = run(&searcher, self.fields, query, &asked.some())?;
        }
        let hits = best
            .into_iter()
            .skip(query.offset)
            .map(|candidate| hit(&searcher, candidate))
            .collect::<tantivy::Result<_>>()?;
        let corrected = expansion.corrected(&query.text);
        Ok(Found {
            total,
            hits,
            marks: expansion.marks,
            corrected,
            partial,
        })
    }
}

type Queries = Vec<Box<dyn EngineQuery>>;

fn expand(parsed: &Parsed, query: &Query, expansion: &mut Expansion<'_>) -> Result<(Queries, Queries)> {
    let unwanted = parsed
        .unwanted
        .iter()
        .map(|clause| expansion.exactly(clause))
        .collect::<Queries>();
    let narrows = |clause: &&Clause| !matches!(clause, Clause::Word(word) if is_stop_word(&word.folded));
    let typing = query.prefix && query.text.ends_with(|c: char| c.is_alphanumeric());
    let last = if typing { parsed.wanted.last() } else { None };
    let mut chosen: Vec<_> = parsed
        .wanted
        .iter()
        .filter(|clause| narrows(clause) || Some(*clause) == last)
        .collect();
    if chosen.is_empty() {
        chosen = parsed.wanted.iter().collect();
    }
    let wanted = chosen
        .into_iter()
        .map(|clause| expansion.clause(clause, Some(clause) == last))
        .collect::<tantivy::Result<_>>()?;
    Ok((wanted, unwanted))
}

/// A query in the engine's terms.
struct Asked {
    wanted: Queries,
    unwanted: Queries,
    title: Option<Box<dyn EngineQuery>>,
}

impl Asked {
    /// Documents that hold all that is wanted.
    fn all(&self) -> BooleanQuery {
        let mut clauses = self.clauses(Occur::Must);
        if self.wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        } else {
            clauses.extend(self.title.iter().map(|title| (Occur::Should, title.box_clone())));
        }
        BooleanQuery::new(clauses)
    }

    /// Documents that hold some of it.
    fn some(&self) -> BooleanQuery {
        BooleanQuery::new(self.clauses(Occur::Should))
    }

    fn clauses(&self, occur: Occur) -> Vec<(Occur, Box<dyn EngineQuery>)> {
        let wanted = self.wanted.iter().map(|clause| (occur, clause.box_clone()));
        let unwanted = self.unwanted.iter().map(|clause| {
            let left_out: Box<dyn EngineQuery> = Box::new(Unwanted(clause.box_clone()));
            (Occur::MustNot, left_out)
        });
        wanted.chain(unwanted).collect()
    }
}

fn run(searcher: &Searcher, fields: Fields, query: &Query, asked: &BooleanQuery) -> Result<(usize, Vec<Candidate>)> {
    let mut closed_gates = query.closed_gates.clone();
    closed_gates.sort_unstable();
    let mut only = query.only.clone();
    if let Some(ids) = &mut only {
        ids.sort_unstable();
    }
    let best = Best {
        wanted: query.limit.saturating_add(query.offset).min(MAX_DEPTH),
        order: query.order,
        kinds: &query.kinds,
        closed_gates: &closed_gates,
        only: only.as_deref(),
        times: times(searcher)?,
    };
    Ok(match rare_kinds(searcher, fields, &query.kinds)? {
        Some(kinds) => {
            let asked: Box<dyn EngineQuery> = Box::new(asked.clone());
            searcher.search(
                &BooleanQuery::new(vec![(Occur::Must, asked), (Occur::Must, kinds)]),
                &best,
            )?
        }
        None => searcher.search(asked, &best)?,
    })
}

/// A clause for the kinds asked for, when few documents are of them: then these lead the walk, and not every document
/// that holds the words. Common kinds are only filtered, which is cheaper than walking their long list beside.
fn rare_kinds(searcher: &Searcher, fields: Fields, kinds: &[String]) -> Result<Option<Box<dyn EngineQuery>>> {
    let terms: Vec<Term> = kinds
        .iter()
        .map(|kind| Term::from_field_text(fields.kind, kind))
        .collect();
    let mut of_them = 0;
    for term in &terms {
        of_them += searcher.doc_freq(term)?;
    }
    let rare = !terms.is_empty() && of_them * 4 < searcher.num_docs();
    let of_kind = |term| -> Box<dyn EngineQuery> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    Ok(rare.then(|| -> Box<dyn EngineQuery> {
        let any = BooleanQuery::union(terms.into_iter().map(of_kind).collect());
        Box::new(ConstScoreQuery::new(Box::new(any), 0.0))
    }))
}

/// The first and the last time in the index.
fn times(searcher: &Searcher) -> tantivy::Result<(i64, i64)> {
    let mut times = (i64::MAX, i64::MIN);
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().i64(AT)?;
        times = (times.0.min(column.min_value()), times.1.max(column.max_value()));
    }
    Ok(times)
}

fn hit(searcher: &Searcher, candidate: Candidate) -> tantivy::Result<Hit> {
    let mut kind = String::new();
    let segment = searcher.segment_reader(candidate.segment);
    if let Some(column) = segment.fast_fields().str(KIND)?
        && let Some(number) = column.ords().first(candidate.doc)
    {
        column.ord_to_str(number, &mut kind)?;
    }
    Ok(Hit {
        kind,
        id: candidate.id,
        score: candidate.score(),
        at: candidate.at,
    })
}
