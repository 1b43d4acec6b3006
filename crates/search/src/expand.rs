//! From clauses to the engine's queries: stems, slips of the finger, beginnings of words,
//! parts of identifiers.

use crate::idents::{GRAM, grams};
use crate::marks::Marks;
use crate::query::Clause;
use crate::schema::Fields;
use crate::spelling;
use crate::stems::Stems;
use crate::tokenizers::{MAX_WHOLE, whole_title};
use crate::words::{Word, Words};
use std::collections::HashMap;
use tantivy::collector::Count;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

const TITLE_BOOST: f32 = 3.0;
/// A word that is only like the one typed.
const SIMILAR_BOOST: f32 = 0.3;
/// A word that only begins with what was typed.
const BEGINS_SCORE: f32 = 1.0;
/// An identifier found whole ranks above words, one found in part among them.
const WHOLE_SCORE: f32 = 25.0;
const PART_SCORE: f32 = 5.0;
/// A title that is the query, word for word.
const WHOLE_TITLE_SCORE: f32 = 25.0;
/// A word in no more than one document of so many, or in a few, is rare enough to doubt its
/// spelling.
const RARE: u64 = 5_000;
const FEW: u64 = 2;

/// Turns the clauses of one query into engine queries, and remembers what to mark.
pub(crate) struct Expansion<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    stems: Stems,
    pub(crate) marks: Marks,
    corrections: HashMap<String, String>,
}

