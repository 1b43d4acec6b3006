//! The words most of a group have in common: what it is shown by.

use std::collections::HashMap;

use search::{Index, Lang as IndexLang};

use super::store::Said;
use crate::words::Lang;

/// So many of the others are read.
const READ: usize = 12;
const WORDS_EACH: usize = 12;
const MOST_WORDS: usize = 6;

/// As the middle one writes them; what most have comes first, then what is rarest.
pub(super) fn common(index: &Index, middle: &Said, others: &[Said]) -> Vec<String> {
    let others: Vec<&Said> = others
        .iter()
        .filter(|one| one.ticket != middle.ticket)
        .take(READ)
        .collect();
    let mut tally: HashMap<String, (usize, usize)> = HashMap::new();
    for other in &others {
        let both = index.in_common(&middle.text, &other.text, language(middle.language), WORDS_EACH);
        for (place, word) in both.codes.into_iter().chain(both.words).enumerate() {
            let of = tally.entry(word).or_insert((0, place));
            of.0 += 1;
            of.1 = of.1.min(place);
        }
    }
    let mut words: Vec<(String, (usize, usize))> = tally
        .into_iter()
        .filter(|(_, (count, _))| count * 2 >= others.len())
        .collect();
    words.sort_by(|a, b| (b.1.0, a.1.1, &a.0).cmp(&(a.1.0, b.1.1, &b.0)));
    words.into_iter().take(MOST_WORDS).map(|(word, _)| word).collect()
}

pub(super) fn language(lang: Lang) -> IndexLang {
    match lang {
        Lang::En => IndexLang::En,
        Lang::Fr => IndexLang::Fr,
    }
}
