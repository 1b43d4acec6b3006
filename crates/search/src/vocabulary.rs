//! The words of some fields in every segment. A word is looked up once, for how many documents hold it and for where it
//! stands in them.

use std::sync::Arc;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, Term};

pub(crate) struct Vocabulary<'a> {
    of: &'a [(Field, f32)],
    /// For each segment, for each field.
    segments: Vec<Vec<Arc<InvertedIndexReader>>>,
}

/// Where a word stands: for each segment, for each field.
pub(crate) struct Standing(Vec<Vec<Option<TermInfo>>>);

impl Standing {
    /// How many hold it; one that holds it in two fields counts twice.
    pub(crate) fn documents(&self) -> u64 {
        let all = self.0.iter().flatten().flatten();
        all.map(|info| u64::from(info.doc_freq)).sum()
    }
}

impl<'a> Vocabulary<'a> {
    /// Each field with how much it counts.
    pub(crate) fn open(searcher: &Searcher, of: &'a [(Field, f32)]) -> tantivy::Result<Vocabulary<'a>> {
        let segments = searcher.segment_readers().iter();
        let segments = segments.map(|segment| of.iter().map(|(field, _)| segment.inverted_index(*field)).collect());
        Ok(Vocabulary {
            of,
            segments: segments.collect::<tantivy::Result<_>>()?,
        })
    }

    pub(crate) fn standing(&self, word: &str) -> tantivy::Result<Standing> {
        let terms: Vec<Term> = self
            .of
            .iter()
            .map(|(field, _)| Term::from_field_text(*field, word))
            .collect();
        let in_segment = |fields: &Vec<Arc<InvertedIndexReader>>| {
            let infos = fields.iter().zip(&terms).map(|(field, term)| field.get_term_info(term));
            infos.collect::<std::io::Result<Vec<_>>>()
        };
        let all = self.segments.iter().map(in_segment);
        Ok(Standing(all.collect::<std::io::Result<_>>()?))
    }

    /// Where it stands in one segment, with how much each field counts.
    pub(crate) fn postings(
        &self,
        segment: usize,
        word: &Standing,
    ) -> tantivy::Result<Vec<(BlockSegmentPostings, f32)>> {
        let mut postings = Vec::with_capacity(self.of.len());
        for (at, info) in word.0[segment].iter().enumerate() {
            if let Some(info) = info {
                let index = &self.segments[segment][at];
                let read = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                postings.push((read, self.of[at].1));
            }
        }
        Ok(postings)
    }
}