impl<'a> Expansion<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: Fields) -> Self {
        Self {
            searcher,
            fields,
            stems: Stems::new(),
            marks: Marks::default(),
            corrections: HashMap::new(),
        }
    }

    /// A wanted clause; with `typing`, its word may go on.
    pub(crate) fn clause(&mut self, clause: &Clause, typing: bool) -> tantivy::Result<Box<dyn Query>> {
        self.mark(clause);
        match clause {
            Clause::Word(word) => self.forgiving_word(word, typing),
            other => Ok(self.exactly(other)),
        }
    }

    /// A clause as it stands, without forgiveness: also what is unwanted.
    pub(crate) fn exactly(&self, clause: &Clause) -> Box<dyn Query> {
        match clause {
            Clause::Word(word) => self.word(word),
            Clause::Phrase(words) => self.phrase(words),
            Clause::Compound(words) => {
                let joined = joined(words);
                let joined = Words::new(&joined).map(|word| self.word(&word));
                any(joined.chain([self.phrase(words)]).collect())
            }
            Clause::Ident { forms, words } => {
                let mut queries: Vec<_> = forms.iter().flat_map(|form| self.ident(form)).collect();
                queries.push(if let [word] = &words[..] {
                    self.word(word)
                } else {
                    self.phrase(words)
                });
                any(queries)
            }
        }
    }

    /// Documents whose whole title is the text: they are to rank first.
    pub(crate) fn whole_title(&self, text: &str) -> Option<Box<dyn Query>> {
        let term = self.term(self.fields.words, &whole_title(text)?);
        Some(constant(term, WHOLE_TITLE_SCORE))
    }

    /// The query text with the corrections made, when there were any.
    pub(crate) fn corrected(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut at = 0;
        for word in Words::new(text) {
            if let Some(correction) = self.corrections.get(&word.folded) {
                out.push_str(&text[at..word.from]);
                out.push_str(correction);
                at = word.to;
            }
        }
        out.push_str(&text[at..]);
        (at > 0).then_some(out)
    }

    fn mark(&mut self, clause: &Clause) {
        let (words, forms): (&[Word], &[String]) = match clause {
            Clause::Word(word) => (std::slice::from_ref(word), &[]),
            Clause::Phrase(words) | Clause::Compound(words) => (words, &[]),
            Clause::Ident { forms, .. } => (&[], forms),
        };
        for word in words {
            self.marks.stems.extend(self.stems.all(word));
        }
        if let Clause::Compound(words) = clause {
            let joined = joined(words);
            self.marks
                .stems
                .extend(Words::new(&joined).flat_map(|word| self.stems.all(&word)));
        }
        self.marks.parts.extend_from_slice(forms);
    }

    fn word(&self, word: &Word) -> Box<dyn Query> {
        let stems = self.stems.all(word);
        any(stems
            .iter()
            .flat_map(|stem| {
                let title = self.term(self.fields.title, stem);
                [boosted(title, TITLE_BOOST), self.term(self.fields.body, stem)]
            })
            .collect())
    }

    /// A word, what begins with it, and what it may have been meant to be.
    fn forgiving_word(&mut self, word: &Word, typing: bool) -> tantivy::Result<Box<dyn Query>> {
        let mut queries = vec![self.word(word)];
        if typing {
            queries.extend(self.beginning(&word.folded)?);
        }
        let known = self.documents_with(word)?;
        let rare = known <= FEW.max(self.searcher.num_docs() / RARE);
        let part = if rare { self.part(&word.folded) } else { None };
        let in_part = match &part {
            Some(part) => self.searcher.search(part, &Count)?,
            None => 0,
        };
        if in_part > 0 {
            queries.extend(part);
            self.marks.parts.push(word.folded.clone());
        } else if rare && word.is_plain() && self.marks.prefix.is_none() {
            queries.extend(self.similar(word, known)?);
        }
        Ok(any(queries))
    }

    fn similar(&mut self, word: &Word, known: u64) -> tantivy::Result<Option<Box<dyn Query>>> {
        let words = spelling::similar(self.searcher, self.fields.words, &word.folded, known)?;
        if known == 0
            && let Some(best) = words.first()
        {
            self.corrections.insert(word.folded.clone(), best.clone());
        }
        let mut queries = Vec::new();
        for similar in words.iter().flat_map(|similar| Words::new(similar)) {
            self.marks.stems.extend(self.stems.all(&similar));
            queries.push(self.word(&similar));
        }
        Ok((!queries.is_empty()).then(|| boosted(any(queries), SIMILAR_BOOST)))
    }

    fn beginning(&mut self, prefix: &str) -> tantivy::Result<Option<Box<dyn Query>>> {
        let words = spelling::beginning_with(self.searcher, self.fields.words, prefix)?;
        if words.is_empty() {
            return Ok(None);
        }
        self.marks.prefix = Some(prefix.to_owned());
        let terms = words.iter().map(|word| Term::from_field_text(self.fields.words, word));
        Ok(Some(constant(Box::new(TermSetQuery::new(terms)), BEGINS_SCORE)))
    }

    fn documents_with(&self, word: &Word) -> tantivy::Result<u64> {
        let mut most = 0;
        for stem in self.stems.all(word) {
            for field in [self.fields.title, self.fields.body] {
                most = most.max(self.searcher.doc_freq(&Term::from_field_text(field, &stem))?);
            }
        }
        Ok(most)
    }

    fn phrase(&self, words: &[Word]) -> Box<dyn Query> {
        if let [word] = words {
            return self.exact_word(word);
        }
        let english: Vec<_> = words.iter().map(|w| self.stem_or_number(w, Stems::english)).collect();
        let french: Vec<_> = words.iter().map(|w| self.stem_or_number(w, Stems::french)).collect();
        let mut queries = Vec::new();
        for stems in if english == french {
            vec![english]
        } else {
            vec![english, french]
        } {
            for (field, boost) in [(self.fields.title, TITLE_BOOST), (self.fields.body, 1.0)] {
                let terms = words.iter().zip(&stems);
                let terms: Vec<_> = terms
                    .map(|(word, stem)| (word.position, Term::from_field_text(field, stem)))
                    .collect();
                if terms.len() > 1 {
                    queries.push(boosted(Box::new(PhraseQuery::new_with_offset(terms)), boost));
                }
            }
        }
        any(queries)
    }

    fn stem_or_number(&self, word: &Word, stem: fn(&Stems, &str) -> String) -> String {
        if word.is_plain() {
            stem(&self.stems, &word.folded)
        } else {
            word.folded.clone()
        }
    }

    /// One word in quotation marks: as it stands, not its inflections.
    fn exact_word(&self, word: &Word) -> Box<dyn Query> {
        let exact = self.term(self.fields.words, &word.folded);
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, constant(exact, 1.0)),
            (Occur::Should, self.word(word)),
        ]))
    }

    /// An identifier, whole and as a part of another.
    fn ident(&self, form: &str) -> Vec<Box<dyn Query>> {
        let mut queries: Vec<_> = self.part(form).into_iter().collect();
        if form.len() <= MAX_WHOLE {
            queries.push(constant(self.term(self.fields.words, form), WHOLE_SCORE));
        }
        queries
    }

    /// Identifiers that hold this text: its grams side by side.
    fn part(&self, text: &str) -> Option<Box<dyn Query>> {
        let all: Vec<_> = grams(text).collect();
        let (last, _) = *all.last()?;
        // Every third gram and the last one cover the whole.
        let mut terms: Vec<_> = all
            .into_iter()
            .filter(|(place, _)| place % GRAM == 0 || *place == last)
            .map(|(place, gram)| (place, Term::from_field_text(self.fields.parts, gram)))
            .collect();
        let query: Box<dyn Query> = if terms.len() > 1 {
            Box::new(PhraseQuery::new_with_offset(terms))
        } else {
            Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::Basic))
        };
        Some(constant(query, PART_SCORE))
    }

    fn term(&self, field: Field, text: &str) -> Box<dyn Query> {
        let option = IndexRecordOption::WithFreqs;
        Box::new(TermQuery::new(Term::from_field_text(field, text), option))
    }
}

/// The words written as one.
fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect()
}

fn any(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}
