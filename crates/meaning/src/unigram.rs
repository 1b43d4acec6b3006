//! Unigram: of all ways to cut a word into pieces of the vocabulary, the likeliest (Kudo 2018), found by Viterbi's way
//! from left to right. SentencePiece marks where a word begins with `▁`.

use std::collections::HashMap;

use crate::charsmap::CharsMap;

/// What begins a word.
const BEGIN: char = '▁';
/// A piece that is not there is so much less likely than the least likely one.
const UNKNOWN: f64 = 10.0;
/// A word is read so far; nothing that is written by people is longer.
const LONGEST_WORD: usize = 400;

#[derive(Debug)]
pub(crate) struct Unigram {
    pieces: HashMap<String, (u32, f64)>,
    /// The longest piece, in letters.
    longest: usize,
    pub(crate) unknown: u32,
    least: f64,
    charsmap: CharsMap,
}

/// The best way to where a letter ends.
#[derive(Clone, Copy, Debug)]
struct Way {
    score: f64,
    from: usize,
    piece: Option<u32>,
}

impl Unigram {
    pub(crate) fn new(pieces: HashMap<String, (u32, f64)>, unknown: u32, charsmap: CharsMap) -> Unigram {
        let longest = pieces.keys().map(|piece| piece.chars().count()).max().unwrap_or(0);
        let least = pieces.values().map(|(_, score)| *score).fold(0.0, f64::min);
        Unigram {
            pieces,
            longest,
            unknown,
            least,
            charsmap,
        }
    }

    /// Appends the pieces of a text, until there are at least `most`.
    pub(crate) fn split(&self, text: &str, most: usize, into: &mut Vec<u32>) {
        for word in self.charsmap.normal(text).split_whitespace() {
            if into.len() >= most {
                return;
            }
            let word: String = std::iter::once(BEGIN).chain(word.chars().take(LONGEST_WORD)).collect();
            self.add(&word, into);
        }
    }

    pub(crate) fn whole(&self, word: &str) -> bool {
        self.pieces.contains_key(&format!("{BEGIN}{word}"))
    }

    fn add(&self, word: &str, into: &mut Vec<u32>) {
        let begins: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let ways = self.ways(word, &begins);
        let (mut pieces, mut at) = (Vec::new(), begins.len() - 1);
        while at > 0 {
            let way = ways[at];
            // Letters nobody knows, one after the other, are one unknown.
            let unknown = way.piece.is_none();
            if !(unknown && pieces.last() == Some(&None)) {
                pieces.push(way.piece);
            }
            at = way.from;
        }
        into.extend(pieces.iter().rev().map(|piece| piece.unwrap_or(self.unknown)));
    }

    /// For each place between letters, the best way there.
    fn ways(&self, word: &str, begins: &[usize]) -> Vec<Way> {
        let nowhere = Way {
            score: f64::NEG_INFINITY,
            from: 0,
            piece: None,
        };
        let mut ways = vec![nowhere; begins.len()];
        ways[0].score = 0.0;
        for from in 0..begins.len() - 1 {
            let so_far = ways[from].score;
            let mut offer = |to: usize, score: f64, piece: Option<u32>| {
                if so_far + score > ways[to].score {
                    ways[to] = Way {
                        score: so_far + score,
                        from,
                        piece,
                    };
                }
            };
            let mut single = false;
            for to in from + 1..begins.len().min(from + 1 + self.longest) {
                if let Some((piece, score)) = self.pieces.get(&word[begins[from]..begins[to]]) {
                    single |= to == from + 1;
                    offer(to, *score, Some(*piece));
                }
            }
            if !single {
                offer(from + 1, self.least - UNKNOWN, None);
            }
        }
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<u32> {
        let scored = [
            ("▁", -3.0),
            ("▁im", -4.0),
            ("▁imprim", -5.0),
            ("ante", -3.5),
            ("prim", -4.0),
            ("a", -6.0),
        ];
        let pieces = (1..)
            .zip(scored)
            .map(|(id, (piece, score))| (piece.to_owned(), (id, score)));
        let words = Unigram::new(pieces.collect(), 0, CharsMap::default());
        let mut pieces = Vec::new();
        words.split(text, 100, &mut pieces);
        pieces
    }

    #[test]
    fn the_likeliest_pieces_win() {
        assert_eq!(split("imprimante"), [3, 4]);
        assert_eq!(split(" imprim  ante"), [3, 1, 4]);
        assert_eq!(split("aa"), [1, 6, 6]);
    }

    #[test]
    fn letters_nobody_knows_are_one_unknown() {
        assert_eq!(split("xyza"), [1, 0, 6]);
        assert!(split("").is_empty());
    }
}
