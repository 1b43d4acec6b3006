//! The words the index knows, near to one that it does not.

use std::cmp::Reverse;
use std::collections::HashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// How many words may stand in for one.
const MAX_SIMILAR: usize = 5;
/// How many words may go on from a beginning, and how many are looked at to choose them.
const MAX_BEGINNING: usize = 100;
const MAX_LOOKED_AT: usize = 5_000;
/// A word that is known at all only yields to one so many times as frequent.
const MORE_FREQUENT: u64 = 20;

/// Words a slip or two of the finger away from `word`, the likeliest first: one slip in words of
/// 4 to 7 letters, two in longer ones. Two letters in the wrong order are one slip.
pub(crate) fn similar(searcher: &Searcher, field: Field, word: &str, known: u64) -> tantivy::Result<Vec<String>> {
    let slips = match word.chars().count() {
        0..4 => return Ok(Vec::new()),
        4..8 => 1,
        _ => 2,
    };
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, word), slips, true).automaton()?;
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().search(&automaton).into_stream()?;
        while terms.advance() {
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                *counts.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut near: Vec<_> = counts
        .into_iter()
        .filter(|(term, count)| {
            term != word && term.chars().all(char::is_alphabetic) && *count >= (known * MORE_FREQUENT).max(1)
        })
        .map(|(term, count)| {
            let first = term.chars().next() != word.chars().next();
            (slips_between(word, &term), first, Reverse(count), term)
        })
        .collect();
    near.sort_unstable();
    let least = near.first().map_or(0, |(slips, ..)| *slips);
    near.retain(|(slips, ..)| *slips == least);
    near.truncate(MAX_SIMILAR);
    Ok(near.into_iter().map(|(.., term)| term).collect())
}

/// The most frequent words that begin with `prefix`.
pub(crate) fn beginning_with(searcher: &Searcher, field: Field, prefix: &str) -> tantivy::Result<Vec<String>> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        let mut left = MAX_LOOKED_AT;
        while left > 0 && terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
            left -= 1;
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                *counts.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let mut words: Vec<_> = counts.into_iter().map(|(term, count)| (Reverse(count), term)).collect();
    words.sort_unstable();
    words.truncate(MAX_BEGINNING);
    Ok(words.into_iter().map(|(_, term)| term).collect())
}

/// Letters changed, missing, added or exchanged with their neighbour.
fn slips_between(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::slips_between;

    #[test]
    fn slips_are_counted_as_people_make_them() {
        for (a, b, slips) in [
            ("printer", "printer", 0),
            ("pritner", "printer", 1),
            ("imprimente", "imprimante", 1),
            ("passwrd", "password", 1),
            ("recieved", "received", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
        ] {
            assert_eq!(slips_between(a, b), slips, "{a} {b}");
            assert_eq!(slips_between(b, a), slips, "{b} {a}");
        }
    }
}
