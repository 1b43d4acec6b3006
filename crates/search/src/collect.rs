//! Gathers the best hits of a query, leaving out what the caller may not see.

use crate::find::Order;
use crate::schema::{AT, GATE, ID, KIND};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// How much newer documents gain over older ones: enough to settle what is nearly even.
const RECENCY: f32 = 0.05;
/// No segment has so many kinds.
const NO_KIND: u64 = u64::MAX;

/// A hit before its kind is read. Ordered by rank, then by time, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    rank: i64,
    pub(crate) at: i64,
    pub(crate) id: i64,
    pub(crate) segment: SegmentOrdinal,
    pub(crate) doc: DocId,
    score_bits: u32,
}

impl Candidate {
    pub(crate) fn score(&self) -> f32 {
        f32::from_bits(self.score_bits)
    }
}

/// Collects the `wanted` best of the documents whose gate is open.
pub(crate) struct Best<'a> {
    pub(crate) wanted: usize,
    pub(crate) order: Order,
    pub(crate) kinds: &'a [String],
    /// In order, for the search.
    pub(crate) closed_gates: &'a [i64],
    /// In order as well; `None` lets every id in.
    pub(crate) only: Option<&'a [i64]>,
    /// The first and the last time in the index.
    pub(crate) times: (i64, i64),
}

impl Collector for Best<'_> {
    /// How many there are, and the best of them in order.
    type Fruit = (usize, Vec<Candidate>);
    type Child = SegmentBest;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentBest> {
        let columns = reader.fast_fields();
        let column = |name| Ok::<_, tantivy::TantivyError>(columns.i64(name)?.first_or_default_col(0));
        Ok(SegmentBest {
            segment,
            wanted: self.wanted,
            order: self.order,
            kinds: kind_filter(reader, self.kinds)?,
            closed_gates: self.closed_gates.to_vec(),
            only: self.only.map(<[i64]>::to_vec),
            times: self.times,
            gate: column(GATE)?,
            at: column(AT)?,
            id: column(ID)?,
            total: 0,
            best: BinaryHeap::with_capacity(self.wanted + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Relevance
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let total = fruits.iter().map(|(total, _)| total).sum();
        let mut best: Vec<_> = fruits.into_iter().flat_map(|(_, best)| best).collect();
        best.sort_unstable_by_key(|candidate| Reverse(*candidate));
        best.truncate(self.wanted);
        Ok((total, best))
    }
}

/// The kind of each document of a segment as a number, and the numbers that are asked for.
type Kinds = (Arc<dyn ColumnValues<u64>>, Vec<u64>);

/// The kinds asked for, as this segment numbers them; `None` when it has no other.
fn kind_filter(reader: &SegmentReader, kinds: &[String]) -> tantivy::Result<Option<Kinds>> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let Some(column) = reader.fast_fields().str(KIND)? else {
        return Ok(None);
    };
    let mut numbers = Vec::with_capacity(kinds.len());
    for kind in kinds {
        numbers.extend(column.dictionary().term_ord(kind.as_bytes())?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let of_others = column.num_terms() > numbers.len();
    Ok(of_others.then(|| (column.ords().clone().first_or_default_col(NO_KIND), numbers)))
}

/// The part of [`Best`] for one segment.
pub(crate) struct SegmentBest {
    segment: SegmentOrdinal,
    wanted: usize,
    order: Order,
    kinds: Option<Kinds>,
    closed_gates: Vec<i64>,
    only: Option<Vec<i64>>,
    times: (i64, i64),
    gate: Arc<dyn ColumnValues<i64>>,
    at: Arc<dyn ColumnValues<i64>>,
    id: Arc<dyn ColumnValues<i64>>,
    total: usize,
    best: BinaryHeap<Reverse<Candidate>>,
}

impl SegmentBest {
    fn is_hidden(&self, doc: DocId) -> bool {
        let closed = !self.closed_gates.is_empty() && self.closed_gates.binary_search(&self.gate.get_val(doc)).is_ok();
        let others = self
            .only
            .as_ref()
            .is_some_and(|ids| ids.binary_search(&self.id.get_val(doc)).is_err());
        closed
            || others
            || self
                .kinds
                .as_ref()
                .is_some_and(|(column, kinds)| !kinds.contains(&column.get_val(doc)))
    }

    /// The rank that was the least of those kept, once enough are.
    fn least(&self) -> Option<(i64, i64)> {
        let full = self.best.len() >= self.wanted;
        full.then(|| {
            self.best
                .peek()
                .map_or((i64::MAX, i64::MAX), |least| (least.0.rank, least.0.at))
        })
    }

    /// Whether a document of this score falls behind the least at any age: most do, and their time need not be read.
    fn falls_behind(&self, score: Score, least: i64) -> bool {
        self.order == Order::Relevance && ordered(score.max(0.0) * (1.0 + RECENCY)) < least
    }

    fn rank(&self, score: Score, at: i64) -> i64 {
        match self.order {
            Order::Newest => at,
            Order::Relevance => {
                let (first, last) = self.times;
                let age = last.saturating_sub(at) as f32 / last.saturating_sub(first).max(1) as f32;
                ordered(score.max(0.0) * (1.0 + RECENCY * (1.0 - age)))
            }
        }
    }
}

/// The bits of a positive float are in the order of its values.
fn ordered(score: Score) -> i64 {
    i64::from(score.to_bits())
}

impl SegmentCollector for SegmentBest {
    type Fruit = (usize, Vec<Candidate>);

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.is_hidden(doc) {
            return;
        }
        self.total += 1;
        let least = self.least();
        if least.is_some_and(|(rank, _)| self.falls_behind(score, rank)) {
            return;
        }
        let at = self.at.get_val(doc);
        let rank = self.rank(score, at);
        if least.is_some_and(|least| (rank, at) < least) {
            return;
        }
        let id = self.id.get_val(doc);
        let score_bits = score.to_bits();
        self.best.push(Reverse(Candidate {
            rank,
            at,
            id,
            segment: self.segment,
            doc,
            score_bits,
        }));
        if self.best.len() > self.wanted {
            self.best.pop();
        }
    }

    fn harvest(self) -> Self::Fruit {
        (
            self.total,
            self.best.into_iter().map(|Reverse(candidate)| candidate).collect(),
        )
    }
}
