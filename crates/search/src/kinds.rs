//! The documents of one kind in a segment: which they are, how long they are, and where a word stands in them. A segment
//! never changes, so all but what was taken out of it is read once.

use crate::schema::{Fields, KIND};
use crate::{Index, Result};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, Searcher, SegmentReader};

/// By segment and kind.
pub(crate) type Known = HashMap<(SegmentId, String), Arc<OfKind>>;

/// Where a term stands in one segment: each document once, with how often.
pub(crate) type Places = Vec<(DocId, f32)>;

#[derive(Debug, Default)]
pub(crate) struct OfKind {
    /// For each document of the segment whether it is of this kind; empty where none is.
    is: Vec<bool>,
    pub(crate) lengths: Lengths,
}

/// How many documents of a kind there are, and how many words their titles and bodies have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lengths {
    pub(crate) documents: u64,
    title: u64,
    body: u64,
}

impl Lengths {
    pub(crate) fn plus(self, other: Lengths) -> Lengths {
        Lengths {
            documents: self.documents + other.documents,
            title: self.title + other.title,
            body: self.body + other.body,
        }
    }

    pub(crate) fn average(self, title: f32) -> f32 {
        let words = self.title as f32 * title + self.body as f32;
        (words / self.documents.max(1) as f32).max(1.0)
    }
}

impl Index {
    /// Of each segment.
    pub(crate) fn of_kind(&self, searcher: &Searcher, kind: &str) -> Result<Vec<Arc<OfKind>>> {
        let mut known = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        let mut all = Vec::with_capacity(segments.len());
        for segment in segments {
            let key = (segment.segment_id(), kind.to_owned());
            let here = match known.get(&key) {
                Some(here) => here.clone(),
                None => Arc::new(OfKind::read(segment, self.fields, kind)?),
            };
            known.insert(key, here.clone());
            all.push(here);
        }
        let alive: Vec<SegmentId> = segments.iter().map(SegmentReader::segment_id).collect();
        known.retain(|(segment, _), _| alive.contains(segment));
        Ok(all)
    }
}

impl OfKind {
    fn read(segment: &SegmentReader, fields: Fields, kind: &str) -> tantivy::Result<OfKind> {
        let Some(column) = segment.fast_fields().str(KIND)? else {
            return Ok(OfKind::default());
        };
        let Some(number) = column.dictionary().term_ord(kind.as_bytes())? else {
            return Ok(OfKind::default());
        };
        let kinds = column.ords().clone().first_or_default_col(u64::MAX);
        let is: Vec<bool> = (0..segment.max_doc()).map(|doc| kinds.get_val(doc) == number).collect();
        let title = segment.get_fieldnorms_reader(fields.title)?;
        let body = segment.get_fieldnorms_reader(fields.body)?;
        let mut lengths = Lengths::default();
        for (doc, _) in (0..).zip(&is).filter(|(_, is)| **is) {
            lengths.documents += 1;
            lengths.title += u64::from(title.fieldnorm(doc));
            lengths.body += u64::from(body.fieldnorm(doc));
        }
        Ok(OfKind { is, lengths })
    }

    /// Where a word stands, what stands in the one field or the other counting as often as it is told to. `often` has a
    /// zero for each document of the segment, and again when this returns.
    pub(crate) fn places(
        &self,
        of: Vec<(BlockSegmentPostings, f32)>,
        alive: Option<&AliveBitSet>,
        often: &mut [f32],
    ) -> Places {
        let mut found: Vec<DocId> = Vec::new();
        for (mut block, weight) in of {
            while block.block_len() > 0 {
                for (doc, times) in block.docs().iter().zip(block.freqs()) {
                    let at = *doc as usize;
                    if self.is[at] {
                        if often[at] == 0.0 {
                            found.push(*doc);
                        }
                        often[at] += *times as f32 * weight;
                    }
                }
                block.advance();
            }
        }
        let places = found
            .into_iter()
            .map(|doc| (doc, std::mem::take(&mut often[doc as usize])));
        places
            .filter(|(doc, _)| alive.is_none_or(|alive| alive.is_alive(*doc)))
            .collect()
    }

    /// None of its documents is of this kind.
    pub(crate) fn is_empty(&self) -> bool {
        self.is.is_empty()
    }
}
