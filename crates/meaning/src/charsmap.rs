//! The table by which SentencePiece makes letters alike before it splits: a double array of what is replaced (Aoe 1989),
//! then what it is replaced with, each ended by a zero. `src/normalizer.cc` of SentencePiece says how it is read.

use data_encoding::BASE64;

#[derive(Debug, Default)]
pub(crate) struct CharsMap {
    units: Vec<u32>,
    replaced: Vec<u8>,
}

impl CharsMap {
    pub(crate) fn parse(text: &str) -> Option<CharsMap> {
        if text.is_empty() {
            return Some(CharsMap::default());
        }
        let bytes = BASE64.decode(text.as_bytes()).ok()?;
        let (long, rest) = bytes.split_first_chunk::<4>()?;
        let long = u32::from_le_bytes(*long) as usize;
        if long > rest.len() || !long.is_multiple_of(4) {
            return None;
        }
        let (units, replaced) = rest.split_at(long);
        let unit = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Some(CharsMap {
            units: units.chunks_exact(4).map(unit).collect(),
            replaced: replaced.to_vec(),
        })
    }

    /// A text with each longest stretch that the table knows replaced.
    pub(crate) fn normal(&self, text: &str) -> String {
        let (mut normal, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(c) = rest.chars().next() {
            let (long, instead) = self.longest(rest.as_bytes());
            // A table made by somebody else may end within a letter.
            match instead.filter(|_| long > 0 && rest.is_char_boundary(long)) {
                Some(instead) => {
                    normal.push_str(instead);
                    rest = &rest[long..];
                }
                None => {
                    normal.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        normal
    }

    /// How long the longest beginning is that the table knows, and what stands for it.
    fn longest(&self, text: &[u8]) -> (usize, Option<&str>) {
        let mut found = (0, None);
        let Some(mut unit) = self.units.first().copied() else {
            return found;
        };
        let mut at = offset(unit);
        for (place, byte) in text.iter().enumerate() {
            at ^= *byte as usize;
            let Some(next) = self.units.get(at) else { break };
            unit = *next;
            if unit & (1 << 31 | 0xff) != u32::from(*byte) {
                break;
            }
            at ^= offset(unit);
            if unit >> 8 & 1 == 1
                && let Some(leaf) = self.units.get(at)
            {
                found = (place + 1, self.instead((leaf & 0x7fff_ffff) as usize));
            }
        }
        found
    }

    fn instead(&self, from: usize) -> Option<&str> {
        let rest = self.replaced.get(from..)?;
        let end = rest.iter().position(|b| *b == 0)?;
        std::str::from_utf8(&rest[..end]).ok()
    }
}

fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 1 << 9) >> 6)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that knows the letter `a` and has `b` for it.
    fn table() -> CharsMap {
        let mut units = vec![0u32; 256];
        units[0] = 1 << 10;
        // The root's children begin at 1: `a` stands at 1 ^ 0x61, has a leaf, and the leaf lies right beside it.
        let at = 1 ^ 0x61;
        units[at] = 0x61 | 1 << 8 | 1 << 10;
        units[at ^ 1] = 1 << 31;
        CharsMap {
            units,
            replaced: b"b\0".to_vec(),
        }
    }

    #[test]
    fn what_the_table_knows_is_replaced() {
        assert_eq!(table().normal("banana é"), "bbnbnb é");
        assert_eq!(CharsMap::default().normal("banana"), "banana");
    }

    #[test]
    fn a_table_of_the_wrong_shape_is_none() {
        assert!(CharsMap::parse("").is_some());
        for wrong in ["!", "AAAA", "////fw==", "AwAAAAAAAA=="] {
            assert!(CharsMap::parse(wrong).is_none(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_table_ends(units in proptest::collection::vec(proptest::num::u32::ANY, 0..300), text in ".{0,40}") {
            let map = CharsMap { units, replaced: b"x\0y\0\xff\0".to_vec() };
            map.normal(&text);
        }
    }
}
